//! What was typed: as one growing document, so that an error in a function of an earlier line still shows
//! the line it is in.

use super::shared::PROMPT;
use crate::engine::{Language, Source};

/// What was typed so far.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    /// The texts in order, each ended, in both languages.
    text: String,
    lines: usize,
    entries: Vec<Entry>,
}

/// One text that ran without an error.
#[derive(Debug)]
struct Entry {
    language: Language,
    text: String,
}

impl Transcript {
    /// Adds a text, and gives it as a source whose lines have their numbers in the document.
    pub(super) fn add(&mut self, text: &str, language: Language) -> Source {
        let padded = format!("{}{text}", "\n".repeat(self.lines));
        self.text.push_str(text);
        self.text.push('\n');
        self.lines += text.matches('\n').count() + 1;
        source(padded, language)
    }

    /// The document, for an error to quote from.
    pub(super) fn document(&self, language: Language) -> Source {
        source(self.text.clone(), language)
    }

    /// Keeps a text as one that ran without an error.
    pub(super) fn keep(&mut self, text: &str, language: Language) {
        self.entries.push(Entry { language, text: text.trim_end().to_owned() });
    }

    /// The texts of this language that ran without an error, as a script; none where there are none.
    pub(super) fn script(&self, language: Language) -> Option<String> {
        let mut own = self.entries.iter().filter(|entry| entry.language == language).peekable();
        own.peek()?;
        Some(own.map(|entry| format!("{}\n", ended(entry))).collect())
    }

    /// The last text of this language that ran without an error.
    pub(super) fn last(&self, language: Language) -> Option<&str> {
        let mut own = self.entries.iter().filter(|entry| entry.language == language);
        own.next_back().map(|entry| entry.text.as_str())
    }
}

/// A line of Rhai needs no semicolon at the prompt, and one where another line follows it.
fn ended(entry: &Entry) -> String {
    let Entry { language, text } = entry;
    match language {
        Language::Rhai if !text.ends_with([';', '}']) => format!("{text};"),
        _ => text.clone(),
    }
}

fn source(text: String, language: Language) -> Source {
    Source { name: PROMPT.to_owned(), text, language, folder: Some(".".into()), expression: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_keeps_its_number_in_the_document() {
        let mut transcript = Transcript::default();
        transcript.add("function f()\n  return 1\nend", Language::Lua);
        let source = transcript.add("f()", Language::Lua);
        assert_eq!(source.text.lines().nth(3), Some("f()"));
        assert_eq!(transcript.document(Language::Lua).text.lines().nth(3), Some("f()"));
    }

    #[test]
    fn a_script_holds_what_ran_in_its_language() {
        let mut transcript = Transcript::default();
        transcript.keep("let n = 1", Language::Rhai);
        transcript.keep("fn f() { 1 }", Language::Rhai);
        transcript.keep("n = 1", Language::Lua);
        assert_eq!(transcript.script(Language::Rhai).unwrap(), "let n = 1;\nfn f() { 1 }\n");
        assert_eq!(transcript.last(Language::Lua), Some("n = 1"));
    }
}
