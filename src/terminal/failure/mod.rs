//! Errors as people read them: what happened, where, what to do next, and what was already done.

mod place;
mod writes;

use std::fmt::Write as _;

pub(crate) use writes::writes;

use super::{Paint, View, harmless};
use crate::Error;
use crate::api::WriteRecord;
use crate::engine::{Frame, STDLIB, ScriptFailure, Source};

/// The most frames that are all shown.
const MOST_FRAMES: usize = 10;
/// The innermost frames that are shown of more.
const FIRST_FRAMES: usize = 8;

/// What happened, in the API's own words where it said any, and what to do next.
pub(crate) fn error(error: &Error, paint: Paint) -> String {
    [head(error, paint), rest(error, paint)].concat()
}

/// Why a script failed: what happened, its place in these sources or in the file that it names, and what
/// the run had written.
pub(crate) fn failure(
    failure: &ScriptFailure,
    sources: &[Source],
    writes: &[WriteRecord],
    not_begun: u64,
    view: &View,
) -> String {
    let paint = view.paint;
    let frames = own_frames(failure);
    // A column is that of the innermost frame, which may be one of the standard library's.
    let column = failure.column.filter(|_| frames.len() == failure.frames.len());
    let mut text = head(&failure.error, paint);
    text += &place::place(frames, column, sources, view);
    text += &rest(&failure.error, paint);
    text += &callers(frames, paint);
    text += &self::writes::writes(writes, not_begun, paint);
    text
}

/// One line of a source, with its number and a mark under a part of it.
pub(crate) fn excerpt(line: &str, number: usize, columns: (usize, usize), view: &View) -> String {
    let length = columns.1.saturating_sub(columns.0);
    place::quoted(line, number, Some(columns.0), Some(length), view)
}

fn head(error: &Error, paint: Paint) -> String {
    let message: Vec<_> = error.message.lines().map(harmless).collect();
    format!("{} {}\n", paint.error("error:"), message.join("\n  "))
}

/// The call, and the hint.
fn rest(error: &Error, paint: Paint) -> String {
    let mut text = String::new();
    if let (Some(method), Some(path)) = (error.method, &error.path) {
        let _ = writeln!(text, "  {} {method} {}", paint.dim("call:"), harmless(path));
    }
    if let Some(hint) = &error.hint {
        let _ = writeln!(text, "  {} {}", paint.hint("hint:"), harmless(hint));
    }
    text
}

/// Where the innermost frame was called from; of a deep recursion both ends.
fn callers(frames: &[Frame], paint: Paint) -> String {
    let line =
        |frame: &Frame| format!("  {} {}:{}\n", paint.dim("called from"), frame.file, frame.line);
    match frames {
        [inner @ .., outermost] if frames.len() > MOST_FRAMES => {
            let (shown, left_out) = inner.split_at(FIRST_FRAMES);
            let shown: String = shown.iter().skip(1).map(line).collect();
            let left_out = paint.dim(&format!("… and {} more", left_out.len()));
            format!("{shown}  {left_out}\n{}", line(outermost))
        }
        _ => frames.iter().skip(1).map(line).collect(),
    }
}

/// The calls from the person's own code inward: where a module of the standard library refuses an
/// argument, the line that gave it is what there is to mend.
fn own_frames(failure: &ScriptFailure) -> &[Frame] {
    let own = failure.frames.iter().position(|frame| !frame.file.starts_with(STDLIB));
    &failure.frames[own.unwrap_or(0)..]
}

#[cfg(test)]
mod tests;
