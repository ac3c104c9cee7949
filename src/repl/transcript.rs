//! What was typed: for errors, which quote the line they arise in, and for `.save`.

use std::collections::VecDeque;

use super::saving::{Entry, script};
use crate::api::Registry;
use crate::engine::{Language, ScriptFailure, Source, Syntax};

/// The most texts that errors can quote from; functions of older ones are quoted no longer.
const MOST: usize = 1_000;

/// What was typed so far.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    /// How many texts there were.
    count: usize,
    /// The last of them.
    sources: VecDeque<Source>,
    /// Those that ran without an error.
    entries: Vec<Entry>,
}

impl Transcript {
    /// Adds a text, and gives it as a source with a name of its own, by which an error in one of its
    /// functions finds it later.
    pub(super) fn add(&mut self, text: &str, language: Language) -> Source {
        self.count += 1;
        let name = format!("(prompt {})", self.count);
        let folder = Some(".".into());
        let source = Source { name, text: text.to_owned(), language, folder, expression: true };
        self.sources.push_back(source.clone());
        if self.sources.len() > MOST {
            self.sources.pop_front();
        }
        source
    }

    /// The texts that a failure arose in, for its report to quote from.
    pub(super) fn quoted(&self, failure: &ScriptFailure) -> Vec<Source> {
        let is_in = |source: &&Source| failure.frames.iter().any(|frame| frame.file == source.name);
        self.sources.iter().filter(is_in).cloned().collect()
    }

    /// Keeps a text as one that ran without an error; `gave` says whether it gave anything.
    pub(super) fn keep(&mut self, text: &str, language: Language, gave: bool) {
        self.entries.push(Entry { language, text: text.trim_end().to_owned(), gave });
    }

    /// The texts of this language that ran without an error, as a script, and how many were left out because
    /// they hold a secret; none where there are no texts.
    pub(super) fn script(
        &self,
        language: Language,
        registry: &Registry,
        is_secret: impl Fn(&str) -> bool,
    ) -> Option<(String, usize)> {
        let own = self.entries.iter().filter(|entry| entry.language == language);
        let (secret, own): (Vec<&Entry>, Vec<&Entry>) =
            own.partition(|entry| is_secret(&entry.text));
        let script = || (script(&own, &Syntax::new(language, registry)), secret.len());
        (!own.is_empty() || !secret.is_empty()).then(script)
    }

    /// The last text of this language that ran without an error.
    pub(super) fn last(&self, language: Language) -> Option<&str> {
        let mut own = self.entries.iter().filter(|entry| entry.language == language);
        own.next_back().map(|entry| entry.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;
    use crate::engine::Frame;

    #[test]
    fn a_failure_finds_the_texts_it_arose_in() {
        let mut transcript = Transcript::default();
        let first = transcript.add("function f() error('x') end", Language::Lua);
        transcript.add("1 + 1", Language::Lua);
        let mut failure = ScriptFailure::of(Error::invalid("x"));
        failure.frames.push(Frame { file: first.name.clone(), line: 1, function: None });
        assert_eq!(transcript.quoted(&failure), [first]);
    }

    #[test]
    fn a_script_holds_what_ran_in_its_language() {
        let mut transcript = Transcript::default();
        transcript.keep("let n = 1", Language::Rhai, false);
        transcript.keep("n = 1", Language::Lua, false);
        let script = transcript.script(Language::Rhai, &Registry::builtin(), |_| false);
        assert_eq!(script, Some(("let n = 1;\n".to_owned(), 0)));
        assert_eq!(transcript.last(Language::Lua), Some("n = 1"));
    }
}
