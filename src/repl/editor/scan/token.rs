//! One piece of a text.

/// What a piece of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Kind {
    /// A name.
    Word,
    /// A word of the language.
    Keyword,
    /// A number.
    Number,
    /// A text with its quotes.
    Text,
    /// A comment.
    Comment,
    /// `+`, `==`, `.` and so on.
    Operator,
    /// `(`, `[`, `{` or `#{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// What belongs to neither language.
    Other,
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Token {
    /// What it is.
    pub(in super::super) kind: Kind,
    /// Where it begins, in bytes.
    pub(in super::super) start: usize,
    /// Where it ends, in bytes.
    pub(in super::super) end: usize,
    /// False for a text or comment whose end is still to come.
    pub(in super::super) closed: bool,
}

impl Token {
    /// The piece itself.
    pub(in super::super) fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The operators of both languages, longest first.
const OPERATORS: [&str; 53] = [
    "...", "..=", "**=", "<<=", ">>=", "//=", "==", "~=", "!=", "<=", ">=", "=>", "->", "&&", "||",
    "??", "?.", "?[", "::", "..", "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "**", "<<", ">>",
    "//", "|>", "+", "-", "*", "/", "%", "^", "#", "<", ">", "=", ",", ";", ":", ".", "!", "&",
    "|", "~", "?", "@",
];

/// The length of the operator that the text begins with.
pub(super) fn operator(text: &str) -> Option<usize> {
    OPERATORS.iter().find(|operator| text.starts_with(**operator)).map(|found| found.len())
}
