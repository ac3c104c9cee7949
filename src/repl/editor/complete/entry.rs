//! One thing that may be typed, and how a list of them looks.

use super::Found;
use crate::terminal::{cut, harmless, width};

/// More than anybody looks through, and fewer than the line editor can count.
const MOST: usize = 2_000;

/// One thing that may be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Entry {
    /// What is put into the line.
    pub(in super::super) replacement: String,
    /// What the list shows.
    pub(in super::super) shown: String,
    /// What it means, in a sentence; may be empty.
    pub(in super::super) doc: String,
}

impl Entry {
    /// What is shown as it is typed.
    pub(super) fn plain(name: impl Into<String>) -> Self {
        let name = name.into();
        Self { replacement: name.clone(), shown: name, doc: String::new() }
    }

    /// With a sentence beside it.
    pub(super) fn told(self, doc: impl Into<String>) -> Self {
        Self { doc: doc.into(), ..self }
    }

    /// Shown in another form than it is typed in.
    pub(super) fn shown(self, shown: impl Into<String>) -> Self {
        Self { shown: shown.into(), ..self }
    }
}

impl Found {
    /// What of the entries goes on from what is typed; where none does, those that do without regard to
    /// case. Each is there once.
    pub(super) fn among(
        start: usize,
        typed: &str,
        entries: impl IntoIterator<Item = Entry>,
    ) -> Self {
        let all: Vec<Entry> = entries.into_iter().collect();
        let plain = |text: &str| text.to_lowercase();
        let exactly = |entry: &&Entry| entry.replacement.starts_with(typed);
        let nearly = |entry: &&Entry| plain(&entry.replacement).starts_with(&plain(typed));
        let mut found: Vec<Entry> = all.iter().filter(exactly).cloned().collect();
        if found.is_empty() {
            found = all.iter().filter(nearly).cloned().collect();
        }
        let mut seen = std::collections::HashSet::new();
        found.retain(|entry| seen.insert(entry.replacement.clone()));
        found.truncate(MOST);
        Self { start, entries: found }
    }

    /// The lines of the list: names alone, or names beside what they mean, no wider than so many columns.
    pub(in super::super) fn lines(&self, columns: usize) -> Vec<String> {
        let documented = self.entries.iter().any(|entry| !entry.doc.is_empty());
        let widest = self.entries.iter().map(|entry| width(&entry.shown)).max().unwrap_or(0);
        // A signature that is wider than half the screen leaves the others their place.
        let pad = widest.min(columns / 2);
        let line = |entry: &Entry| match documented {
            false => harmless(&entry.shown),
            true => {
                let space = " ".repeat(pad.saturating_sub(width(&entry.shown)));
                let line = format!("{}{space}  {}", entry.shown, entry.doc);
                cut(&harmless(&line), columns).into_owned()
            }
        };
        self.entries.iter().map(line).collect()
    }
}
