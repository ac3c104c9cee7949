//! The errors that every store gives.

use crate::{Error, ErrorKind};

/// An error of what is kept.
pub(super) fn state(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::State, message)
}

pub(super) fn no_watch(id: &str) -> Error {
    state(format!("nothing is kept of a watch \"{id}\""))
        .with_hint("it was removed meanwhile; start its script again to begin it anew")
}

pub(super) fn no_schedule(id: &str) -> Error {
    state(format!("nothing is kept of a schedule \"{id}\""))
        .with_hint("it was removed meanwhile; start its script again to begin it anew")
}

pub(super) fn no_event(id: u64) -> Error {
    state(format!("nothing is kept of an event {id}")).with_hint("its watch was removed meanwhile")
}

pub(super) fn no_run(id: u64) -> Error {
    state(format!("nothing is kept of a run {id}"))
}

pub(super) fn no_write(id: u64) -> Error {
    state(format!("nothing is kept of a write {id}"))
}

pub(super) fn step_is_done(scope: &str, key: &str) -> Error {
    state(format!("the step \"{key}\" of {scope} was taken already"))
        .with_hint("two runs took it at once: give each its own key")
}
