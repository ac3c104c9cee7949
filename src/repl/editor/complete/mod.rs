//! What may stand at the cursor.

mod arguments;
mod code;
mod commands;
mod entry;
mod files;
mod members;
mod values;

use super::dotted::command_line;
use super::known::Known;

pub(super) use entry::Entry;
pub(super) use members::first_sentence;

/// What may be typed, and from which byte of the line on it stands there then.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) entries: Vec<Entry>,
}

/// What may stand at the cursor, which is between the two parts of the line.
pub(super) fn complete(before: &str, after: &str, known: &Known) -> Found {
    match command_line(before) {
        Some(line) => commands::complete(before, &line, after, known),
        None => code::complete(before, after, known),
    }
}

#[cfg(test)]
mod tests;
