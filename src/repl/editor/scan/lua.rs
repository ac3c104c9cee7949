//! What only Lua looks like.

use super::{Kind, Scanner};

/// The words of the language; `continue` is Luau's.
pub(super) const KEYWORDS: &[&str] = &[
    "and", "break", "continue", "do", "else", "elseif", "end", "false", "for", "function", "if",
    "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
];

impl Scanner<'_> {
    /// A comment or a text, with whether it has its end.
    pub(super) fn lua(&mut self) -> Option<(Kind, bool)> {
        let rest = self.rest();
        if let Some(comment) = rest.strip_prefix("--") {
            let closed = match long_bracket(comment) {
                Some(end) => self.through(&end),
                None => {
                    self.skip_line();
                    true
                }
            };
            return Some((Kind::Comment, closed));
        }
        if let Some(end) = long_bracket(rest) {
            return Some((Kind::Text, self.through(&end)));
        }
        match rest.chars().next()? {
            quote @ ('"' | '\'') => Some((Kind::Text, self.quoted(quote, false))),
            quote @ '`' => Some((Kind::Text, self.quoted(quote, true))),
            _ => None,
        }
    }
}

/// What ends the long text that begins here: `]]` for `[[`, `]==]` for `[==[`.
fn long_bracket(text: &str) -> Option<String> {
    let inner = text.strip_prefix('[')?;
    let level = inner.len() - inner.trim_start_matches('=').len();
    inner[level..].starts_with('[').then(|| format!("]{}]", "=".repeat(level)))
}
