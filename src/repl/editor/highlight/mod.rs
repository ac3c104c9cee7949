//! Colours for what is typed.

mod brackets;

use super::dotted::command_line;
use super::known::Known;
use super::scan::{Kind, Token, scan};
use super::words;
use crate::terminal::{Paint, Role};

/// The line in colours. The bracket at the cursor stands out with its partner.
pub(super) fn highlight(line: &str, cursor: Option<usize>, known: &Known, paint: Paint) -> String {
    let (command, code) = match command_line(line).map(|it| it.rest) {
        None => ("", line),
        Some(None) => (line, ""),
        Some(Some((at, _))) => line.split_at(at),
    };
    let tokens = scan(code, known.language);
    let at = cursor.and_then(|cursor| cursor.checked_sub(command.len()));
    let pair = at.and_then(|at| brackets::pair(code, &tokens, at));
    let mut painted = match command {
        "" => String::new(),
        command => paint.role(Role::Keyword, command),
    };
    let mut done = 0;
    for (index, token) in tokens.iter().enumerate() {
        let stands_out = pair.is_some_and(|(open, close)| index == open || index == close);
        let role = if stands_out { Role::Heading } else { role(code, &tokens, index, known) };
        painted.push_str(code.get(done..token.start).unwrap_or_default());
        painted.push_str(&paint.role(role, token.of(code)));
        done = token.end;
    }
    painted + code.get(done..).unwrap_or_default()
}

fn role(text: &str, tokens: &[Token], index: usize, known: &Known) -> Role {
    let token = tokens[index];
    match token.kind {
        Kind::Keyword => match token.of(text) {
            "true" | "false" => Role::Truth,
            "nil" => Role::Nothing,
            _ => Role::Keyword,
        },
        Kind::Number => Role::Number,
        Kind::Text => Role::String,
        Kind::Comment => Role::Comment,
        Kind::Word if is_known(text, tokens, index, known) => Role::Function,
        _ => Role::Text,
    }
}

/// True for what the prompt brings with it: functions of the registry with the path to them, and those of
/// the language.
fn is_known(text: &str, tokens: &[Token], index: usize, known: &Known) -> bool {
    let path = path(text, tokens, index);
    if known.is_of_registry(&path) {
        return true;
    }
    match path.split_once('.') {
        None => {
            let mut names = words::globals(known.language).chain(words::libraries(known.language));
            names.any(|name| name == path)
        }
        Some((library, name)) => words::library(known.language, library)
            .is_some_and(|mut members| members.any(|member| member == name)),
    }
}

/// The names up to this one with dots between them.
fn path(text: &str, tokens: &[Token], index: usize) -> String {
    let mut names = vec![tokens[index].of(text)];
    let mut left = &tokens[..index];
    while let [rest @ .., name, dot] = left {
        if dot.of(text) != "." || name.kind != Kind::Word {
            break;
        }
        names.push(name.of(text));
        left = rest;
    }
    names.reverse();
    names.join(".")
}

#[cfg(test)]
mod tests;
