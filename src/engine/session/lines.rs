//! The lines of a session, for errors that functions of earlier ones raise.

use std::collections::VecDeque;

use crate::engine::Source;

/// The most lines that are kept.
const MOST: usize = 1_000;
/// The most bytes of all of them together.
const LARGEST: usize = 4 << 20;

/// The last lines of a session by their names.
#[derive(Default)]
pub(super) struct Lines {
    lines: VecDeque<(String, String)>,
    size: usize,
}

impl Lines {
    /// The line is the one of its name from now on.
    pub(super) fn add(&mut self, source: &Source) {
        self.size += source.text.len();
        self.lines.push_back((source.name.clone(), source.text.clone()));
        while self.lines.len() > MOST || (self.size > LARGEST && self.lines.len() > 1) {
            let gone = self.lines.pop_front();
            self.size -= gone.map_or(0, |(_, text)| text.len());
        }
    }

    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.lines.iter().rev().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }
}
