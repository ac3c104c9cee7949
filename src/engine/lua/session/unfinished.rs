//! Whether a piece of Lua goes on in the next line.

use crate::engine::lua::vm::parse;

/// True where more has to follow before it can run: Lua's own parser stopped at the end of the text, or
/// the text ends in a comment or a text that may be continued.
pub(in crate::engine) fn is_unfinished(text: &str) -> bool {
    let Err(expression) = parse(&format!("return {text}")) else { return false };
    let Err(chunk) = parse(text) else { return false };
    // Where two blocks are open, the message goes on behind the end that it came to.
    let stopped = |error: &mlua::Error| match error {
        mlua::Error::SyntaxError { incomplete_input, message } => {
            *incomplete_input || message.contains("got <eof>;")
        }
        _ => false,
    };
    stopped(&expression) || stopped(&chunk) || ends_inside(text)
}

/// True where the text is an expression alone.
pub(in crate::engine) fn is_expression(text: &str) -> bool {
    parse(&format!("return {text}\n")).is_ok()
}

/// True where the text can stand among other lines as it is.
pub(in crate::engine) fn is_statement(text: &str) -> bool {
    parse(&format!("{text}\nlocal _")).is_ok()
}

/// True where the text ends inside of a long text or comment, a text in backticks, or behind the `\` at
/// the end of a line of a text.
fn ends_inside(text: &str) -> bool {
    let mut rest = text;
    loop {
        let Some(start) = rest.find(['-', '[', '"', '\'', '`']) else { return false };
        let (mark, after) = rest[start..].split_at(1);
        rest = match mark {
            "-" => match after.strip_prefix('-') {
                Some(comment) => match long(comment) {
                    Some(inside) => match inside {
                        Ok(after) => after,
                        Err(()) => return true,
                    },
                    None => comment.split_once('\n').map_or("", |(_, after)| after),
                },
                None => after,
            },
            "[" => match long(&rest[start..]) {
                Some(Ok(after)) => after,
                Some(Err(())) => return true,
                None => after,
            },
            quote => match quoted(after, quote.chars().next().unwrap_or('"')) {
                Ok(after) => after,
                Err(goes_on) => return goes_on,
            },
        };
    }
}

/// What stands behind a long bracket; an error where it does not end, none where there is none.
fn long(text: &str) -> Option<Result<&str, ()>> {
    let inside = text.strip_prefix('[')?;
    let level = inside.len() - inside.trim_start_matches('=').len();
    let inside = inside[level..].strip_prefix('[')?;
    let end = format!("]{}]", "=".repeat(level));
    Some(inside.split_once(&end).map(|(_, after)| after).ok_or(()))
}

/// What stands behind a text in quotes; where it does not end, whether it may go on in the next line.
fn quoted(text: &str, quote: char) -> Result<&str, bool> {
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' if letters
                .next()
                .is_none_or(|(at, _)| at + 1 == text.len() && text.ends_with('\n')) =>
            {
                return Err(true);
            }
            '\n' if quote != '`' => return Err(false),
            _ if letter == quote => return Ok(&text[at + quote.len_utf8()..]),
            _ => {}
        }
    }
    Err(quote == '`')
}
