//! What stands at the cursor: the word that is typed, the path before it, the call around it.

mod level;
mod path;

use super::scan::{Kind, Token, scan};
use crate::engine::Language;

pub(super) use level::{Argument, Level, assignment};
pub(super) use path::Path;

/// The text up to the cursor, taken apart.
pub(super) struct Cursor<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// The number of tokens before the word, or before the text without an end, at the cursor.
    done: usize,
    /// The open brackets around the cursor, outermost first.
    levels: Vec<Level<'a>>,
}

impl<'a> Cursor<'a> {
    /// Looks at the text up to the cursor.
    pub(super) fn at(text: &'a str, language: Language) -> Self {
        let tokens = scan(text, language);
        let under_way = typed(text, &tokens).is_some() || open_text(text, &tokens).is_some();
        let done = tokens.len() - usize::from(under_way);
        let levels = level::levels(text, &tokens[..done], language);
        Self { text, tokens, done, levels }
    }

    /// The word that the cursor stands behind, and where it begins; empty where there is none.
    pub(super) fn word(&self) -> (usize, &'a str) {
        typed(self.text, &self.tokens)
            .map_or((self.text.len(), ""), |token| (token.start, token.of(self.text)))
    }

    /// True within a comment.
    pub(super) fn in_comment(&self) -> bool {
        let last = self.tokens.last().filter(|token| token.kind == Kind::Comment);
        last.is_some_and(|comment| {
            let line = comment.end == self.text.len() && !comment.of(self.text).contains('\n');
            let ended = comment.closed && comment.of(self.text).ends_with("*/");
            !comment.closed || (line && !ended && !comment.of(self.text).ends_with("]]"))
        })
    }

    /// The text that has no end yet: its quote, where its content begins, and the content.
    pub(super) fn in_text(&self) -> Option<(char, usize, &'a str)> {
        let text = open_text(self.text, &self.tokens)?;
        let quote =
            text.of(self.text).chars().next().filter(|it| matches!(it, '"' | '\'' | '`'))?;
        let content = text.of(self.text).strip_prefix(quote)?;
        Some((quote, text.start + quote.len_utf8(), content))
    }

    fn before(&self) -> &[Token] {
        &self.tokens[..self.done]
    }

    /// The path that the typed word belongs to: `cliengo.contacts` for `cliengo.contacts.li`.
    pub(super) fn owner(&self) -> Option<Path<'a>> {
        let (separator, before) = self.before().split_last()?;
        let separator = separator.of(self.text);
        matches!(separator, "." | ":" | "?." | "::").then_some(())?;
        let mut path = path::ending(self.text, before)?;
        path.is_method = separator == ":";
        Some(path)
    }

    /// The path that is compared with what is typed: `c.status` for `c.status == "N`.
    pub(super) fn compared(&self) -> Option<Path<'a>> {
        let (operator, before) = self.before().split_last()?;
        matches!(operator.of(self.text), "==" | "~=" | "!=").then_some(())?;
        path::ending(self.text, before)
    }

    /// The innermost bracket around the cursor.
    pub(super) fn level(&self) -> Option<&Level<'a>> {
        self.levels.last()
    }

    /// The argument of a call that the cursor is in, with the object that is written there.
    pub(super) fn argument(&self) -> Option<Argument<'a, '_>> {
        level::argument(&self.levels)
    }

    /// The keyword or name in front of what is typed.
    pub(super) fn word_before(&self) -> Option<&'a str> {
        let last = self.before().last()?;
        matches!(last.kind, Kind::Keyword | Kind::Word).then(|| last.of(self.text))
    }
}

/// The word that ends at the end of the text.
fn typed<'t>(text: &str, tokens: &'t [Token]) -> Option<&'t Token> {
    let word = |token: &&Token| matches!(token.kind, Kind::Word | Kind::Keyword);
    tokens.last().filter(word).filter(|token| token.end == text.len())
}

/// The text that is still typed; one that should have ended with its line is not.
fn open_text<'t>(text: &str, tokens: &'t [Token]) -> Option<&'t Token> {
    let open = |token: &&Token| token.kind == Kind::Text && !token.closed;
    tokens.last().filter(open).filter(|token| token.end == text.len())
}

#[cfg(test)]
mod tests;
