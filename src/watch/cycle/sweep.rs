//! A sweep: the complete list, compared with all that the watch knows.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use jiff::{SignedDuration, Timestamp};

use super::Cycle;
use crate::client::walk::{Bounds, Source, Walk};
use crate::client::{ListContacts, Row};
use crate::schema::ContactFilter;
use crate::store::{Found, FoundEvent};
use crate::watch::feed::Feed;
use crate::watch::plan::Task;
use crate::watch::reading::{Probe, Reading, Updates};
use crate::watch::sieve::{Sieve, Start};
use crate::watch::{Cursor, From, ServerTime, WatchKind};
use crate::{ErrorKind, Result};

/// Ids that are compared at a time.
const CHUNK: usize = 1_000;
/// Contacts that one sweep asks for because they are missing; the others are missing in the next one too.
const MOST_MISSING: usize = 1_000;
/// The page that measures a reading.
const PAGE: usize = 50;

impl<F: Feed> Cycle<'_, F> {
    /// Goes through the complete list.
    pub(super) async fn sweep(&mut self, task: Task) -> Result<()> {
        let begun = self.feed.elapsed();
        let before = self.cursor.clone();
        let mut sweep = Sweep::new(self.definition.kind == WatchKind::Deleted);
        let unfiltered = self.definition.kind == WatchKind::New;
        let mut sieve = Sieve {
            definition: self.definition,
            start: Start::Long,
            started: before.started,
            now: self.feed.time().now,
            queried: self.queried(unfiltered).await?,
            unfiltered,
        };
        let filter =
            if unfiltered { ContactFilter::default() } else { self.definition.filter.clone() };
        let mut walk = Walk::new(self.feed.source(None), filter, ListContacts::CONCURRENCY, None);
        let mut time = None;
        while let Some(rows) = walk.next_page().await? {
            if time.is_none() {
                time = Some(self.feed.time());
                sieve.start = self.start(task, &rows);
            }
            sweep.note(&rows);
            let found = self.take(&sieve, &rows)?;
            sweep.compare(&before, &rows, &found);
        }
        let time = time.unwrap_or_else(|| self.feed.time());
        self.find_gone(&sweep).await?;
        self.measure(task, sweep, time).await?;
        self.cursor.advance(self.newest.created, self.newest.updated, time);
        self.cursor.swept = time.now;
        self.cursor.sweep_took = self.feed.elapsed().saturating_sub(begun);
        self.done.swept = true;
        self.tell(task);
        Ok(())
    }

    /// Where the watch begins, as its first page shows it.
    fn start(&mut self, task: Task, rows: &[Row]) -> Start {
        let now = self.feed.time().now;
        match task {
            Task::Begin => {
                self.cursor.started = now;
                Start::At {
                    from: self.definition.from,
                    head: rows.iter().map(|row| row.id.clone()).collect(),
                    newest: rows.iter().filter_map(|row| row.created).max(),
                    // The server tells whole seconds: what happened within this one may have been before.
                    time: now.checked_add(SignedDuration::from_secs(1)).unwrap_or(now),
                }
            }
            Task::BeginAgain => {
                Start::Again { mark: self.cursor.mark.max(self.cursor.updated_mark) }
            }
            _ => Start::Long,
        }
    }

    /// The ids that the API finds for the watch's `query`, where rows come without it.
    async fn queried(&self, unfiltered: bool) -> Result<Option<HashSet<String>>> {
        if !unfiltered || self.definition.filter.query.is_none() {
            return Ok(None);
        }
        let filter = self.definition.filter.clone();
        let mut walk = Walk::new(self.feed.source(None), filter, ListContacts::CONCURRENCY, None);
        let mut ids = HashSet::new();
        while let Some(rows) = walk.next_page().await? {
            ids.extend(rows.into_iter().map(|row| row.id));
        }
        Ok(Some(ids))
    }

    /// Contacts that the watch knows and that did not come: gone, where the API says so when asked.
    async fn find_gone(&mut self, sweep: &Sweep) -> Result<()> {
        let Some(seen) = &sweep.seen else { return Ok(()) };
        let (mut after, mut asked) = (None::<String>, 0);
        loop {
            let id = &self.definition.id;
            let ids = self.store.known_ids(id, after.as_deref(), CHUNK)?;
            let Some(last) = ids.last() else { return Ok(()) };
            after = Some(last.clone());
            let mut gone = Vec::new();
            for contact in ids {
                if seen.contains(&sweep.hasher.hash_one(&contact)) {
                    continue;
                }
                asked += 1;
                if asked <= MOST_MISSING && !self.feed.exists(&contact).await? {
                    gone.push(deleted(contact, self.feed.time().now));
                }
            }
            self.stage(&gone)?;
        }
    }

    /// Finds out what the server takes `lastUpdateDate` for, where that is not known or proved wrong.
    async fn measure(&mut self, task: Task, mut sweep: Sweep, time: ServerTime) -> Result<()> {
        if self.definition.kind != WatchKind::Updated {
            return Ok(());
        }
        if sweep.misled {
            self.done.notes.push(format!(
                "lastUpdateDate does not find every update, though it seemed to be read as {}",
                self.cursor.reading.describe()
            ));
        }
        let begins = matches!(task, Task::Begin | Task::BeginAgain);
        if self.cursor.reading.finds() && !sweep.misled && !begins {
            return Ok(());
        }
        let before = self.cursor.reading;
        self.cursor.reading = match sweep.updates.probe_of_day(time.now) {
            Some(probe) if !sweep.misled => self.ask(&probe).await?,
            _ => Reading::Unknown,
        };
        if self.cursor.reading == Reading::SinceDay
            && let Some(probe) = sweep.updates.probe_of_instant(time.now)
            && self.ask(&probe).await? == Reading::SinceInstant
        {
            self.cursor.reading = Reading::SinceInstant;
        }
        if self.cursor.reading != before || begins {
            let reading = self.cursor.reading.describe();
            self.done.notes.push(format!("the API's lastUpdateDate is {reading}"));
        }
        Ok(())
    }

    /// The reading that a request shows; unknown where the API does not take it.
    async fn ask(&self, probe: &Probe) -> Result<Reading> {
        let source = self.feed.source(Some(probe.hint.clone()));
        let ask = Bounds::default().page(0, PAGE);
        match source.page(&self.definition.filter, &ask).await {
            Ok(page) => Ok(probe.judge(&page)),
            Err(error) if error.kind == ErrorKind::Invalid => Ok(Reading::Unknown),
            Err(error) => Err(error),
        }
    }

    fn tell(&mut self, task: Task) {
        let rows = self.done.rows;
        match task {
            Task::Begin => {
                let from = match self.definition.from {
                    From::Now => "from now on".to_owned(),
                    From::Beginning => "from the beginning".to_owned(),
                    From::Instant(instant) => format!("from {instant} on"),
                };
                self.done.notes.push(format!("begins {from}; {rows} contacts were there"));
            }
            Task::BeginAgain => self.done.notes.push(format!(
                "its filter changed: generation {} goes on from where the one before was",
                self.cursor.generation
            )),
            _ => {}
        }
    }
}

fn deleted(contact: String, now: Timestamp) -> Found {
    let payload = serde_json::json!({ "id": contact }).to_string().into();
    let event = FoundEvent { kind: "deleted".to_owned(), order: now, payload };
    Found { contact, version: None, event: Some(event) }
}

/// What a sweep notes of the rows on its way.
struct Sweep {
    hasher: RandomState,
    /// Hashes of the ids that came; none where nobody asks what did not.
    seen: Option<HashSet<u64>>,
    updates: Updates,
    /// True where an update was found that the polls should have found before.
    misled: bool,
}

impl Sweep {
    fn new(looks_for_gone: bool) -> Self {
        let seen = looks_for_gone.then(HashSet::new);
        Self { hasher: RandomState::new(), seen, updates: Updates::default(), misled: false }
    }

    fn note(&mut self, rows: &[Row]) {
        for row in rows {
            self.updates.note(row.updated);
            if let Some(seen) = &mut self.seen {
                seen.insert(self.hasher.hash_one(&row.id));
            }
        }
    }

    /// Updates between the last sweep and the mark were the polls' to find.
    fn compare(&mut self, before: &Cursor, rows: &[Row], found: &[Found]) {
        let Some(mark) = before.updated_mark.filter(|_| before.reading.finds()) else { return };
        let missed = |found: &Found| {
            let row = rows.iter().find(|row| row.id == found.contact);
            row.and_then(|row| row.updated)
                .is_some_and(|updated| updated > before.swept && updated < mark)
        };
        self.misled |= found.iter().any(missed);
    }
}
