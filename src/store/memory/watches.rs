//! Watches in memory: what they know, and what a cycle found.

use std::collections::BTreeMap;
use std::ops::Bound;

use jiff::Timestamp;
use serde_json::Value;

use super::State;
use crate::Result;
use crate::store::refusal::no_watch;
use crate::store::{CycleEnd, Found, Version, WatchRecord};

#[derive(Debug)]
pub(super) struct Watch {
    pub(super) record: WatchRecord,
    pub(super) known: BTreeMap<String, Version>,
    pub(super) staged: BTreeMap<String, Found>,
}

impl Watch {
    fn new(id: &str, kind: &str, script: &str, definition: &Value) -> Self {
        let record = WatchRecord {
            id: id.to_owned(),
            kind: kind.to_owned(),
            script: script.to_owned(),
            definition: definition.clone(),
            generation: 1,
            cursor: None,
            pause: None,
            last_poll: None,
            failures: 0,
            last_error: None,
            malformed: 0,
        };
        Self { record, known: BTreeMap::new(), staged: BTreeMap::new() }
    }

    pub(super) fn note_poll(&mut self, at: Timestamp, error: Option<&str>) {
        let record = &mut self.record;
        record.last_poll = Some(at);
        record.failures = error.map_or(0, |_| record.failures.saturating_add(1));
        record.last_error = error.map(str::to_owned);
    }

    /// Makes what was found known; true where it was not known before.
    fn learn(&mut self, found: &Found) -> bool {
        let before = match found.version {
            Some(version) => self.known.insert(found.contact.clone(), version),
            None => self.known.remove(&found.contact),
        };
        before != found.version
    }
}

impl State {
    pub(super) fn open_watch(
        &mut self,
        id: &str,
        kind: &str,
        script: &str,
        definition: &Value,
    ) -> WatchRecord {
        let watch = self.watches.entry(id.to_owned());
        let watch = watch.or_insert_with(|| Watch::new(id, kind, script, definition));
        let record = &mut watch.record;
        record.generation += u32::from(record.definition != *definition);
        (record.kind, record.script) = (kind.to_owned(), script.to_owned());
        record.definition = definition.clone();
        record.clone()
    }

    pub(super) fn existing(&mut self, watch: &str) -> Result<&mut Watch> {
        self.watches.get_mut(watch).ok_or_else(|| no_watch(watch))
    }

    pub(super) fn known(&self, watch: &str, contacts: &[&str]) -> Vec<Option<Version>> {
        let known = self.watches.get(watch).map(|watch| &watch.known);
        contacts.iter().map(|contact| known?.get(*contact).copied()).collect()
    }

    pub(super) fn known_ids(&self, watch: &str, after: Option<&str>, limit: usize) -> Vec<String> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let Some(watch) = self.watches.get(watch) else { return Vec::new() };
        let ids = watch.known.range::<str, _>((from, Bound::Unbounded));
        ids.take(limit).map(|(id, _)| id.clone()).collect()
    }

    pub(super) fn commit_cycle(&mut self, id: &str, end: &CycleEnd) -> Result<u64> {
        let watch = self.watches.get_mut(id).ok_or_else(|| no_watch(id))?;
        let mut staged: Vec<Found> = std::mem::take(&mut watch.staged).into_values().collect();
        for found in &mut staged {
            if let Some(event) = &mut found.event {
                event.order = self.events.order(id, &found.contact, event.order);
            }
        }
        staged.sort_by_key(|found| found.event.as_ref().map(|event| event.order));
        let mut made = 0;
        for found in staged {
            let again = found.event.as_ref().is_some_and(|event| event.again);
            if (watch.learn(&found) || again)
                && let Some(event) = found.event
            {
                self.events.add(id, found.contact, found.version, event, end.at);
                made += 1;
            }
        }
        watch.note_poll(end.at, None);
        watch.record.cursor = Some(end.cursor.clone());
        watch.record.malformed += end.malformed;
        Ok(made)
    }
}
