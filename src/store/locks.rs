//! Who may work with a folder of state: one daemon, and one poller of each watch.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use super::refusal::state;
use crate::{Error, Result};

/// A place that this process alone has until it drops the lock or ends, however it ends.
#[derive(Debug)]
pub struct StateLock {
    _file: File,
}

impl StateLock {
    /// The place of the one daemon of this folder.
    ///
    /// # Errors
    /// [`ErrorKind::State`](crate::ErrorKind::State) where another process has it, or the folder cannot be
    /// written.
    pub fn daemon(folder: &Path) -> Result<Self> {
        Self::take(&folder.join("serve.lock"), || {
            (
                format!("another process serves {} already", folder.display()),
                "end it, or name another folder with CLIENGO_STATE_DIR",
            )
        })
    }

    /// The place of the one poller of this watch.
    ///
    /// # Errors
    /// As for [`daemon`](Self::daemon).
    pub fn watch(folder: &Path, id: &str) -> Result<Self> {
        // An id may hold what no file name can.
        let hash = ring::digest::digest(&ring::digest::SHA256, id.as_bytes());
        let name: String = hash.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        Self::take(&folder.join("locks").join(name + ".lock"), || {
            (
                format!("another process polls the watch \"{id}\" already"),
                "wait for its end, or give this watch an id of its own",
            )
        })
    }

    fn take(path: &Path, taken: impl Fn() -> (String, &'static str)) -> Result<Self> {
        let cannot = |error: std::io::Error| cannot(path, &error);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(cannot)?;
        }
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let (what, hint) = taken();
                let what = format!("{what}{}", holder(&mut file));
                return Err(state(what).with_retryable(true).with_hint(hint));
            }
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
        }
        let note = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
        note.map_err(cannot)?;
        Ok(Self { _file: file })
    }
}

/// The process that has the lock, where its file tells.
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse::<u32>().ok());
    read.map_or_else(String::new, |process| format!(" (process {process})"))
}

fn cannot(path: &Path, error: &std::io::Error) -> Error {
    state(format!("cannot lock {}: {error}", path.display()))
        .with_hint("make its folder writable, or name another one with CLIENGO_STATE_DIR")
}
