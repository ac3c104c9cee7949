//! What a person is told on standard error.

use std::io::{Write as _, stderr};

use super::flags::with_flag;
use crate::Error;
use crate::api::WriteRecord;
use crate::engine::{ScriptFailure, Source};
use crate::terminal::{self, Paint, View, harmless};

/// An error of a command that could not begin.
pub(super) fn error(error: &Error) {
    show(&terminal::error(&with_flag(error), paint()));
}

/// Something to know, which is no error.
pub(super) fn warning(text: &str) {
    show(&format!("{} {}\n", paint().warning("warning:"), harmless(text)));
}

/// What went wrong in a part of the work.
pub(super) fn problem(text: &str) {
    show(&format!("{} {}\n", paint().error("error:"), harmless(text)));
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
    let sources = std::slice::from_ref(source);
    let failure =
        ScriptFailure { error: with_flag(&failure.error).into_owned(), ..failure.clone() };
    show(&terminal::failure(&failure, sources, writes, not_begun, &View::of_error()));
}

fn paint() -> Paint {
    Paint::of(&stderr())
}

fn show(text: &str) {
    drop(stderr().write_all(text.as_bytes()));
}
