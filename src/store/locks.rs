//! Who may work with a folder of state: one daemon, and one poller of each watch.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::refusal::state;
use crate::{Error, Result};

/// The file of the daemon's lock.
const DAEMON: &str = "serve.lock";

/// The file of the lock of whoever undoes a run.
const UNDO: &str = "undo.lock";

/// Those who only ask who has a lock have it for microseconds.
const PATIENCE: Duration = Duration::from_millis(100);

/// A place that this process alone has until it drops the lock or ends, however it ends.
#[derive(Debug)]
pub struct StateLock {
    _lock: Locked,
    /// What is of no use once the lock is dropped.
    leaves: Option<PathBuf>,
}

impl Drop for StateLock {
    fn drop(&mut self) {
        if let Some(path) = &self.leaves {
            // Where it cannot be removed, it is an empty file too many.
            drop(fs::remove_file(path));
        }
    }
}

impl StateLock {
    /// The place of the one daemon of this folder.
    ///
    /// # Errors
    /// [`ErrorKind::State`](crate::ErrorKind::State) where another process has it, or the folder cannot be
    /// written.
    pub fn daemon(folder: &Path) -> Result<Self> {
        Self::take(&folder.join(DAEMON), || {
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
        Self::take(&of_watch(folder, id), || {
            (
                format!("another process polls the watch \"{id}\" already"),
                "only one process polls a watch: wait for its end, or stop one of the two",
            )
        })
    }

    /// The place of the one that undoes a run: two would each make anew what was deleted.
    ///
    /// # Errors
    /// As for [`daemon`](Self::daemon).
    pub fn undo(folder: &Path) -> Result<Self> {
        Self::take(&folder.join("locks").join(UNDO), || {
            ("another process undoes a run".to_owned(), "wait for its end, and try again")
        })
    }

    /// The process that is this folder's daemon, in words; none where there is none.
    pub fn holder_of_daemon(folder: &Path) -> Option<String> {
        held(&folder.join(DAEMON))
    }

    /// The process that polls this watch, in words; none where nobody does.
    pub fn holder_of_watch(folder: &Path, id: &str) -> Option<String> {
        held(&of_watch(folder, id))
    }

    /// Begins a run and takes its place, so that everybody sees that it goes on. Nobody looks in between.
    ///
    /// # Errors
    /// Whatever `begin` fails with, and as for [`daemon`](Self::daemon).
    pub fn run(folder: &Path, begin: impl FnOnce() -> Result<u64>) -> Result<(u64, Self)> {
        let _turn = turn(folder)?;
        let id = begin()?;
        let path = of_run(folder, id);
        let taken = || (format!("another process has the run {id}"), "look at `cliengo runs`");
        let mut lock = Self::take(&path, taken)?;
        lock.leaves = Some(path);
        Ok((id, lock))
    }

    /// Those of these runs, which began in this folder, whose place is nobody's any more: their process ended
    /// without a word, or its last word could not be kept.
    ///
    /// # Errors
    /// As for [`daemon`](Self::daemon).
    pub fn left_runs(folder: &Path, runs: &[u64]) -> Result<Vec<u64>> {
        if runs.is_empty() {
            return Ok(Vec::new());
        }
        let _turn = turn(folder)?;
        let place = |run: &u64| of_run(folder, *run);
        let left = runs.iter().copied().filter(|run| held(&place(run)).is_none());
        Ok(left.inspect(|run| drop(fs::remove_file(place(run)))).collect())
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
        if !try_to_lock(&file).map_err(cannot)? {
            let (what, hint) = taken();
            let what = format!("{what}{}", holder(&mut file));
            return Err(state(what).with_retryable(true).with_hint(hint));
        }
        let mut lock = Locked(file);
        let note = lock.0.set_len(0).and_then(|()| writeln!(lock.0, "{}", std::process::id()));
        note.map_err(cannot)?;
        Ok(Self { _lock: lock, leaves: None })
    }
}

/// A file that is locked until this is dropped.
#[derive(Debug)]
struct Locked(File);

impl Drop for Locked {
    fn drop(&mut self) {
        // To close it would not do: a child process that another thread is about to start has it open too,
        // for a moment.
        drop(self.0.unlock());
    }
}

/// Locks it. False where another process has it; one that only asks who has it, see [`held`], lets go at once
/// and is waited for.
fn try_to_lock(file: &File) -> std::io::Result<bool> {
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => {}
        }
        match file.try_lock_shared() {
            Ok(()) => file.unlock()?,
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => return Ok(false),
        }
        if begun.elapsed() > PATIENCE {
            return Ok(false);
        }
        thread::sleep(Duration::from_micros(200));
    }
}

/// The file of a watch's lock: its id may hold what no file name can.
fn of_watch(folder: &Path, id: &str) -> PathBuf {
    let hash = ring::digest::digest(&ring::digest::SHA256, id.as_bytes());
    let name: String = hash.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    folder.join("locks").join(name + ".lock")
}

/// The file of a run's lock. A run's number is never given twice.
fn of_run(folder: &Path, run: u64) -> PathBuf {
    folder.join("locks").join(format!("run-{run}.lock"))
}

/// Waits until nobody else begins a run or looks which go on.
fn turn(folder: &Path) -> Result<Locked> {
    let path = folder.join("locks").join("runs.lock");
    let lock = || {
        fs::create_dir_all(folder.join("locks"))?;
        let file = File::create(&path)?;
        file.lock()?;
        Ok(Locked(file))
    };
    lock().map_err(|error: std::io::Error| cannot(&path, &error))
}

/// Who has this lock, if anybody. Nothing is made, and nobody is locked out: a shared lock is asked for,
/// and let go at once; whoever wants the place meanwhile tries again.
fn held(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {
            let holder = holder(&mut file);
            let known = holder.trim_matches([' ', '(', ')']);
            Some(if known.is_empty() { "a process".to_owned() } else { known.to_owned() })
        }
        Ok(()) => {
            drop(Locked(file));
            None
        }
        Err(TryLockError::Error(_)) => None,
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
