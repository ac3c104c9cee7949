//! What only Rhai looks like.

use super::{Kind, Scanner};

/// The words of the language.
pub(super) const KEYWORDS: &[&str] = &[
    "as", "break", "catch", "const", "continue", "do", "else", "export", "false", "fn", "for",
    "global", "if", "import", "in", "let", "loop", "private", "return", "switch", "this", "throw",
    "true", "try", "until", "while",
];

/// More than anybody puts around a text; without a bound a row of them would be counted again and again.
const MOST_HASHES: usize = 16;

impl Scanner<'_> {
    /// A comment, a text, or `#{`, with whether it has its end.
    pub(super) fn rhai(&mut self) -> Option<(Kind, bool)> {
        let rest = self.rest();
        if rest.starts_with("//") {
            self.skip_line();
            return Some((Kind::Comment, true));
        }
        if rest.starts_with("/*") {
            return Some((Kind::Comment, self.nested_comment()));
        }
        if rest.starts_with("#{") {
            return Some((self.take(2, Kind::Open), true));
        }
        let hashes = rest.bytes().take(MOST_HASHES).take_while(|byte| *byte == b'#').count();
        if hashes > 0 && rest[hashes..].starts_with('"') {
            self.at += hashes + 1;
            return Some((Kind::Text, self.through(&format!("\"{}", "#".repeat(hashes)))));
        }
        match rest.chars().next()? {
            quote @ ('"' | '\'') => Some((Kind::Text, self.quoted(quote, false))),
            quote @ '`' => Some((Kind::Text, self.quoted(quote, true))),
            _ => None,
        }
    }

    fn nested_comment(&mut self) -> bool {
        let mut depth = 0_u32;
        loop {
            let rest = self.rest();
            let Some(at) = rest.find(['/', '*']) else {
                self.at = self.text.len();
                return false;
            };
            match rest.as_bytes().get(at..at + 2) {
                Some(b"/*") => depth += 1,
                Some(b"*/") => depth -= 1,
                _ => {
                    self.at += at + 1;
                    continue;
                }
            }
            self.at += at + 2;
            if depth == 0 {
                return true;
            }
        }
    }
}
