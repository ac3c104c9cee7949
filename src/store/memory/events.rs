//! Events in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;

use super::State;
use crate::Result;
use crate::store::refusal::no_event;
use crate::store::{EventQuery, EventRecord, EventState, FoundEvent, NewRun, Version};

/// Where an event stands in its watch's line.
type Place = (Timestamp, u64);

#[derive(Debug, Default)]
pub(super) struct Events {
    last: u64,
    all: BTreeMap<u64, EventRecord>,
    /// Of each watch the events that are not at their end, oldest first.
    waiting: BTreeMap<String, BTreeSet<Place>>,
    /// The order of each contact's last event, by watch and contact.
    newest: HashMap<(String, String), Timestamp>,
}

impl Events {
    /// An event is never older than an earlier one of its contact, which has to come first.
    pub(super) fn order(&self, watch: &str, contact: &str, order: Timestamp) -> Timestamp {
        let newest = self.newest.get(&(watch.to_owned(), contact.to_owned()));
        newest.map_or(order, |newest| order.max(*newest))
    }

    /// Adds a pending event.
    pub(super) fn add(
        &mut self,
        watch: &str,
        contact: String,
        version: Option<Version>,
        event: FoundEvent,
        found_at: Timestamp,
    ) {
        self.last += 1;
        self.newest.insert((watch.to_owned(), contact.clone()), event.order);
        let record = EventRecord {
            id: self.last,
            watch: watch.to_owned(),
            contact,
            version,
            kind: event.kind,
            payload: event.payload,
            found_at,
            order: event.order,
            state: EventState::Pending,
            attempts: 0,
            due: None,
            ended_at: None,
            error: None,
            script_hash: None,
            run: None,
        };
        self.keep(record);
    }

    fn keep(&mut self, event: EventRecord) {
        let waiting = self.waiting.entry(event.watch.clone()).or_default();
        if event.ended_at.is_none() {
            waiting.insert((event.order, event.id));
        } else {
            waiting.remove(&(event.order, event.id));
        }
        self.all.insert(event.id, event);
    }

    pub(super) fn get(&self, id: u64) -> Option<&EventRecord> {
        self.all.get(&id)
    }

    /// What the change says; none where there is no such event.
    pub(super) fn change<T>(
        &mut self,
        id: u64,
        change: impl FnOnce(&mut EventRecord) -> Result<T>,
    ) -> Result<Option<T>> {
        let Some(mut event) = self.all.get(&id).cloned() else { return Ok(None) };
        let changed = change(&mut event)?;
        self.keep(event);
        Ok(Some(changed))
    }

    /// The watch's events that are not at their end, oldest first.
    fn waiting(&self, watch: &str) -> impl Iterator<Item = &EventRecord> {
        let places = self.waiting.get(watch).into_iter().flatten();
        places.filter_map(|(_, id)| self.all.get(id))
    }

    fn waiting_in(&self, watch: &str, state: EventState) -> impl Iterator<Item = &EventRecord> {
        self.waiting(watch).filter(move |event| event.state == state)
    }

    pub(super) fn release(&mut self, watch: &str, limit: u64) -> u64 {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let pending = self.waiting_in(watch, EventState::Pending).take(limit);
        let pending: Vec<u64> = pending.map(|event| event.id).collect();
        for id in &pending {
            if let Some(event) = self.all.get_mut(id) {
                event.state = EventState::Ready;
            }
        }
        pending.len() as u64
    }

    pub(super) fn due(&self, watch: &str, now: Timestamp, limit: usize) -> Vec<EventRecord> {
        let running = self.waiting_in(watch, EventState::Running);
        let mut busy: HashSet<&str> = running.map(|event| event.contact.as_str()).collect();
        let due = self.waiting(watch).filter(|event| match event.state {
            EventState::Ready => busy.insert(&event.contact),
            EventState::Retry => {
                busy.insert(&event.contact) && event.due.is_some_and(|due| due <= now)
            }
            _ => false,
        });
        due.take(limit).cloned().collect()
    }

    pub(super) fn next_retry(&self, watch: &str) -> Option<Timestamp> {
        self.waiting_in(watch, EventState::Retry).filter_map(|event| event.due).min()
    }

    pub(super) fn list(&self, query: &EventQuery) -> Vec<EventRecord> {
        let wanted = self.all.values().rev().filter(|event| {
            query.watch.as_ref().is_none_or(|watch| *watch == event.watch)
                && (query.states.is_empty() || query.states.contains(&event.state))
                && query.contact.as_ref().is_none_or(|contact| *contact == event.contact)
        });
        wanted.take(query.limit.unwrap_or(usize::MAX)).cloned().collect()
    }

    pub(super) fn counts(&self, watch: &str) -> Vec<(EventState, u64)> {
        let mut counts = BTreeMap::new();
        for event in self.all.values().filter(|event| event.watch == watch) {
            *counts.entry(event.state).or_default() += 1;
        }
        counts.into_iter().collect()
    }

    pub(super) fn remove_watch(&mut self, watch: &str) {
        self.all.retain(|_, event| event.watch != watch);
        self.waiting.remove(watch);
        self.newest.retain(|(of, _), _| of != watch);
    }

    pub(super) fn prune(&mut self, before: Timestamp) -> u64 {
        let mut pruned = 0;
        for event in self.all.values_mut() {
            let over = matches!(event.state, EventState::Done | EventState::Dropped);
            let old = event.ended_at.is_some_and(|ended| ended < before);
            if over && old && !event.payload.is_empty() {
                event.payload = bytes::Bytes::new();
                pruned += 1;
            }
        }
        pruned
    }
}

impl State {
    pub(super) fn begin_attempt(&mut self, id: u64, run: &NewRun) -> Result<(u32, u64)> {
        let attempt = self.events.get(id).ok_or_else(|| no_event(id))?.next_attempt()?;
        let number = self.runs.begin(run, |record| {
            (record.event, record.attempt) = (Some(id), Some(attempt));
        });
        self.events.change(id, |event| {
            event.begin(attempt, number, &run.script_hash);
            Ok(())
        })?;
        Ok((attempt, number))
    }

    pub(super) fn recover(&mut self, watch: &str, most: u32, now: Timestamp) -> Result<u64> {
        let running = self.events.waiting_in(watch, EventState::Running);
        let running: Vec<u64> = running.map(|event| event.id).collect();
        for id in &running {
            self.events.change(*id, |event| {
                event.recover(most, now);
                Ok(())
            })?;
        }
        self.runs.lose(now, |run| run.event.is_some_and(|event| running.contains(&event)));
        Ok(running.len() as u64)
    }
}
