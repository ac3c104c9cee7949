//! Schedules in memory.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use super::State;
use crate::Result;
use crate::store::refusal::no_schedule;
use crate::store::{NewRun, ScheduleRecord};

#[derive(Debug)]
pub(super) struct Schedule {
    pub(super) record: ScheduleRecord,
    claimed: BTreeSet<Timestamp>,
    /// Due times up to this one count as claimed; those before it are no longer kept.
    claimed_until: Option<Timestamp>,
}

impl Schedule {
    fn new(id: &str, script: &str, definition: &Value) -> Self {
        let record = ScheduleRecord {
            id: id.to_owned(),
            script: script.to_owned(),
            definition: definition.clone(),
            state: None,
            next: None,
            pause: None,
            requested: None,
        };
        Self { record, claimed: BTreeSet::new(), claimed_until: None }
    }

    /// False where the due time was claimed before.
    fn claim(&mut self, due: Timestamp) -> bool {
        Some(due) > self.claimed_until && self.claimed.insert(due)
    }

    pub(super) fn prune(&mut self, before: Timestamp) {
        let kept = self.claimed.split_off(&before);
        let last = std::mem::replace(&mut self.claimed, kept).pop_last();
        self.claimed_until = self.claimed_until.max(last);
    }
}

impl State {
    pub(super) fn open_schedule(
        &mut self,
        id: &str,
        script: &str,
        definition: &Value,
    ) -> ScheduleRecord {
        let schedule = self.schedules.entry(id.to_owned());
        let schedule = schedule.or_insert_with(|| Schedule::new(id, script, definition));
        let record = &mut schedule.record;
        (record.script, record.definition) = (script.to_owned(), definition.clone());
        record.clone()
    }

    pub(super) fn existing_schedule(&mut self, id: &str) -> Result<&mut Schedule> {
        self.schedules.get_mut(id).ok_or_else(|| no_schedule(id))
    }

    pub(super) fn claim(
        &mut self,
        id: &str,
        due: Timestamp,
        remembered: &Value,
        run: &NewRun,
    ) -> Result<Option<u64>> {
        let schedule = self.existing_schedule(id)?;
        if !schedule.claim(due) {
            return Ok(None);
        }
        schedule.record.state = Some(remembered.clone());
        Ok(Some(self.runs.begin(run, |record| record.due = Some(due))))
    }
}
