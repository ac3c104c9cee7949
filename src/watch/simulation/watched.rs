//! One watch of a simulated year: its cycles, and what must hold after each.

use std::collections::{BTreeMap, HashMap};

use fastrand::Rng;
use serde_json::Value;

use super::feed::Model;
use super::world::{DAY, LATEST, MINUTE};
use super::{Failure, Tally, failed};
use crate::schema::ContactFilter;
use crate::store::{EventQuery, EventState, MemoryStore, Store, Version};
use crate::watch::cycle::{Cycled, run};
use crate::watch::version::version;
use crate::watch::{Cursor, WatchDefinition, WatchKind};
use crate::{Error, ErrorKind};

/// When a watch began, by the server's clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    /// The first page of the complete list was answered.
    pub(super) first_page: i64,
    /// The first cycle was over.
    pub(super) end: i64,
}

#[derive(Debug)]
pub(super) struct Watched {
    pub(super) definition: WatchDefinition,
    /// Every filter that it had.
    pub(super) filters: Vec<ContactFilter>,
    /// True once versions of both kinds were kept.
    pub(super) mixed: bool,
    pub(super) begun: Option<Begun>,
    /// What handlers were given: events with their attempts, and the last ones by contact.
    pub(super) handled: Vec<(u64, u32)>,
    pub(super) last_handled: HashMap<String, (u64, u32)>,
    /// When the complete list was gone through: from, to.
    pub(super) sweeps: Vec<(i64, i64)>,
    /// When a new generation began: from, to.
    pub(super) edits: Vec<(i64, i64)>,
    /// Contacts that no cycle had to find yet.
    unproven: Vec<u64>,
    /// The last contact that was put there.
    last: u64,
}

/// All that a failed cycle must leave as it was.
#[derive(Debug, PartialEq)]
struct Kept {
    cursor: Option<Value>,
    known: BTreeMap<String, Option<Version>>,
    events: usize,
}

impl Watched {
    pub(super) fn new(definition: WatchDefinition, store: &MemoryStore) -> Result<Self, Failure> {
        let filters = vec![definition.filter.clone()];
        let watched = Self {
            definition,
            filters,
            mixed: false,
            begun: None,
            handled: Vec::new(),
            last_handled: HashMap::new(),
            sweeps: Vec::new(),
            edits: Vec::new(),
            unproven: Vec::new(),
            last: 0,
        };
        watched.open(store)?;
        Ok(watched)
    }

    /// As a script that is loaded does.
    fn open(&self, store: &MemoryStore) -> Result<(), Failure> {
        let WatchDefinition { id, kind, .. } = &self.definition;
        store.open_watch(id, kind.as_str(), "simulated.lua", &self.definition.identity())?;
        Ok(())
    }

    /// Somebody edits the script.
    pub(super) fn edit(&mut self, store: &MemoryStore, rng: &mut Rng) -> Result<(), Failure> {
        if self.definition.kind == WatchKind::Updated && rng.bool() {
            self.definition.content_only = !self.definition.content_only;
            self.mixed = true;
        } else {
            self.definition.filter = super::year::filter(rng);
            self.filters.push(self.definition.filter.clone());
        }
        self.open(store)
    }

    /// One cycle, with all that may happen to it.
    pub(super) async fn cycle(
        &mut self,
        model: &Model,
        store: &MemoryStore,
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
        tally.cycles += 1;
        let done = tokio::select! {
            biased;
            () = model.end() => None,
            done = run(model, store, &self.definition, self.definition.every) => Some(done),
        };
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

    fn left_alone(&self, before: &Kept, store: &MemoryStore) -> Result<(), Failure> {
        match self.kept(store, true)? == *before {
            true => Ok(()),
            false => failed(format!("{}: a failed cycle left something", self.definition.id)),
        }
    }

    fn succeeded(
        &mut self,
        before: &Kept,
        done: &Cycled,
        model: &Model,
        store: &MemoryStore,
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
            let first_page = model.first_page().unwrap_or(now);
            self.begun = Some(Begun { first_page, end: now });
            self.last = model.world().lives.keys().last().copied().unwrap_or(0);
        }
        if let Some(kept) = cursor(before.cursor.clone())?
            && self.cursor(store)?.is_some_and(|now| now.generation != kept.generation)
        {
            self.edits.push((from, now));
        }
        self.marks_grow(before, store)?;
        self.finds_at_once(done, model, store, from)?;
        self.release(store, tally)
    }

    fn marks_grow(&self, before: &Kept, store: &MemoryStore) -> Result<(), Failure> {
        let (Some(before), Some(after)) = (cursor(before.cursor.clone())?, self.cursor(store)?)
        else {
            return Ok(());
        };
        match after.mark >= before.mark && after.updated_mark >= before.updated_mark {
            true => Ok(()),
            false => failed(format!("{}: a mark went back", self.definition.id)),
        }
    }

    /// What was visible before a cycle began, and is as it was when the cycle is over, is known then.
    fn finds_at_once(
        &mut self,
        done: &Cycled,
        model: &Model,
        store: &MemoryStore,
        from: i64,
    ) -> Result<(), Failure> {
        let world = model.world();
        self.unproven.extend(world.lives.range(self.last + 1..).map(|(number, _)| *number));
        self.last = world.lives.keys().last().copied().unwrap_or(0).max(self.last);
        let coarse = !world.rules.since_inclusive && world.rules.granule > 1;
        // Where nothing tells what time it is there, a date of the future may take the mark along.
        let coarse = coarse || !world.rules.tells_date && world.rules.futures;
        if self.definition.kind == WatchKind::Deleted || coarse && !done.swept {
            return Ok(());
        }
        let definition = self.definition.clone();
        let mut missed = None;
        let known = |id: &str| store.known(&definition.id, &[id]).ok().and_then(|known| known[0]);
        self.unproven.retain(|number| {
            let Some(life) = world.lives.get(number) else { return false };
            let (Some((visible, first)), None) = (life.states.first(), life.gone) else {
                return false;
            };
            if *visible >= from {
                return true;
            }
            let prompt = first.created >= visible - LATEST && first.is_sound();
            let prompt = prompt && first.row().created.is_some();
            let steady = life.states.iter().all(|(_, state)| state.matches(&definition.filter));
            if (prompt || done.swept && first.is_sound()) && steady && known(&first.id()).is_none()
            {
                missed = Some(first.id());
            }
            false
        });
        match missed {
            Some(id) => failed(format!(
                "{:#?} {:?} {:?} {:#?} {} did not find {id}, which was there before the cycle began (at {from})",
                world.lives.get(&id[1..].parse().unwrap_or(0)),
                world.rules,
                definition,
                self.cursor(store)?,
                definition.id
            )),
            None => self.finds_updates(done, model, store, from, &world),
        }
    }

    /// After a sweep, and after a poll by a reading that is the server's, each contact that has been as it
    /// is since before the cycle is known so.
    fn finds_updates(
        &self,
        done: &Cycled,
        model: &Model,
        store: &MemoryStore,
        from: i64,
        world: &super::world::World,
    ) -> Result<(), Failure> {
        let _ = model;
        if self.definition.kind != WatchKind::Updated {
            return Ok(());
        }
        let finds = self.cursor(store)?.is_some_and(|cursor| cursor.reading.finds());
        let clocks = world.rules.tells_date && world.told.is_some();
        for contact in world.list.iter().filter(|contact| contact.is_sound()) {
            let Some(life) = world.lives.get(&contact.number) else { continue };
            let Some((since, _)) = life.states.last() else { continue };
            let told = contact.updated >= since - LATEST && contact.updated >= from - DAY;
            let polled = finds && clocks && told && *since >= from - 30 * MINUTE;
            if *since >= from || !contact.matches(&self.definition.filter) {
                continue;
            }
            if !(done.swept || polled) {
                continue;
            }
            let version = version(&self.definition, &contact.row());
            if store.known(&self.definition.id, &[&contact.id()])? != [Some(version)] {
                return failed(format!(
                    "{} did not find the update of {} at {since} (cycle from {from}, sweep: {})",
                    self.definition.id,
                    contact.id(),
                    done.swept
                ));
            }
        }
        Ok(())
    }

    /// Hands over at most the limit, oldest first.
    pub(super) fn release(&self, store: &MemoryStore, tally: &mut Tally) -> Result<(), Failure> {
        let WatchDefinition { id, limit, .. } = &self.definition;
        let states = |states: &[EventState]| {
            let query = EventQuery {
                watch: Some(id.clone()),
                states: states.to_vec(),
                ..EventQuery::default()
            };
            store.events(&query)
        };
        let ready = states(&[EventState::Ready])?;
        let released = store.release(id, *limit)?;
        tally.released += released;
        if released == 0 {
            return Ok(());
        }
        let mut fresh = states(&[EventState::Ready])?;
        fresh.retain(|event| ready.iter().all(|other| other.id != event.id));
        let newest = fresh.iter().map(|event| (event.order, event.id)).max();
        let left = states(&[EventState::Pending])?;
        let oldest = left.iter().map(|event| (event.order, event.id)).min();
        if released > *limit || fresh.len() as u64 != released {
            return failed(format!("{id} handed over {released} events, its limit is {limit}"));
        }
        match oldest.is_none_or(|oldest| newest <= Some(oldest)) {
            true => Ok(()),
            false => failed(format!("{id} handed over a newer event before an older one")),
        }
    }

    /// True where no event waits for anything.
    pub(super) fn is_idle(&self, store: &MemoryStore) -> Result<bool, Failure> {
        use EventState::{Dead, Done, Dropped};
        let counts = store.event_counts(&self.definition.id)?;
        Ok(counts.iter().all(|(state, _)| [Done, Dead, Dropped].contains(state)))
    }

    pub(super) fn cursor(&self, store: &MemoryStore) -> Result<Option<Cursor>, Failure> {
        cursor(store.watch(&self.definition.id)?.and_then(|record| record.cursor))
    }

    fn kept(&self, store: &MemoryStore, all: bool) -> Result<Kept, Failure> {
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
