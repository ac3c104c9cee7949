//! One watch of a simulated year: its cycles, and what must hold after each.

use std::collections::{BTreeMap, HashMap};

use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::feed::Model;
use super::world::{DAY, HOUR};
use super::{Failure, Tally, failed};
use crate::schema::ContactFilter;
use crate::store::{EventState, Store, Version};
use crate::watch::cycle::{Cycled, run};
use crate::watch::{Cursor, From, WatchDefinition, WatchKind, rewind};
use crate::{Error, ErrorKind};

/// When a watch began, by the server's clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    /// What was there by then fires nothing: earlier than the first page where the first tries did not get
    /// that far, and a clock that jumps may lie meanwhile.
    pub(super) surely_before: i64,
    /// The first page of the complete list was answered, in whichever cycle.
    pub(super) first_page: i64,
    /// The first cycle was over.
    pub(super) end: i64,
    /// The server tells no date, and gives dates of the future: by a clock that is ahead these are past, and
    /// hide what comes from all but a sweep.
    pub(super) future_hides: bool,
}

#[derive(Debug)]
pub(super) struct Watched {
    pub(super) definition: WatchDefinition,
    /// Every filter that it had.
    pub(super) filters: Vec<ContactFilter>,
    /// True once versions of both kinds were kept.
    pub(super) mixed: bool,
    pub(super) begun: Option<Begun>,
    /// When the first cycle was tried, and when one got as far as a page.
    pub(super) tried: Option<i64>,
    pub(super) first_page: Option<i64>,
    pub(super) unsure_since: Option<i64>,
    /// What handlers were given: events with their attempts, and the last ones by contact.
    pub(super) handled: Vec<(u64, u32)>,
    pub(super) last_handled: HashMap<String, (u64, u32)>,
    /// When the complete list was gone through: from, to.
    pub(super) sweeps: Vec<(i64, i64)>,
    /// When a new generation began: from, to.
    pub(super) edits: Vec<(i64, i64)>,
    /// Where somebody moved it on purpose.
    pub(super) moves: Vec<From>,
    /// Contacts that no cycle had to find yet, and until when they became visible.
    pub(super) unproven: Vec<u64>,
    pub(super) until: i64,
}

/// All that a failed cycle must leave as it was.
#[derive(Debug, PartialEq)]
struct Kept {
    cursor: Option<Value>,
    known: BTreeMap<String, Option<Version>>,
    events: usize,
}

impl Watched {
    pub(super) fn new(definition: WatchDefinition, store: &dyn Store) -> Result<Self, Failure> {
        let filters = vec![definition.filter.clone()];
        let watched = Self {
            definition,
            filters,
            mixed: false,
            begun: None,
            tried: None,
            first_page: None,
            unsure_since: None,
            handled: Vec::new(),
            last_handled: HashMap::new(),
            sweeps: Vec::new(),
            edits: Vec::new(),
            moves: Vec::new(),
            unproven: Vec::new(),
            until: 0,
        };
        watched.open(store)?;
        Ok(watched)
    }

    /// As a script that is loaded does.
    fn open(&self, store: &dyn Store) -> Result<(), Failure> {
        let WatchDefinition { id, kind, .. } = &self.definition;
        store.open_watch(id, kind.as_str(), "simulated.lua", &self.definition.identity())?;
        Ok(())
    }

    /// Somebody edits the script.
    pub(super) fn edit(&mut self, store: &dyn Store, rng: &mut Rng) -> Result<(), Failure> {
        if self.definition.kind == WatchKind::Updated && rng.bool() {
            self.definition.content_only = !self.definition.content_only;
            self.mixed = true;
        } else {
            self.definition.filter = super::year::filter(rng);
            self.filters.push(self.definition.filter.clone());
        }
        self.open(store)
    }

    /// Somebody moves it on purpose.
    pub(super) fn move_somewhere(
        &mut self,
        store: &dyn Store,
        rng: &mut Rng,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let back = SignedDuration::from_hours(rng.i64(0..60 * 24));
        let from = match rng.u8(0..3) {
            0 => From::Now,
            1 => From::Beginning,
            _ => From::Instant(now - back),
        };
        if rewind(store, &self.definition.id, from, now)? {
            self.moves.push(from);
        }
        Ok(())
    }

    /// One cycle, with all that may happen to it.
    pub(super) async fn cycle(
        &mut self,
        model: &Model,
        store: &dyn Store,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let trouble = {
            let world = model.world();
            world.faults > 0.0 || world.unrest > 0.0 || world.ends_after.is_some()
        };
        let before = self.kept(store, trouble)?;
        let complete = match self.definition.kind {
            WatchKind::New => ContactFilter::default(),
            _ => self.definition.filter.clone(),
        };
        model.note_first_page(&complete);
        let from = model.world().now;
        let first_try = self.tried.is_none();
        let tried = *self.tried.get_or_insert(from);
        tally.cycles += 1;
        let done = tokio::select! {
            biased;
            () = model.end() => None,
            done = run(model, store, &self.definition, self.definition.every) => Some(done),
        };
        if self.first_page.is_none() {
            self.first_page = model.first_page();
            self.unsure_since = (!first_try).then_some(tried);
        }
        match done {
            Some(Ok(done)) => self.succeeded(&before, &done, model, store, from, tally),
            Some(Err(error)) => {
                tally.failed += 1;
                self.excuse(&error, model)?;
                store.note_poll(&self.definition.id, model.local_time(), Some("it failed"))?;
                self.left_alone(&before, store)
            }
            None => {
                tally.ended += 1;
                let mut world = model.world();
                (world.ended, world.ends_after, world.told) = (false, None, None);
                self.left_alone(&before, store)
            }
        }
    }

    /// Only an invented fault is a reason to fail, or contacts that move under the walk.
    fn excuse(&self, error: &Error, model: &Model) -> Result<(), Failure> {
        let world = model.world();
        let restless = world.unrest > 0.0 && error.kind == ErrorKind::Incomplete;
        match world.faults > 0.0 || restless {
            true => Ok(()),
            false => failed(format!("{} failed for no reason: {error}", self.definition.id)),
        }
    }

    fn left_alone(&self, before: &Kept, store: &dyn Store) -> Result<(), Failure> {
        let mut after = self.kept(store, true)?;
        // Where a watch began is kept before its first cycle is over.
        if self.begun.is_none() {
            after.cursor.clone_from(&before.cursor);
        }
        match after == *before {
            true => Ok(()),
            false => failed(format!("{}: a failed cycle left something", self.definition.id)),
        }
    }

    fn succeeded(
        &mut self,
        before: &Kept,
        done: &Cycled,
        model: &Model,
        store: &dyn Store,
        from: i64,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let now = model.world().now;
        tally.events += done.events;
        tally.rows += done.rows;
        if done.swept {
            tally.sweeps += 1;
            self.sweeps.push((from, now));
        }
        if self.begun.is_none() {
            let keeps = self.definition.from == From::Now;
            let first_page = if keeps { self.first_page } else { model.first_page() };
            let first_page = first_page.unwrap_or(now);
            let unsure = self.unsure_since.map(|tried| tried - DAY - HOUR);
            let surely_before = unsure.unwrap_or(first_page).min(first_page);
            let rules = &model.world().rules;
            let future_hides = rules.futures && !rules.tells_date;
            self.begun = Some(Begun { surely_before, first_page, end: now, future_hides });
            self.until = now;
        }
        if let (Some(before), Some(after)) = (cursor(before.cursor.clone())?, self.cursor(store)?) {
            if after.generation != before.generation {
                self.edits.push((from, now));
            }
            if after.mark < before.mark || after.updated_mark < before.updated_mark {
                return failed(format!("{}: a mark went back", self.definition.id));
            }
        }
        self.found_all(done, &model.world(), store, from)?;
        self.release(store, tally)
    }

    /// True where no event waits for anything.
    pub(super) fn is_idle(&self, store: &dyn Store) -> Result<bool, Failure> {
        use EventState::{Dead, Done, Dropped};
        let counts = store.event_counts(&self.definition.id)?;
        Ok(counts.iter().all(|(state, _)| [Done, Dead, Dropped].contains(state)))
    }

    pub(super) fn cursor(&self, store: &dyn Store) -> Result<Option<Cursor>, Failure> {
        cursor(store.watch(&self.definition.id)?.and_then(|record| record.cursor))
    }

    fn kept(&self, store: &dyn Store, all: bool) -> Result<Kept, Failure> {
        let id = &self.definition.id;
        let cursor = store.watch(id)?.and_then(|record| record.cursor);
        let ids = store.known_ids(id, None, if all { usize::MAX } else { 0 })?;
        let texts: Vec<&str> = ids.iter().map(String::as_str).collect();
        let versions = store.known(id, &texts)?;
        let known = ids.into_iter().zip(versions).collect();
        let events = store.event_counts(id)?.iter().map(|(_, count)| *count as usize).sum();
        Ok(Kept { cursor, known, events })
    }
}

fn cursor(kept: Option<Value>) -> Result<Option<Cursor>, Failure> {
    kept.map(serde_json::from_value)
        .transpose()
        .map_err(|error| Failure(format!("the cursor cannot be read: {error}")))
}
