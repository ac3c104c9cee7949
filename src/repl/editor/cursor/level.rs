//! The brackets around the cursor, and what of a call stands in them.

use super::super::scan::{Kind, Token};
use super::path::{Path, ending};
use crate::engine::Language;

/// A bracket that is open at the cursor.
#[derive(Debug, Default)]
pub(in super::super) struct Level<'a> {
    /// The bracket: `(`, `[`, `{`, `#{`, `|`; or the word that opened a block.
    pub(in super::super) open: &'a str,
    /// What is called with it.
    pub(in super::super) callee: Option<Path<'a>>,
    /// The number of commas in it so far.
    pub(in super::super) commas: usize,
    /// The names that have a value in it.
    pub(in super::super) names: Vec<&'a str>,
    /// The name whose value is typed.
    pub(in super::super) value_of: Option<&'a str>,
    /// The number of tokens behind the last comma.
    pub(in super::super) typed: usize,
}

/// An argument of a call.
pub(in super::super) struct Argument<'a, 'l> {
    /// What is called.
    pub(in super::super) callee: &'l Path<'a>,
    /// Which argument it is, from 0.
    pub(in super::super) index: usize,
    /// The object that is written there; none outside of it.
    pub(in super::super) object: Option<&'l Level<'a>>,
    /// True where that object is one of a list.
    pub(in super::super) is_item: bool,
}

impl Level<'_> {
    /// True for the bracket of an object.
    pub(in super::super) fn is_object(&self) -> bool {
        matches!(self.open, "{" | "#{")
    }
}

/// The levels that are open behind these tokens.
pub(super) fn levels<'a>(text: &'a str, tokens: &[Token], language: Language) -> Vec<Level<'a>> {
    let mut levels = vec![Level::default()];
    for (index, token) in tokens.iter().enumerate() {
        let word = token.of(text);
        let before = &tokens[..index];
        match (token.kind, word) {
            (Kind::Open, _) => {
                let callee = callee(text, before, word, language);
                count(&mut levels);
                levels.push(Level { open: word, callee, ..Level::default() });
            }
            (Kind::Close, _) => close(&mut levels, |open| matching(open) == word),
            (Kind::Operator, "|") if language == Language::Rhai => bar(&mut levels),
            (Kind::Operator, "," | ";") => separate(&mut levels),
            (Kind::Operator, sign) if sign == assignment(language) => {
                levels.last_mut().into_iter().for_each(|level| assign(level, text, before));
            }
            (Kind::Keyword, _) if language == Language::Lua => block(&mut levels, word),
            _ => count(&mut levels),
        }
    }
    levels.remove(0);
    levels
}

/// The argument of the innermost call.
pub(super) fn argument<'a, 'l>(levels: &'l [Level<'a>]) -> Option<Argument<'a, 'l>> {
    let (inner, outer) = levels.split_last()?;
    if let Some(callee) = &inner.callee {
        let (index, object) = match inner.is_object() {
            true => (0, Some(inner)),
            false => (inner.commas, None),
        };
        return Some(Argument { callee, index, object, is_item: false });
    }
    let object = Some(inner).filter(|level| level.is_object());
    let list = outer.last().filter(|level| level.open == "[" || level.is_object());
    // A list of objects is `{ {` in Lua, and in a call without parentheses it is the argument itself.
    if let (Some(_), Some(list)) = (object, list)
        && list.value_of.is_none()
    {
        let within = argument(outer)?;
        return Some(Argument { object, is_item: true, ..within });
    }
    let call = outer.last().filter(|level| level.open == "(")?;
    let callee = call.callee.as_ref()?;
    Some(Argument { callee, index: call.commas, object, is_item: false })
}

fn count(levels: &mut [Level<'_>]) {
    if let Some(level) = levels.last_mut() {
        level.typed += 1;
    }
}

fn separate(levels: &mut [Level<'_>]) {
    if let Some(level) = levels.last_mut() {
        level.commas += 1;
        (level.value_of, level.typed) = (None, 0);
    }
}

/// A name of an object gets its value.
fn assign<'a>(level: &mut Level<'a>, text: &'a str, before: &[Token]) {
    let name = before.last().filter(|it| matches!(it.kind, Kind::Word | Kind::Keyword));
    match name.filter(|_| level.is_object() && level.value_of.is_none()) {
        None => level.typed += 1,
        Some(name) => {
            level.names.push(name.of(text));
            (level.value_of, level.typed) = (Some(name.of(text)), 0);
        }
    }
}

/// Closes the innermost level of this kind, and what was left open in it.
fn close(levels: &mut Vec<Level<'_>>, is: impl Fn(&str) -> bool) {
    if let Some(at) = levels.iter().rposition(|level| is(level.open)) {
        levels.truncate(at);
    }
    count(levels);
}

/// The bars around the parameters of a closure of Rhai, whose commas are not the call's.
fn bar(levels: &mut Vec<Level<'_>>) {
    let Some(level) = levels.last_mut() else { return };
    match (level.open, level.typed) {
        ("|", _) => close(levels, |open| open == "|"),
        (_, 0) => levels.push(Level { open: "|", ..Level::default() }),
        _ => level.typed += 1,
    }
}

/// The blocks of Lua, whose commas and assignments are not the call's.
fn block<'a>(levels: &mut Vec<Level<'a>>, word: &'a str) {
    count(levels);
    match word {
        "function" | "if" | "do" | "repeat" => {
            levels.push(Level { open: word, ..Level::default() })
        }
        "end" => close(levels, |open| matches!(open, "function" | "if" | "do")),
        "until" => close(levels, |open| open == "repeat"),
        _ => {}
    }
}

/// What stands between a name of an object and its value.
pub(in super::super) fn assignment(language: Language) -> &'static str {
    match language {
        Language::Lua => "=",
        Language::Rhai => ":",
    }
}

fn matching(open: &str) -> &'static str {
    match open {
        "(" => ")",
        "[" => "]",
        "{" | "#{" => "}",
        _ => "",
    }
}

/// What is called with this bracket: a path right before it, which is not being defined.
fn callee<'a>(text: &'a str, before: &[Token], open: &str, language: Language) -> Option<Path<'a>> {
    let calls = open == "(" || (open == "{" && language == Language::Lua);
    let path = ending(text, before).filter(|path| calls && path.is_rooted && !path.is_item)?;
    let first = before.len().checked_sub(path.names.len() * 2 - 1)?;
    let defined =
        first.checked_sub(1).is_some_and(|at| matches!(before[at].of(text), "function" | "fn"));
    (!defined).then_some(path)
}
