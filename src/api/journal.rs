//! What a run wrote, so that a run that is cut short can say what it had already done.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

/// How a write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WriteState {
    /// It was sent, and no answer has come: it may or may not have been done.
    Unknown,
    /// The API said yes, with this status.
    Done(u16),
    /// The API said no, or was never reached: nothing was changed.
    Refused,
    /// It was not sent: the run is a rehearsal.
    Rehearsed,
}

/// One write of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WriteRecord {
    /// The HTTP method.
    pub method: &'static str,
    /// The path relative to the base URL.
    pub path: String,
    /// How it ended.
    pub state: WriteState,
    /// The id that the API gave to what was created.
    pub created: Option<String>,
}

impl fmt::Display for WriteRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        if let Some(id) = &self.created {
            write!(f, " (created {id})")?;
        }
        match self.state {
            WriteState::Unknown => f.write_str(" — outcome unknown"),
            WriteState::Done(_) => Ok(()),
            WriteState::Refused => f.write_str(" — refused"),
            WriteState::Rehearsed => f.write_str(" — rehearsed"),
        }
    }
}

/// The writes of one run, in order.
#[derive(Debug, Default)]
pub struct Journal {
    records: Mutex<Vec<WriteRecord>>,
    not_begun: AtomicU64,
}

/// The writes that a bulk call has yet to begin. Where the call is cut short, the journal counts them.
#[derive(Debug)]
pub(crate) struct Planned<'a> {
    journal: &'a Journal,
    left: AtomicU64,
}

impl Planned<'_> {
    /// One of them is begun.
    pub(crate) fn begin(&self) {
        self.left.fetch_sub(1, Ordering::Relaxed);
    }

    /// The call came to its end, and says itself what became of each.
    pub(crate) fn finish(self) {
        self.left.store(0, Ordering::Relaxed);
    }
}

impl Drop for Planned<'_> {
    fn drop(&mut self) {
        self.journal.not_begun.fetch_add(self.left.load(Ordering::Relaxed), Ordering::Relaxed);
    }
}

impl Journal {
    /// Notes a write that is about to be sent, and gives its number for [`end`](Self::end).
    pub(crate) fn begin(&self, method: &'static str, path: &str) -> usize {
        let (state, path) = (WriteState::Unknown, path.to_owned());
        let mut records = self.lock();
        records.push(WriteRecord { method, path, state, created: None });
        records.len() - 1
    }

    pub(crate) fn end(&self, number: usize, state: WriteState, created: Option<String>) {
        if let Some(record) = self.lock().get_mut(number) {
            record.state = state;
            record.created = created;
        }
    }

    /// The writes that were done, or may have been.
    pub fn writes(&self) -> Vec<WriteRecord> {
        let not_done = [WriteState::Refused, WriteState::Rehearsed];
        self.filtered(|record| !not_done.contains(&record.state))
    }

    /// The writes that a rehearsal did not make.
    pub fn rehearsed(&self) -> Vec<WriteRecord> {
        self.filtered(|record| record.state == WriteState::Rehearsed)
    }

    fn filtered(&self, wanted: impl Fn(&WriteRecord) -> bool) -> Vec<WriteRecord> {
        self.lock().iter().filter(|record| wanted(record)).cloned().collect()
    }

    /// Notes a write that is not made, for the run is a rehearsal.
    pub(crate) fn rehearse(&self, method: &'static str, path: &str) {
        let (state, path) = (WriteState::Rehearsed, path.to_owned());
        self.lock().push(WriteRecord { method, path, state, created: None });
    }

    /// Notes that so many writes are about to be begun.
    pub(crate) fn plan(&self, writes: usize) -> Planned<'_> {
        Planned { journal: self, left: AtomicU64::new(writes as u64) }
    }

    /// The writes of bulk calls that were cut short before they were begun: they were not made.
    pub fn not_begun(&self) -> u64 {
        self.not_begun.load(Ordering::Relaxed)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<WriteRecord>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
