//! Takes a text of either language apart into words, texts, numbers and so on, whatever is typed so far.
//!
//! It serves colours, completion and hints, for which an unfinished line is the usual case. What is valid
//! is the languages' own affair.

mod lua;
mod number;
mod rhai;
mod token;

use crate::engine::Language;

pub(super) use token::{Kind, Token};

/// The tokens of a text in order, without the space between them.
pub(super) fn scan(text: &str, language: Language) -> Vec<Token> {
    let mut scanner = Scanner { text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = scanner.next(language) {
        tokens.push(token);
    }
    tokens
}

/// How far the text has been taken apart.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self, language: Language) -> Option<Token> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let start = self.at;
        let first = self.rest().chars().next()?;
        let of_language = match language {
            Language::Lua => self.lua(),
            Language::Rhai => self.rhai(),
        };
        let (kind, closed) = of_language.unwrap_or_else(|| (self.common(first, language), true));
        Some(Token { kind, start, end: self.at, closed })
    }

    /// What looks the same in both languages.
    fn common(&mut self, first: char, language: Language) -> Kind {
        if is_word(first) && !first.is_ascii_digit() {
            return self.word(language);
        }
        let digit = |letter: char| letter.is_ascii_digit();
        if digit(first) || (first == '.' && self.rest()[1..].starts_with(digit)) {
            self.at += number::length(self.rest());
            return Kind::Number;
        }
        match first {
            '(' | '[' | '{' => self.take(1, Kind::Open),
            ')' | ']' | '}' => self.take(1, Kind::Close),
            _ => match token::operator(self.rest()) {
                Some(length) => self.take(length, Kind::Operator),
                None => self.take(first.len_utf8(), Kind::Other),
            },
        }
    }

    fn word(&mut self, language: Language) -> Kind {
        let rest = self.rest();
        let length = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
        self.at += length;
        let keywords = match language {
            Language::Lua => lua::KEYWORDS,
            Language::Rhai => rhai::KEYWORDS,
        };
        match &rest[..length] {
            word if keywords.contains(&word) => Kind::Keyword,
            _ => Kind::Word,
        }
    }

    fn take<T>(&mut self, length: usize, kind: T) -> T {
        self.at = (self.at + length).min(self.text.len());
        kind
    }

    /// Goes behind the first `end`, or to the end of the text; true where there was one.
    fn through(&mut self, end: &str) -> bool {
        let found = self.rest().find(end);
        self.at += found.map_or(self.rest().len(), |at| at + end.len());
        found.is_some()
    }

    /// Goes to the end of the line, and not behind it.
    fn skip_line(&mut self) {
        self.at += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    /// Goes behind the quote that ends a text; not further than the line, unless its end is escaped. True
    /// where there was one.
    fn quoted(&mut self, quote: char, over_lines: bool) -> bool {
        self.at += quote.len_utf8();
        let mut letters = self.rest().char_indices();
        while let Some((at, letter)) = letters.next() {
            if letter == '\\' {
                letters.next();
            } else if letter == quote {
                self.at += at + letter.len_utf8();
                return true;
            } else if letter == '\n' && !over_lines {
                self.at += at;
                return false;
            }
        }
        self.at = self.text.len();
        false
    }
}

/// True for a letter of a name.
pub(super) fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The keywords of a language.
pub(super) fn keywords(language: Language) -> &'static [&'static str] {
    match language {
        Language::Lua => lua::KEYWORDS,
        Language::Rhai => rhai::KEYWORDS,
    }
}

#[cfg(test)]
mod tests;
