//! What the exit code says.

use crate::{Error, ErrorKind};

pub(super) const DONE: u8 = 0;
pub(super) const FAILED: u8 = 1;
pub(super) const USAGE: u8 = 2;
const CREDENTIALS: u8 = 3;
const UNREACHABLE: u8 = 4;
const STATE: u8 = 5;
const CANCELLED: u8 = 130;

/// The code of a run that failed with this error.
pub(super) fn of_run(error: &Error) -> u8 {
    match error.kind {
        ErrorKind::Unauthorized => CREDENTIALS,
        ErrorKind::Network | ErrorKind::Timeout => UNREACHABLE,
        ErrorKind::State => STATE,
        ErrorKind::Cancelled => CANCELLED,
        _ => FAILED,
    }
}

/// The code of a command that could not begin.
pub(super) fn of_setup(error: &Error) -> u8 {
    match error.kind {
        ErrorKind::Invalid | ErrorKind::NotFound => USAGE,
        _ => of_run(error),
    }
}
