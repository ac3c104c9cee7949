//! Lua's errors as failures with their places.

use mlua::{Error as VmError, Table, Value as LuaValue};

use super::super::ScriptFailure;
use super::super::failure::{Frame, out_of_memory};
use super::frames::frames_of;
use super::syntax::column;
use super::vm::{BEFORE_TOKEN, PRELUDE};
use crate::api::Cancel;
use crate::{Error, ErrorKind};

/// The failure that a script ended with, as the prelude's handler saw it.
pub(super) fn failure_of(
    caught: &LuaValue,
    cancel: &Cancel,
    memory: Option<usize>,
) -> ScriptFailure {
    if let Some(reason) = cancel.reason() {
        return ScriptFailure { frames: frames_of(caught), ..ScriptFailure::of(reason.clone()) };
    }
    let problem = caught.as_table().and_then(|table| table.get::<LuaValue>("problem").ok());
    let frames = frames_of(caught);
    // Without a problem the handler itself failed, which only want of memory or stack can cause.
    let text = match problem.as_ref().unwrap_or(caught) {
        LuaValue::Table(table) => match error_in(table) {
            Some(error) => return ScriptFailure { error, frames, column: None },
            None => "the script raised a table without a message".to_owned(),
        },
        LuaValue::Error(error) => return of_vm(error, cancel, memory),
        other => other.to_string().unwrap_or_else(|_| "the script raised an error".to_owned()),
    };
    if text.contains("not enough memory") || text == "error in error handling" {
        return ScriptFailure { frames, ..ScriptFailure::of(out_of_memory(memory)) };
    }
    located(text, frames)
}

/// The failure of the machine itself.
pub(super) fn of_vm(error: &VmError, cancel: &Cancel, memory: Option<usize>) -> ScriptFailure {
    if let Some(reason) = cancel.reason() {
        return ScriptFailure::of(reason.clone());
    }
    match error {
        VmError::MemoryError(_) => ScriptFailure::of(out_of_memory(memory)),
        VmError::CallbackError { cause, .. } => of_vm(cause, cancel, memory),
        other => ScriptFailure::by_script(other.to_string()),
    }
}

/// The failure of code that does not parse. Lua says `file:line: what`.
pub(super) fn syntax_failure(file: &str, code: &str, error: &VmError) -> ScriptFailure {
    let text = match error {
        VmError::SyntaxError { message, .. } => message.clone(),
        other => other.to_string(),
    };
    match place_in(&text) {
        Some((_, line, rest)) => {
            let hint = rest.contains(&format!("{BEFORE_TOKEN}'until'")).then(|| UNTIL.to_owned());
            let error = Error::invalid(rest.trim()).with_hint_if(hint);
            let column = column(code, line, rest.trim());
            ScriptFailure::of(error).at(file, line, column)
        }
        None => ScriptFailure::by_script(text).at(file, 1, None),
    }
}

/// The one filter whose name Lua keeps for itself.
const UNTIL: &str = "until is a word of Lua: write the filter as up_to = … or [\"until\"] = …";

/// A text error begins with its place, which the frames tell again.
fn located(text: String, frames: Vec<Frame>) -> ScriptFailure {
    let Some((file, line, rest)) = place_in(&text) else {
        return ScriptFailure { frames, ..ScriptFailure::by_script(text) };
    };
    let failure = ScriptFailure::by_script(rest.trim().to_owned());
    let is_there = |frame: &Frame| frame.line == line && frame.file.get(..file.len()) == Some(file);
    // A place in the adapter's own code tells nothing, and Lua cuts a long name of a file off.
    if file == PRELUDE || frames.first().is_some_and(is_there) {
        return ScriptFailure { frames, ..failure };
    }
    let mut failure = failure.at(file, line, None);
    failure.frames.extend(
        frames.into_iter().filter(|frame| (frame.file.as_str(), frame.line) != (file, line)),
    );
    failure
}

/// `file:line: rest`
fn place_in(text: &str) -> Option<(&str, usize, &str)> {
    let (place, rest) = text.split_once(": ")?;
    let (file, line) = place.rsplit_once(':')?;
    Some((file, line.parse().ok()?, rest))
}

/// The error that a table carries: one of ours, or one that a script made in its image.
fn error_in(table: &Table) -> Option<Error> {
    let text = |name: &str| table.get::<Option<String>>(name).ok().flatten();
    let kind = text("kind").and_then(|kind| ErrorKind::parse(&kind)).unwrap_or(ErrorKind::Invalid);
    let mut error = Error::new(kind, text("message")?)
        .with_hint_if(text("hint"))
        .with_retryable(table.get("retryable").unwrap_or(false));
    if let Ok(status) = table.get::<u16>("status") {
        error = error.with_status(status);
    }
    match (
        text("method").and_then(|method| crate::client::Method::parse(&method).ok()),
        text("path"),
    ) {
        (Some(method), Some(path)) => Some(error.with_call(method.as_str(), path)),
        _ => Some(error),
    }
}
