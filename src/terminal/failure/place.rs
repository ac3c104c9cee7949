//! The place of an error in its source, with the line and a mark below it.

use std::fmt::Write as _;

use crate::engine::{Frame, Source};
use crate::terminal::text::{harmless, width};
use crate::terminal::{View, cut};

/// The most columns of a source line that are shown, where the terminal has not fewer.
const QUOTED: usize = 160;
/// The columns of the line's number.
const GUTTER: usize = 8;

/// The file, the line, and the line's source with a mark under the column; under the whole of the line
/// where the column is not known.
pub(super) fn place(
    frames: &[Frame],
    column: Option<usize>,
    sources: &[Source],
    view: &View,
) -> String {
    let Some(frame) = frames.first() else { return String::new() };
    let mut text = match &frame.function {
        Some(function) => format!("  at {}:{} in {function}\n", frame.file, frame.line),
        None => format!("  at {}:{}\n", frame.file, frame.line),
    };
    let Some(line) = line(frame, sources) else { return text };
    text += &quoted(&line, frame.line, column, None, view);
    text
}

/// The line with its number, and a mark of this many columns under this column.
pub(super) fn quoted(
    line: &str,
    number: usize,
    column: Option<usize>,
    length: Option<usize>,
    view: &View,
) -> String {
    let mut text = String::new();
    let room = view.width.map_or(QUOTED, |width| width.saturating_sub(GUTTER).clamp(20, QUOTED));
    let (before, marked) = parts(line, column, room);
    let (gutter, below) = (format!("{number:>5} | "), format!("{:>5} | ", ""));
    let _ = writeln!(text, "{}{before}{marked}", view.paint.dim(&gutter));
    if column.is_some() || !marked.is_empty() {
        let spaces = " ".repeat(width(&before));
        let length = length.map_or(1, |length| length.clamp(1, width(&marked).max(1)));
        let mark = view.paint.error(&mark(&marked, column.map(|_| length)));
        let _ = writeln!(text, "{}{spaces}{mark}", view.paint.dim(&below));
    }
    text
}

/// The line that the frame names: in the source of its name, else in the file.
fn line(frame: &Frame, sources: &[Source]) -> Option<String> {
    let nth = |text: &str| text.lines().nth(frame.line.saturating_sub(1)).map(str::to_owned);
    match sources.iter().rev().find(|source| source.name == frame.file) {
        Some(source) => nth(&source.text),
        None => nth(&std::fs::read_to_string(&frame.file).ok()?),
    }
}

/// What has room of the line: what stands before the mark, and the rest.
fn parts(line: &str, column: Option<usize>, room: usize) -> (String, String) {
    let line = line.trim_end();
    let blank = line.chars().take_while(|letter| letter.is_whitespace()).count();
    let at = column.map_or(blank, |column| column.saturating_sub(1));
    let before = shown(line.chars().take(at));
    let rest = shown(line.chars().skip(at));
    if width(&before) + width(&rest) <= room {
        return (before, rest);
    }
    let before = match width(&before) > room / 2 {
        true => format!("…{}", end(&before, room / 2)),
        false => before,
    };
    let rest = cut(&rest, room.saturating_sub(width(&before))).into_owned();
    (before, rest)
}

/// What a tab is as wide as here is up to the terminal; spaces are as wide below it.
fn shown(letters: impl Iterator<Item = char>) -> String {
    harmless(&letters.collect::<String>()).replace('\t', "    ")
}

/// The end of the text, so many columns of it or one less.
fn end(text: &str, columns: usize) -> &str {
    let starts = text.char_indices().rev().map(|(start, _)| &text[start..]);
    starts.take_while(|rest| width(rest) < columns).last().unwrap_or_default()
}

/// A caret and as much more as is marked; below a line whose column is not known, all of it.
fn mark(marked: &str, length: Option<usize>) -> String {
    let length = length.unwrap_or_else(|| width(marked));
    format!("^{}", "~".repeat(length.saturating_sub(1)))
}
