//! One cycle of a watch: reads what it has to, and keeps what it found.

mod poll;
mod sweep;

use std::time::Duration;

use jiff::Timestamp;

use super::feed::Feed;
use super::plan::{Task, task};
use super::sieve::Sieve;
use super::version::version;
use super::{Account, Cursor, WatchDefinition};
use crate::client::Row;
use crate::store::{CycleEnd, Found, Store};
use crate::{Error, ErrorKind, Result};

/// What a cycle did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cycled {
    /// Events that were found.
    pub events: u64,
    /// Rows that were gone through.
    pub rows: u64,
    /// Rows that were set aside, as no watch can do anything with them.
    pub malformed: u64,
    /// True where the complete list was gone through.
    pub swept: bool,
    /// What is to be known of it, in sentences.
    pub notes: Vec<String>,
}

/// Reads what is new for the watch, and keeps it with the new cursor in one transaction. The watch has
/// been opened. `every` is how often cycles come; zero where somebody else decides that.
///
/// # Errors
/// Whatever the API failed with; [`ErrorKind::State`] from the store. Nothing is kept then.
pub async fn cycle(
    account: &Account,
    store: &dyn Store,
    definition: &WatchDefinition,
    every: Duration,
) -> Result<Cycled> {
    run(account, store, definition, every).await
}

/// The same over any feed.
pub(crate) async fn run<F: Feed>(
    feed: &F,
    store: &dyn Store,
    definition: &WatchDefinition,
    every: Duration,
) -> Result<Cycled> {
    let id = &definition.id;
    let gone = || Error::new(ErrorKind::State, format!("the watch {id} is not in the state"));
    let record = store.watch(id)?.ok_or_else(gone)?;
    let cursor = record.cursor.map(serde_json::from_value::<Cursor>).transpose().map_err(|_| {
        Error::new(ErrorKind::State, format!("what is kept of the watch {id} is damaged"))
            .with_hint(format!("cliengo watches remove {id} lets it begin anew"))
    })?;
    let task = task(definition, cursor.as_ref(), record.generation, every, feed.time().now);
    if task == Task::Rest {
        return Ok(Cycled::default());
    }
    store.begin_cycle(id)?;
    let before = cursor.clone();
    let mut cursor = cursor.unwrap_or_else(|| Cursor::begin(record.generation, feed.time().now));
    cursor.generation = record.generation;
    let (done, newest) = (Cycled::default(), Newest::default());
    let mut cycle = Cycle { feed, store, definition, cursor, done, newest, staged: 0 };
    if task != Task::Poll || !cycle.poll().await? {
        cycle.sweep(task).await?;
    }
    cycle.commit(before.as_ref())
}

/// A cycle under way.
struct Cycle<'a, F: Feed> {
    feed: &'a F,
    store: &'a dyn Store,
    definition: &'a WatchDefinition,
    cursor: Cursor,
    done: Cycled,
    newest: Newest,
    staged: usize,
}

/// The newest dates among the rows so far.
#[derive(Default)]
struct Newest {
    created: Option<Timestamp>,
    updated: Option<Timestamp>,
}

impl<F: Feed> Cycle<'_, F> {
    /// Goes through a page: what changed is staged, and given back.
    fn take(&mut self, sieve: &Sieve, rows: &[Row]) -> Result<Vec<Found>> {
        let (good, malformed): (Vec<_>, Vec<_>) =
            rows.iter().partition(|row| !Sieve::is_malformed(row));
        self.done.rows += rows.len() as u64;
        self.done.malformed += malformed.len() as u64;
        for row in &good {
            self.newest.created = self.newest.created.max(row.created);
            self.newest.updated = self.newest.updated.max(row.updated);
        }
        let ids: Vec<_> = good.iter().map(|row| row.id.as_str()).collect();
        let known = self.store.known(&self.definition.id, &ids)?;
        let sifted = good
            .iter()
            .zip(known)
            .filter_map(|(row, known)| sieve.sift(row, version(self.definition, row), known));
        let found: Vec<_> = sifted.collect();
        self.stage(&found)?;
        Ok(found)
    }

    fn stage(&mut self, found: &[Found]) -> Result<()> {
        self.staged += found.len();
        if found.is_empty() { Ok(()) } else { self.store.stage(&self.definition.id, found) }
    }

    /// Keeps it all, unless there is nothing to keep.
    fn commit(mut self, before: Option<&Cursor>) -> Result<Cycled> {
        let malformed = self.done.malformed;
        if malformed > 0 {
            self.done.notes.push(format!(
                "{malformed} rows without an id or a date were set aside: they are no contacts"
            ));
        }
        if self.staged == 0 && malformed == 0 && before == Some(&self.cursor) {
            return Ok(self.done);
        }
        let cursor = serde_json::to_value(&self.cursor).map_err(|error| {
            Error::new(ErrorKind::State, format!("the cursor cannot be written: {error}"))
        })?;
        let end = CycleEnd { cursor, at: self.feed.time().now, malformed };
        self.done.events = self.store.commit_cycle(&self.definition.id, &end)?;
        Ok(self.done)
    }
}
