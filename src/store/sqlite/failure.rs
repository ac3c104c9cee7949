//! What SQLite's errors mean for a person.

use std::path::Path;

use rusqlite::ErrorCode;

use crate::Error;
use crate::store::refusal::state;

/// The result of what is done inside of the store.
pub(super) type Done<T> = Result<T, Failure>;

/// Why something was not done.
#[derive(Debug)]
pub(super) enum Failure {
    /// SQLite could not.
    Sqlite(rusqlite::Error),
    /// It was asked for what cannot be.
    Refused(Error),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl Failure {
    /// The error, naming the file that it is about.
    pub(super) fn about(self, file: &Path) -> Error {
        match self {
            Self::Refused(error) => error,
            Self::Sqlite(error) => explained(&error, file),
        }
    }
}

fn explained(error: &rusqlite::Error, path: &Path) -> Error {
    let file = path.display();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => state(format!("cannot write {file}: the disk is full"))
            .with_hint("make room and start again: what it holds is whole"),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            state(format!("another process keeps {file} busy"))
                .with_retryable(true)
                .with_hint("try again when it is done")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            unwritable(path, &error.to_string())
        }
        Some(ErrorCode::SystemIoFailure) => state(format!("cannot read or write {file}: {error}"))
            .with_hint("look at the disk, then start again: what it holds is whole"),
        // A value that is not what its column holds is damage, too.
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) | None => {
            damaged(path, &error.to_string())
        }
        Some(_) => state(format!("cannot use {file}: {error}")),
    }
}

pub(super) fn damaged(file: &Path, how: &str) -> Error {
    state(format!("{} is damaged: {how}", file.display())).with_hint(
        "it was left as it is: put a copy back, or move it away to begin anew, which forgets what \
         was handled",
    )
}

pub(super) fn unwritable(file: &Path, why: &str) -> Error {
    state(format!("cannot write {}: {why}", file.display()))
        .with_hint("make its folder writable, or name another one with CLIENGO_STATE_DIR")
}
