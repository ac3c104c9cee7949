//! One cycle of a watch: reads what it has to, and keeps what it found.

mod gone;
mod measure;
mod poll;
mod sweep;

use std::time::Duration;

use super::cursor::{Beginning, Newest};
use super::feed::Feed;
use super::plan::{Task, task};
use super::rewind::no_watch;
use super::sieve::Sieve;
use super::version::{MALFORMED, malformed_key};
use super::{Account, Cursor, From, ServerTime, WatchDefinition, WatchKind};
use crate::client::Row;
use crate::store::{CycleEnd, Found, Store, Version};
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
    /// Why the complete list could not be gone through, where it was due: what came lately was found all the
    /// same.
    pub sweep_error: Option<Error>,
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
    let record = store.watch(id)?.ok_or_else(|| no_watch(id))?;
    let mut cursor = record.cursor.map(|kept| Cursor::read(id, kept)).transpose()?;
    let is_first_try = cursor.is_none();
    if is_first_try && definition.from == From::Now && definition.kind != WatchKind::Deleted {
        cursor = Some(keep_beginning(feed, store, definition, record.generation)?);
    }
    let task = task(definition, cursor.as_ref(), record.generation, every, feed.time().now);
    if task == Task::Rest {
        return Ok(Cycled::default());
    }
    let mut cycle = Cycle::begin(feed, store, definition, cursor.clone(), record.generation)?;
    cycle.is_first_try = is_first_try;
    match task {
        Task::Poll if cycle.poll().await? => {}
        Task::Sweep => {
            let begun = feed.elapsed();
            if let Err(error) = cycle.sweep(task).await {
                let took = feed.elapsed().saturating_sub(begun);
                cycle = Cycle::begin(feed, store, definition, cursor.clone(), record.generation)?;
                cycle.poll_instead(error, took).await?;
            }
        }
        _ => cycle.sweep(task).await?,
    }
    cycle.commit(cursor.as_ref())
}

/// Keeps when the watch was first tried: where the API is down, what comes meanwhile is new when it is back.
fn keep_beginning<F: Feed>(
    feed: &F,
    store: &dyn Store,
    definition: &WatchDefinition,
    generation: u32,
) -> Result<Cursor> {
    let time = feed.time();
    let beginning = Some(Beginning { asked: time.here(), head: None });
    let cursor = Cursor { beginning, ..Cursor::begin(generation, time.now) };
    let end = CycleEnd { cursor: cursor.write()?, at: time.now, malformed: 0 };
    store.begin_cycle(&definition.id)?;
    store.commit_cycle(&definition.id, &end)?;
    Ok(cursor)
}

/// A cycle under way.
struct Cycle<'a, F: Feed> {
    feed: &'a F,
    store: &'a dyn Store,
    definition: &'a WatchDefinition,
    cursor: Cursor,
    /// True in the first cycle of a new generation.
    begins_again: bool,
    /// True where no cycle of the watch was tried before.
    is_first_try: bool,
    done: Cycled,
    /// The server's time when the first page was there: what settled later may have come after it.
    began: Option<ServerTime>,
    newest: Newest,
    staged: usize,
}

impl<'a, F: Feed> Cycle<'a, F> {
    fn begin(
        feed: &'a F,
        store: &'a dyn Store,
        definition: &'a WatchDefinition,
        before: Option<Cursor>,
        generation: u32,
    ) -> Result<Self> {
        store.begin_cycle(&definition.id)?;
        let begins_again = before.as_ref().is_some_and(|before| before.generation != generation);
        let mut cursor = before.unwrap_or_else(|| Cursor::begin(generation, feed.time().now));
        cursor.generation = generation;
        let (done, newest) = (Cycled::default(), Newest::default());
        let (began, staged, is_first_try) = (None, 0, true);
        Ok(Self {
            feed,
            store,
            definition,
            cursor,
            begins_again,
            is_first_try,
            done,
            began,
            newest,
            staged,
        })
    }

    /// After the complete list could not be gone through: what came lately is still found, and the complete
    /// list is left to its next time.
    async fn poll_instead(&mut self, error: Error, took: Duration) -> Result<()> {
        use ErrorKind::{Decode, Incomplete, Network, Server, Timeout};
        let may = [Decode, Incomplete, Network, Server, Timeout].contains(&error.kind);
        if !may || self.definition.kind == WatchKind::Deleted || !self.poll().await? {
            return Err(error);
        }
        self.cursor.sweep_failed = Some(self.feed.time().now);
        self.cursor.sweep_took = self.cursor.sweep_took.max(took);
        self.done.sweep_error = Some(error.within("the complete list could not be gone through"));
        Ok(())
    }

    /// Goes through a page: what changed is staged, and given back.
    fn take(&mut self, sieve: &mut Sieve<'_>, rows: &[Row]) -> Result<Vec<Found>> {
        let (good, malformed): (Vec<_>, Vec<_>) =
            rows.iter().partition(|row| !Sieve::is_malformed(row));
        self.done.rows += rows.len() as u64;
        self.set_aside(&malformed)?;
        let began = *self.began.get_or_insert_with(|| self.feed.time());
        good.iter().for_each(|row| self.newest.note(row.created, row.updated, began));
        let ids: Vec<_> = good.iter().map(|row| row.id.as_str()).collect();
        let known = self.store.known(&self.definition.id, &ids)?;
        let sound = |known: Option<Version>| known.filter(|known| *known != MALFORMED);
        let sifted =
            good.iter().zip(known).filter_map(|(row, known)| sieve.sift(row, sound(known)));
        let found: Vec<_> = sifted.collect();
        self.stage(&found)?;
        Ok(found)
    }

    /// Counts rows that no watch can do anything with, each once.
    fn set_aside(&mut self, rows: &[&Row]) -> Result<()> {
        let keys: Vec<String> = rows.iter().map(|row| malformed_key(row)).collect();
        let texts: Vec<&str> = keys.iter().map(String::as_str).collect();
        let known = self.store.known(&self.definition.id, &texts)?;
        let fresh = keys.into_iter().zip(known).filter(|(_, known)| known.is_none());
        let version = Some(MALFORMED);
        let found: Vec<_> =
            fresh.map(|(contact, _)| Found { contact, version, event: None }).collect();
        self.done.malformed += found.len() as u64;
        self.stage(&found)
    }

    /// Counts rows that are no contacts at all: nothing tells one from another, so only a growing number of
    /// them is news.
    fn count_strangers(&mut self, strangers: u64) {
        let fresh = strangers.saturating_sub(self.cursor.strangers);
        self.done.malformed += fresh;
        self.cursor.strangers += fresh;
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
        let (cursor, at) = (self.cursor.write()?, self.feed.time().now);
        let end = CycleEnd { cursor, at, malformed };
        self.done.events = self.store.commit_cycle(&self.definition.id, &end)?;
        Ok(self.done)
    }
}
