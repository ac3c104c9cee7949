//! Whether a text goes on in the next line, by its brackets and blocks.

use super::scan::{Kind, scan};
use crate::engine::Language;

/// True where a bracket, a block, a long text or a comment is still open.
pub(super) fn is_unfinished(text: &str, language: Language) -> bool {
    let tokens = scan(text, language);
    let mut open = 0_i32;
    for token in &tokens {
        open += match (token.kind, token.of(text), language) {
            (Kind::Open, ..) => 1,
            (Kind::Close, ..) => -1,
            (Kind::Keyword, "function" | "if" | "do" | "repeat", Language::Lua) => 1,
            (Kind::Keyword, "end" | "until", Language::Lua) => -1,
            _ => 0,
        };
    }
    let long = |token: &super::scan::Token| {
        !token.closed && (token.kind == Kind::Comment || !token.of(text).starts_with(['"', '\'']))
    };
    open > 0 || tokens.last().is_some_and(long)
}
