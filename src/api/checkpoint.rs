//! The place of a walk in a file, so that it goes on there after a crash.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Context;
use super::list_options::ListOptions;
use crate::client::Checkpoint;
use crate::{Error, Result};

const VERSION: u32 = 1;
/// A window of the walk is about so many pages: after each the place survives a power cut too, which the
/// others need not, for waiting for the disk at each would slow a walk down.
const PAGES_A_WINDOW: u32 = 20;

/// Where the place of one walk is kept. Nobody else uses it meanwhile.
#[derive(Debug)]
pub(super) struct Place {
    path: PathBuf,
    given: Map<String, Value>,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    saves: u32,
    /// True in a rehearsal, which begins where the walk would, and leaves the place as it was.
    rehearsed: bool,
    _lock: File,
}

/// What the file holds.
#[derive(Serialize, Deserialize)]
struct Saved {
    version: u32,
    /// The filter as the script gave it, and the instants that its ages were then.
    given: Map<String, Value>,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    walk: Checkpoint,
}

impl Place {
    /// The place with the options' name, and how far the walk had come. The filter's ages become the
    /// instants that they were when the walk began.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the run keeps no state, another run is on
    /// that walk, or the file is damaged or of a walk with another filter.
    pub(super) fn open(
        context: &Context,
        name: &str,
        options: &mut ListOptions,
    ) -> Result<(Self, Option<Checkpoint>)> {
        let folder =
            context.state_folder()?.join("checkpoints").join(context.client()?.fingerprint());
        let path = folder.join(format!("{name}.json"));
        let cannot = |error: std::io::Error| {
            Error::invalid(format!("cannot keep the checkpoint in {}: {error}", folder.display()))
        };
        fs::create_dir_all(&folder).map_err(cannot)?;
        let lock = File::create(folder.join(format!("{name}.lock"))).map_err(cannot)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use(name)),
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
        }
        let saved = read(&path, name, &options.given)?;
        if let Some(saved) = &saved {
            (options.filter.since, options.filter.until) = (saved.since, saved.until);
        }
        let (since, until) = (options.filter.since, options.filter.until);
        let (given, rehearsed) = (options.given.clone(), context.is_dry_run());
        let place = Self { path, given, since, until, saves: 0, rehearsed, _lock: lock };
        Ok((place, saved.map(|saved| saved.walk)))
    }

    /// Keeps how far the walk is. The file is the old or the new one, whenever the program is cut off.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it cannot be written.
    pub(super) fn save(&mut self, walk: Checkpoint) -> Result<()> {
        if self.rehearsed {
            return Ok(());
        }
        let (given, since, until) = (self.given.clone(), self.since, self.until);
        let saved = Saved { version: VERSION, given, since, until, walk };
        self.saves += 1;
        let write = || -> std::io::Result<()> {
            let new = self.path.with_extension("new");
            let mut file = File::create(&new)?;
            file.write_all(&serde_json::to_vec(&saved)?)?;
            if self.saves.is_multiple_of(PAGES_A_WINDOW) {
                file.sync_data()?;
            }
            fs::rename(&new, &self.path)
        };
        write().map_err(|error| {
            Error::invalid(format!("cannot write the checkpoint {}: {error}", self.path.display()))
        })
    }

    /// The walk is at its end: the next one begins anew.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the file cannot be removed.
    pub(super) fn finish(self) -> Result<()> {
        if self.rehearsed {
            return Ok(());
        }
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::invalid(
                format!("cannot remove the checkpoint {}: {error}", self.path.display()),
            )),
            _ => Ok(()),
        }
    }
}

fn read(path: &std::path::Path, name: &str, given: &Map<String, Value>) -> Result<Option<Saved>> {
    let json = match fs::read(path) {
        Ok(json) => json,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            let message = format!("cannot read the checkpoint {}: {error}", path.display());
            return Err(Error::invalid(message));
        }
    };
    let forget = format!("delete {} to begin anew", path.display());
    let saved: Option<Saved> = serde_json::from_slice(&json).ok();
    let Some(saved) = saved.filter(|saved| saved.version == VERSION) else {
        let message = format!("the checkpoint \"{name}\" is damaged, or of another version");
        return Err(Error::invalid(message).with_hint(forget));
    };
    if saved.given != *given {
        let message = format!("the checkpoint \"{name}\" is of a walk with another filter");
        return Err(Error::invalid(message).with_hint(format!("use another name, or {forget}")));
    }
    Ok(Some(saved))
}

fn in_use(name: &str) -> Error {
    Error::invalid(format!("another run is on the walk with the checkpoint \"{name}\""))
        .with_retryable(true)
        .with_hint("wait for its end, or use another name")
}
