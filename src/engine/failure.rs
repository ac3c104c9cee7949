//! Why a script ended before its end, with the place in its source.

use std::fmt;

use serde::Serialize;

use crate::{Error, ErrorKind};

/// One call on the way to the failure, the innermost first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The file, as its source was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The function, where it has a name.
    pub function: Option<String>,
}

/// Why a script ended before its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScriptFailure {
    /// What happened. An error of the script's own making is of the kind `invalid`, unless it
    /// raised one of ours.
    pub error: Error,
    /// Where: the calls from the innermost to the outermost. Empty where that is not known.
    pub frames: Vec<Frame>,
    /// The column in the innermost line, from 1, where it is known.
    pub column: Option<usize>,
}

impl ScriptFailure {
    /// A failure at no known place.
    pub fn of(error: Error) -> Self {
        Self { error, frames: Vec::new(), column: None }
    }

    /// A failure that the script itself made.
    pub(crate) fn by_script(message: impl Into<String>) -> Self {
        Self::of(Error::new(ErrorKind::Invalid, message))
    }

    pub(crate) fn at(
        mut self,
        file: impl Into<String>,
        line: usize,
        column: Option<usize>,
    ) -> Self {
        self.frames.push(Frame { file: file.into(), line, function: None });
        self.column = column;
        self
    }
}

impl fmt::Display for ScriptFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(frame) = self.frames.first() {
            write!(f, "{}:{}: ", frame.file, frame.line)?;
        }
        self.error.fmt(f)
    }
}

impl std::error::Error for ScriptFailure {}

/// The error, with the place in front of its message.
impl From<ScriptFailure> for Error {
    fn from(failure: ScriptFailure) -> Self {
        match failure.frames.first() {
            Some(frame) => failure.error.within(format_args!("{}:{}", frame.file, frame.line)),
            None => failure.error,
        }
    }
}

/// The error of a run that used more memory than it may.
pub(crate) fn out_of_memory(limit: Option<usize>) -> Error {
    let megabytes = limit.map_or("more".into(), |limit| (limit >> 20).to_string());
    Error::new(
        ErrorKind::Limit,
        format!("the script needs more than its {megabytes} MiB of memory"),
    )
    .with_hint("go through the contacts with contacts.each, or allow the run more memory")
}

/// The error of a step that was taken, and whose result cannot be kept.
pub(crate) fn not_kept(error: Error) -> Error {
    let what = match error.kind {
        ErrorKind::Limit => "less, or allow the run more memory",
        _ => "texts, numbers, lists and objects, or nothing",
    };
    error
        .within("the function's result")
        .with_hint(format!("the function was called; let it give {what}"))
}

/// The error of a call whose answer is larger than what is left of the script's memory.
pub(crate) fn answer_too_large() -> Error {
    Error::new(ErrorKind::Limit, "the answer does not fit into the script's memory")
        .with_hint("go through the contacts with contacts.each, or allow the run more memory")
}

/// The error of a call whose answer is no JSON after all.
pub(crate) fn answer_not_json(error: &dyn fmt::Display) -> Error {
    let error = error.to_string();
    // The parser quotes the answer below its first line.
    let error = error.lines().next().unwrap_or_default();
    Error::new(ErrorKind::Decode, format!("the answer is not JSON: {error}"))
}

/// The error of a run that did more operations than it may.
pub(crate) fn out_of_operations(limit: u64) -> Error {
    Error::new(ErrorKind::Limit, format!("the script did more than its {limit} operations"))
        .with_hint("look for a loop that does not end, or allow the run more operations")
}
