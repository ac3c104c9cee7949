//! How a timer begins: where the one before stood.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Timer;
use super::kept::Kept;
use crate::api::{Level, ScheduleRegistration};
use crate::runtime::serve::hooks;
use crate::schedule::{Due, Timetable};
use crate::schema::to_wire;
use crate::store::{RunKind, RunQuery, RunRecord, RunState, ScheduleRecord};
use crate::{Error, ErrorKind, Result};

/// Runs that are looked through for one that was cut off: it was among the last.
const LAST: usize = 20;

impl Timer {
    /// Takes up the schedule where it stood, and says what was cut off.
    pub(super) fn open(&self) -> Result<Kept> {
        let definition = &self.schedule.definition;
        let (id, store) = (&definition.id, &self.shared.store);
        let record = store.open_schedule(id, &self.script.name, &described(&self.schedule))?;
        let now = Timestamp::now();
        let ScheduleRecord { state, pause, .. } = record;
        let state = state.map(serde_json::from_value).transpose().map_err(|_| {
            Error::new(ErrorKind::State, format!("what is kept of the schedule {id} is damaged"))
                .with_hint(format!("cliengo schedules remove {id} lets it begin anew"))
        })?;
        let (timetable, cut_off) = match state {
            Some(state) => Timetable::restore(definition, state, now),
            None => (Timetable::begin(definition, now), Vec::new()),
        };
        let last = self.last_runs(&cut_off)?;
        store.lose_runs(std::slice::from_ref(id), now)?;
        let mut kept = Kept::new(timetable, pause.is_some());
        if kept.paused {
            kept.timetable.pause();
        } else {
            // It may have been paused when it was saved, and resumed while nobody looked.
            let decisions = kept.timetable.resume(now);
            self.decide(&mut kept, decisions);
        }
        self.save(&kept)?;
        cut_off.iter().for_each(|due| self.tell_cut_off(due, &last));
        Ok(kept)
    }

    fn last_runs(&self, cut_off: &[Due]) -> Result<Vec<RunRecord>> {
        if cut_off.is_empty() {
            return Ok(Vec::new());
        }
        let subject = Some(self.schedule.definition.id.clone());
        let limit = Some(LAST + cut_off.len());
        self.shared.store.runs(&RunQuery { subject, limit, ..RunQuery::default() })
    }

    fn tell_cut_off(&self, due: &Due, last: &[RunRecord]) {
        let of_due =
            |run: &&RunRecord| run.begin.kind == RunKind::Schedule && run.due == Some(due.at);
        let run = last.iter().find(of_due);
        // Only its end was not noted in the timetable.
        if run.is_some_and(|run| matches!(run.state, RunState::Done | RunState::Failed)) {
            return;
        }
        let (at, id) = (to_wire(due.at), &self.schedule.definition.id);
        let error = "it was cut off when the program ended; it is not repeated";
        self.log(
            Level::Error,
            &format!("the run of {at} was cut off when the program ended; it is not repeated"),
        );
        let told =
            json!({ "schedule": id, "due": at, "run": run.map(|run| run.id), "error": error });
        let hook = self.schedule.on_failure.as_ref();
        hooks::tell(&self.shared, &self.pool, self.name(), hook, &told);
    }

    /// Somebody removed it, and its script still has it. What runs goes on, and counts as running.
    pub(super) fn begin_anew(&self, kept: &mut Kept) {
        let definition = &self.schedule.definition;
        let described = described(&self.schedule);
        match self.shared.store.open_schedule(&definition.id, &self.script.name, &described) {
            Ok(record) => {
                kept.timetable = Timetable::begin(definition, Timestamp::now());
                kept.timetable.carry(kept.runs.values().map(|(due, _)| due.clone()).collect());
                kept.unbegun.clear();
                (kept.paused, kept.unsaved) = (record.pause.is_some(), true);
                if kept.paused {
                    kept.timetable.pause();
                }
                self.log(Level::Warn, "was removed, and begins anew: its script still has it");
            }
            Err(error) => self.log(Level::Error, &error.to_string()),
        }
    }
}

/// The schedule in a form that lists can show.
fn described(schedule: &ScheduleRegistration) -> Value {
    let definition = &schedule.definition;
    json!({
        "timing": definition.timing.describe(),
        "overlap": definition.overlap.as_str(),
        "misfire": definition.misfire.as_str(),
    })
}
