//! The lines of a session, for errors that functions of earlier ones raise.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::engine::Source;

/// The most lines that are kept.
const MOST: usize = 1_000;
/// The most bytes of all of them together.
const LARGEST: usize = 4 << 20;

/// The last lines of a session by their names.
#[derive(Default)]
pub(in crate::engine) struct Lines(RefCell<Kept>);

#[derive(Default)]
struct Kept {
    lines: VecDeque<(String, String)>,
    size: usize,
}

impl Lines {
    /// The line is the one of its name from now on.
    pub(super) fn add(&self, source: &Source) {
        let kept = &mut *self.0.borrow_mut();
        kept.size += source.text.len();
        kept.lines.push_back((source.name.clone(), source.text.clone()));
        while kept.lines.len() > MOST || (kept.size > LARGEST && kept.lines.len() > 1) {
            let gone = kept.lines.pop_front();
            kept.size -= gone.map_or(0, |(_, text)| text.len());
        }
    }

    pub(in crate::engine) fn text_of(&self, name: &str) -> Option<String> {
        let kept = self.0.borrow();
        let line = kept.lines.iter().rev().find(|(known, _)| known == name);
        line.map(|(_, text)| text.clone())
    }
}
