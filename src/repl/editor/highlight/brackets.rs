//! Which two brackets belong together.

use super::super::scan::{Kind, Token};

/// The bracket under the cursor, or else the one before it, and its partner: their numbers among the tokens.
pub(super) fn pair(text: &str, tokens: &[Token], cursor: usize) -> Option<(usize, usize)> {
    let bracket = |token: &&Token| matches!(token.kind, Kind::Open | Kind::Close);
    let under = |token: &Token| (token.start..token.end).contains(&cursor) && bracket(&token);
    let before = |token: &Token| token.end == cursor && bracket(&token);
    let index = tokens.iter().position(under).or_else(|| tokens.iter().position(before))?;
    let mut open = Vec::new();
    for (number, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open => open.push(number),
            Kind::Close => {
                let partner = open.pop()?;
                if number == index || partner == index {
                    return fits(tokens[partner].of(text), token.of(text))
                        .then_some((partner, number));
                }
            }
            _ => {}
        }
    }
    None
}

fn fits(open: &str, close: &str) -> bool {
    matches!((open, close), ("(", ")") | ("[", "]") | ("{" | "#{", "}"))
}
