//! Whether a piece of Rhai goes on in the next line.

use std::rc::Rc;

use rhai::Engine;

use crate::api::Registry;
use crate::engine::rhai::bind;
use crate::engine::rhai::tokens::Tokens;

/// True where more has to follow before it can run: Rhai's own parser stopped behind the last line, or
/// the text ends in a comment or a text that may be continued.
pub(in crate::engine) fn is_unfinished(text: &str, registry: &Registry) -> bool {
    if ends_inside(text) {
        return true;
    }
    let (engine, tokens) = parser(registry);
    let lines = text.lines().count();
    // The end of the text is a place that no mistake can be at.
    let parsed = tokens.during(|| engine.compile(format!("{text}\n\n")));
    parsed.is_err_and(|error| error.position().line().is_none_or(|line| line > lines))
}

/// True where the text is an expression alone.
pub(in crate::engine) fn is_expression(text: &str, registry: &Registry) -> bool {
    let (engine, tokens) = parser(registry);
    tokens.during(|| engine.compile_expression(text)).is_ok()
}

/// An engine that only parses, as a session does.
fn parser(registry: &Registry) -> (Engine, Rc<Tokens>) {
    let tokens = Rc::<Tokens>::default();
    let mut engine = Engine::new_raw();
    engine.set_max_expr_depths(128, 128);
    bind::words(&mut engine, registry, &tokens);
    (engine, tokens)
}

/// True where the text ends inside of a comment, a text in backticks, or behind the `\` at the end of a
/// line of a text.
fn ends_inside(text: &str) -> bool {
    let mut rest = text;
    loop {
        let Some(start) = rest.find(['/', '"', '\'', '`']) else { return false };
        let (mark, after) = rest[start..].split_at(1);
        rest = match mark {
            "/" => match (after.strip_prefix('/'), after.strip_prefix('*')) {
                (Some(comment), _) => comment.split_once('\n').map_or("", |(_, after)| after),
                (_, Some(comment)) => match comment_end(comment) {
                    Some(after) => after,
                    None => return true,
                },
                _ => after,
            },
            quote => match quoted(after, quote.chars().next().unwrap_or('"')) {
                Ok(after) => after,
                Err(goes_on) => return goes_on,
            },
        };
    }
}

/// What stands behind a comment; comments can stand in comments.
fn comment_end(text: &str) -> Option<&str> {
    let (mut rest, mut open) = (text, 1);
    while open > 0 {
        let close = rest.find("*/")?;
        match rest.find("/*").filter(|begin| *begin < close) {
            Some(begin) => (rest, open) = (&rest[begin + 2..], open + 1),
            None => (rest, open) = (&rest[close + 2..], open - 1),
        }
    }
    Some(rest)
}

/// What stands behind a text in quotes; where it does not end, whether it may go on in the next line.
fn quoted(text: &str, quote: char) -> Result<&str, bool> {
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' if quote != '`' => {
                let next = letters.next();
                if next.is_none_or(|(at, letter)| letter == '\n' && at + 1 == text.len()) {
                    return Err(quote == '"');
                }
            }
            '\n' if quote != '`' => return Err(false),
            _ if letter == quote => return Ok(&text[at + 1..]),
            _ => {}
        }
    }
    Err(quote == '`')
}
