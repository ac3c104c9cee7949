//! A sweep: the complete list, compared with all that the watch knows.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::Cycle;
use super::gone::Met;
use super::measure::Noted;
use crate::Result;
use crate::client::walk::Walk;
use crate::client::{ListContacts, Row};
use crate::schema::ContactFilter;
use crate::store::CycleEnd;
use crate::watch::cursor::{Beginning, MOST_SKEW};
use crate::watch::feed::Feed;
use crate::watch::plan::Task;
use crate::watch::sieve::{Head, Queried, Sieve, Start};
use crate::watch::{From, WatchKind};

/// Rows that are gone through at a time.
const CHUNK: usize = 1_000;
/// A contact may become visible so much later than it was created.
const LATE: SignedDuration = SignedDuration::from_mins(5);

impl<F: Feed> Cycle<'_, F> {
    /// Goes through the complete list.
    pub(super) async fn sweep(&mut self, task: Task) -> Result<()> {
        let begun = self.feed.elapsed();
        // A watch of new contacts knows the others too: one that comes to match later is not new.
        let unfiltered = self.definition.kind == WatchKind::New;
        let filter =
            if unfiltered { ContactFilter::default() } else { self.definition.filter.clone() };
        let (met, noted) = self.go_through_all(task, filter.clone()).await?;
        if let Some(met) = met {
            self.find_gone(&met, task != Task::Rewind(From::Now)).await?;
        }
        if task == Task::Begin && self.began.is_none() {
            // An account without contacts: only now the server has told its time.
            self.cursor.started = self.feed.time().now;
        }
        let time = *self.began.get_or_insert_with(|| self.feed.time());
        self.measure_updates(task, noted, time.now).await?;
        self.measure_since(&filter).await?;
        self.cursor.advance(&self.newest);
        self.cursor.swept = time.now;
        self.cursor.sweep_took = self.feed.elapsed().saturating_sub(begun);
        (self.cursor.sweep_failed, self.cursor.rewind) = (None, None);
        self.cursor.beginning = None;
        self.done.swept = true;
        self.tell(task);
        Ok(())
    }

    /// The contacts that came, where it matters which did not, and what was noted of all.
    async fn go_through_all(
        &mut self,
        task: Task,
        filter: ContactFilter,
    ) -> Result<(Option<Met>, Noted)> {
        let before = self.cursor.clone();
        let mut met = (self.definition.kind == WatchKind::Deleted).then(Met::default);
        let mut noted = Noted::default();
        let begins = matches!(task, Task::Begin | Task::Rewind(_));
        let mut sieve = Sieve {
            definition: self.definition,
            start: Start::Long,
            again: if let Task::Rewind(from) = task { Some(from) } else { None },
            started: before.started,
            now: self.feed.time().now,
            queried: self.queried(begins).await?,
            unfiltered: self.definition.kind == WatchKind::New,
        };
        let mut walk = Walk::new(self.feed.source(None), filter, ListContacts::CONCURRENCY, None);
        while let Some(rows) = walk.next_page().await? {
            if self.began.is_none() {
                sieve.start = self.start(task, &rows)?;
            }
            noted.note(&rows);
            if let Some(met) = &mut met {
                met.note(&rows);
            }
            let found = self.take(&mut sieve, &rows)?;
            if task == Task::Sweep {
                noted.compare(&before, self.feed.time(), &rows, &found);
            }
        }
        self.count_strangers(walk.strangers());
        self.cursor.strangers = walk.strangers();
        self.decide(sieve).await?;
        Ok((met, noted))
    }

    /// Rows may have come after the contacts of the `query` were asked for: they are asked for once more.
    async fn decide(&mut self, mut sieve: Sieve<'_>) -> Result<()> {
        let queried = sieve.queried.as_mut();
        let rows =
            queried.map(|queried| std::mem::take(&mut queried.undecided)).unwrap_or_default();
        if rows.is_empty() {
            return Ok(());
        }
        sieve.queried = self.queried(true).await?;
        if let Some(queried) = &mut sieve.queried {
            queried.until = Some(Timestamp::MAX);
        }
        for rows in rows.chunks(CHUNK) {
            self.take(&mut sieve, rows)?;
        }
        Ok(())
    }

    /// Where the watch begins, as its first page shows it.
    fn start(&mut self, task: Task, rows: &[Row]) -> Result<Start> {
        let time = self.feed.time();
        Ok(match task {
            Task::Begin => Start::At(self.definition.from, self.head(rows)?),
            Task::Rewind(From::Now) => Start::At(From::Now, Head::new(rows, time.now)),
            _ if self.begins_again => {
                let cursor = &self.cursor;
                // What the filter before selected may all be older than the watch, or nothing at all.
                let unsure = if time.is_told { LATE } else { LATE + MOST_SKEW };
                let began = cursor.started.checked_sub(unsure).ok();
                let began = began.filter(|_| self.definition.from == From::Now);
                let created = cursor.creation_from(time).max(began);
                let touched = match self.definition.kind {
                    WatchKind::Updated if cursor.reading.finds() => {
                        cursor.updates_from(time).max(began)
                    }
                    WatchKind::Updated => cursor.swept.checked_sub(LATE).ok(),
                    _ => created,
                };
                Start::Again { created, touched }
            }
            _ => Start::Long,
        })
    }

    /// What was there when the watch was first tried. It is kept before anything is made of it, so that a
    /// cycle that fails further down does not begin later.
    fn head(&mut self, rows: &[Row]) -> Result<Head> {
        let time = self.feed.time();
        let Some(beginning) = &self.cursor.beginning else {
            self.cursor.started = time.now;
            return Ok(Head::new(rows, time.now));
        };
        if let Some(head) = &beginning.head {
            return Ok(head.of_earlier_try());
        }
        let asked = beginning.asked;
        // Where no earlier try got here, the instant of the first one is all there is to go by. It means
        // nothing where the server's clock is not known, or where the one here was set back since.
        let began = asked.checked_add(time.skew).unwrap_or(time.now);
        let head = match !self.is_first_try && time.is_told && began <= time.now {
            true => Head::until(began),
            false => Head::new(rows, time.now),
        };
        self.cursor.started = if self.is_first_try { time.now } else { began.min(time.now) };
        self.cursor.beginning = Some(Beginning { asked, head: Some(head.clone()) });
        let end = CycleEnd { cursor: self.cursor.write()?, at: time.now, malformed: 0 };
        self.store.commit_cycle(&self.definition.id, &end)?;
        Ok(head)
    }

    /// The contacts that the API finds for the watch's `query`, where rows come without it. Where the watch
    /// begins, most rows match nothing, and only those of late can have come meanwhile.
    async fn queried(&self, begins: bool) -> Result<Option<Queried>> {
        if self.definition.kind != WatchKind::New || self.definition.filter.query.is_none() {
            return Ok(None);
        }
        let filter = self.definition.filter.clone();
        let mut walk = Walk::new(self.feed.source(None), filter, ListContacts::CONCURRENCY, None);
        let (mut ids, mut began) = (HashSet::new(), None);
        while let Some(rows) = walk.next_page().await? {
            began.get_or_insert_with(|| self.feed.time().now);
            ids.extend(rows.into_iter().map(|row| row.id));
        }
        let began = began.unwrap_or_else(|| self.feed.time().now);
        let until = begins.then(|| began.checked_sub(LATE).unwrap_or(began));
        Ok(Some(Queried { ids, until, undecided: Vec::new() }))
    }

    fn tell(&mut self, task: Task) {
        let note = match task {
            Task::Begin => {
                let from = match self.definition.from {
                    From::Now => "from now on".to_owned(),
                    From::Beginning => "from the beginning".to_owned(),
                    From::Instant(instant) => format!("from {instant} on"),
                };
                format!("begins {from}; {} contacts were there", self.done.rows)
            }
            Task::Rewind(From::Now) => "goes on from now: what came before is skipped".to_owned(),
            Task::Rewind(From::Beginning) => "goes through everything again".to_owned(),
            Task::Rewind(From::Instant(instant)) => format!("goes on again from {instant}"),
            Task::BeginAgain => format!(
                "its filter changed: generation {} goes on from where the one before was",
                self.cursor.generation
            ),
            _ => return,
        };
        self.done.notes.push(note);
    }
}
