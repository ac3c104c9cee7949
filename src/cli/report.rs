//! Errors as people read them: what happened, where, what to do next, and what was already done.

use std::fmt::Write as _;
use std::io::Write as _;

use super::sink::{colour_on_error, harmless};
use crate::Error;
use crate::api::{WriteRecord, WriteState};
use crate::engine::{Frame, STDLIB, ScriptFailure, Source};

/// Writes of a failed run that are listed; the rest is counted.
const LISTED: usize = 20;

/// The most characters of a source line that are shown.
const QUOTED: usize = 160;

/// The words of a report, coloured or not.
struct Paint(bool);

impl Paint {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// An error of a command that could not begin.
pub(super) fn error(error: &Error) {
    let paint = Paint(colour_on_error());
    show(&describe(error, &paint));
}

/// Something to know, which is no error.
pub(super) fn warning(text: &str) {
    let paint = Paint(colour_on_error());
    show(&format!("{} {}\n", paint.paint("1;33", "warning:"), harmless(text)));
}

/// What went wrong in a part of the work.
pub(super) fn problem(text: &str) {
    let paint = Paint(colour_on_error());
    show(&format!("{} {}\n", paint.paint("1;31", "error:"), harmless(text)));
}

/// How it went.
pub(super) fn note(text: &str) {
    show(&format!("{}\n", harmless(text)));
}

/// Why a script failed, and what it had written.
pub(super) fn failure(
    failure: &ScriptFailure,
    source: &Source,
    writes: &[WriteRecord],
    not_begun: u64,
) {
    let paint = Paint(colour_on_error());
    let mut text = describe(&failure.error, &paint);
    let frames = own_frames(failure);
    let column = failure.column.filter(|_| frames.len() == failure.frames.len());
    text.insert_str(
        text.find('\n').map_or(text.len(), |end| end + 1),
        &place(frames, column, source, &paint),
    );
    for frame in frames.iter().skip(1) {
        let _ =
            writeln!(text, "  {} {}:{}", paint.paint("2", "called from"), frame.file, frame.line);
    }
    if !writes.is_empty() {
        let _ = writeln!(text, "{}", paint.paint("33", "Before that, the run made these writes:"));
        text.push_str(&account(writes));
    }
    if not_begun > 0 {
        let _ = writeln!(text, "{not_begun} writes were not begun.");
    }
    show(&text);
}

/// The writes in order; where there are many, their numbers and then those whose outcome nobody knows.
fn account(writes: &[WriteRecord]) -> String {
    let mut text = String::new();
    let mut listed: Vec<_> = writes.iter().collect();
    if writes.len() > LISTED {
        text = counts(writes);
        listed.sort_by_key(|write| write.state != WriteState::Unknown);
    }
    for write in listed.iter().take(LISTED) {
        let _ = writeln!(text, "  {}", harmless(&write.to_string()));
    }
    if writes.len() > LISTED {
        let _ = writeln!(text, "  … and {} more", writes.len() - LISTED);
    }
    text
}

/// `412 PATCH done, 8 outcome unknown`, a line for each method.
fn counts(writes: &[WriteRecord]) -> String {
    let mut methods: Vec<_> = writes.iter().map(|write| write.method).collect();
    methods.sort_unstable();
    methods.dedup();
    let line = |method: &str| {
        let of_method = writes.iter().filter(|write| write.method == method);
        let (unknown, done): (Vec<_>, Vec<_>) =
            of_method.partition(|write| write.state == WriteState::Unknown);
        match (done.len(), unknown.len()) {
            (done, 0) => format!("  {done} {method} done\n"),
            (0, unknown) => format!("  {unknown} {method} outcome unknown\n"),
            (done, unknown) => format!("  {done} {method} done, {unknown} outcome unknown\n"),
        }
    };
    methods.into_iter().map(line).collect()
}

/// The calls from the person's own code inward: where a module of the standard library refuses an
/// argument, the line that gave it is what there is to mend.
fn own_frames(failure: &ScriptFailure) -> &[Frame] {
    let own = failure.frames.iter().position(|frame| !frame.file.starts_with(STDLIB));
    &failure.frames[own.unwrap_or(0)..]
}

fn describe(error: &Error, paint: &Paint) -> String {
    let message: Vec<_> = error.message.lines().map(harmless).collect();
    let mut text = format!("{} {}\n", paint.paint("1;31", "error:"), message.join("\n  "));
    if let (Some(method), Some(path)) = (error.method, &error.path) {
        let path = harmless(path);
        let _ = writeln!(text, "  {} {method} {path}", paint.paint("2", "call:"));
    }
    if let Some(hint) = &error.hint {
        let hint = harmless(hint);
        let _ = writeln!(text, "  {} {hint}", paint.paint("36", "hint:"));
    }
    text
}

/// The file, the line, and the line's source with a mark under the column where it is known.
fn place(frames: &[Frame], column: Option<usize>, source: &Source, paint: &Paint) -> String {
    let Some(frame) = frames.first() else { return String::new() };
    let mut text = match &frame.function {
        Some(function) => format!("  at {}:{} in {function}\n", frame.file, frame.line),
        None => format!("  at {}:{}\n", frame.file, frame.line),
    };
    let line = match frame.file == source.name {
        true => source.text.lines().nth(frame.line.saturating_sub(1)).map(str::to_owned),
        false => std::fs::read_to_string(&frame.file)
            .ok()
            .and_then(|text| text.lines().nth(frame.line.saturating_sub(1)).map(str::to_owned)),
    };
    let Some(line) = line else { return text };
    let gutter = format!("{:>5} | ", frame.line);
    let (line, column) = excerpt(&line, column);
    let line = harmless(&line);
    let _ = writeln!(text, "{}{line}", paint.paint("2", &gutter));
    if let Some(column) = column {
        let spaces = " ".repeat(gutter.len() + column.saturating_sub(1));
        let _ = writeln!(text, "{spaces}{}", paint.paint("1;31", "^"));
    }
    text
}

/// What fits on a screen of a long line, around the column.
fn excerpt(line: &str, column: Option<usize>) -> (String, Option<usize>) {
    let length = line.chars().count();
    if length <= QUOTED {
        return (line.to_owned(), column);
    }
    let skipped = column.unwrap_or(1).saturating_sub(QUOTED / 2);
    let part: String = line.chars().skip(skipped).take(QUOTED).collect();
    let (before, after) = (skipped > 0, skipped + QUOTED < length);
    let part = format!("{}{part}{}", if before { "…" } else { "" }, if after { "…" } else { "" });
    (part, column.map(|column| column - skipped + usize::from(before)))
}

fn show(text: &str) {
    drop(std::io::stderr().write_all(text.as_bytes()));
}
