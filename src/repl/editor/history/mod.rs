//! What was typed before, in memory for the line editor, and in a file for the next time.

mod file;
mod secrets;

use std::path::{Path, PathBuf};

use rustyline::history::{History as _, MemHistory};
pub(crate) use secrets::is_secret;

use crate::client::Client;
use crate::engine::Language;
use crate::{Error, Result};

/// The most entries that are kept.
pub(super) const MOST: usize = 10_000;

/// Where the entries of a language are kept; nowhere without a folder.
pub(super) struct History {
    folder: Option<PathBuf>,
    path: Option<PathBuf>,
    /// What is to be told of the first trouble; there is no second.
    trouble: Option<Error>,
    is_told: bool,
}

impl History {
    /// Keeps entries in this folder.
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, path: None, trouble: None, is_told: false }
    }

    /// Goes over to the entries of a language.
    pub(super) fn open(&mut self, language: Language, entries: &mut MemHistory) {
        let name = |folder: &Path| folder.join(format!("history.{}", language.extension()));
        self.path = self.folder.as_deref().map(name);
        let _ = entries.clear();
        let Some(path) = &self.path else { return };
        match file::read(path, MOST) {
            Ok(read) => {
                for entry in read {
                    let _ = entries.add_owned(entry);
                }
            }
            Err(error) => self.note(error),
        }
    }

    /// Keeps what was typed, unless it holds a secret or is the same as the entry before.
    pub(super) fn remember(
        &mut self,
        text: &str,
        entries: &mut MemHistory,
        client: Option<&Client>,
    ) {
        let text = text.trim_end();
        if text.is_empty() || is_secret(text) || client.is_some_and(|it| it.is_key_in(text)) {
            return;
        }
        let is_new = entries.add(text).unwrap_or(false);
        let Some(path) = self.path.as_ref().filter(|_| is_new) else { return };
        if let Err(error) = file::append(path, text) {
            self.note(error);
        }
    }

    /// What is to be told of the history; once.
    pub(super) fn trouble(&mut self) -> Option<Error> {
        self.trouble.take()
    }

    fn note(&mut self, error: Error) {
        if !self.is_told {
            self.trouble = Some(error);
            self.is_told = true;
        }
    }
}

/// The file's entries could not be read or written.
fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Error {
    Error::new(
        crate::ErrorKind::State,
        format!("cannot {what} the history {}: {error}", path.display()),
    )
    .with_hint("the prompt works without it; name another folder with CLIENGO_STATE_DIR")
}

/// The result of a step with the file, in words of the history.
trait Told<T> {
    fn told(self, what: &str, path: &Path) -> Result<T>;
}

impl<T> Told<T> for std::io::Result<T> {
    fn told(self, what: &str, path: &Path) -> Result<T> {
        self.map_err(|error| cannot(what, path, &error))
    }
}

#[cfg(test)]
mod tests;
