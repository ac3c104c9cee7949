//! One schedule under a daemon.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pool::Pool;
use super::runs::Running;
use super::shared::{Shared, Signals};
use crate::api::{Level, ScheduleRegistration};
use crate::runtime::attempt::ScriptName;
use crate::schedule::{Decision, Due, Timetable};
use crate::schema::to_wire;
use crate::store::ScheduleRecord;
use crate::{Error, ErrorKind, Result};

/// The clock is looked at no less often: it may have been set, or the machine may have slept.
const LOOK: Duration = Duration::from_secs(30);
/// How long until another try where the store failed.
const LATER: Duration = Duration::from_secs(5);

/// One schedule under a daemon.
pub(super) struct Timer {
    pub(super) shared: Arc<Shared>,
    pub(super) pool: Arc<Pool>,
    pub(super) script: ScriptName,
    pub(super) schedule: ScheduleRegistration,
    pub(super) signals: Signals,
}

impl Timer {
    /// Runs the schedule until it is to stop, and what runs has come to its end.
    pub(super) async fn run(self: Arc<Self>) {
        loop {
            match self.open() {
                Ok((timetable, paused)) => return self.keep(timetable, paused).await,
                Err(error) => self.log(Level::Error, &error.to_string()),
            }
            tokio::select! {
                () = self.signals.stop.cancelled() => return,
                () = tokio::time::sleep(LATER) => {}
            }
        }
    }

    fn open(&self) -> Result<(Timetable, bool)> {
        let definition = &self.schedule.definition;
        let (id, store) = (&definition.id, &self.shared.store);
        let record = store.open_schedule(id, &self.script.name, &described(&self.schedule))?;
        let now = Timestamp::now();
        let ScheduleRecord { state, pause, .. } = record;
        let state = state.map(serde_json::from_value).transpose().map_err(|_| {
            Error::new(ErrorKind::State, format!("what is kept of the schedule {id} is damaged"))
                .with_hint(format!("cliengo schedules remove {id} lets it begin anew"))
        })?;
        let (mut timetable, cut_off) = match state {
            Some(state) => Timetable::restore(definition, state, now),
            None => (Timetable::begin(definition, now), Vec::new()),
        };
        store.lose_runs(std::slice::from_ref(id), now)?;
        for due in cut_off {
            let at = to_wire(due.at);
            self.log(
                Level::Error,
                &format!("the run of {at} was cut off when the program ended; it is not repeated"),
            );
        }
        if pause.is_some() {
            timetable.pause();
        }
        self.save(&timetable)?;
        Ok((timetable, pause.is_some()))
    }

    async fn keep(self: Arc<Self>, mut timetable: Timetable, mut paused: bool) {
        let mut changed = self.shared.changed.subscribe();
        let mut running = Running::default();
        loop {
            if !self.signals.stop.is_cancelled() {
                let now = Timestamp::now();
                timetable.repair(now);
                let decisions = timetable.tick(now);
                self.act(&mut timetable, decisions, &mut running);
            } else if running.tasks.is_empty() {
                return;
            }
            let stopping = self.signals.stop.is_cancelled();
            tokio::select! {
                Some(ended) = running.tasks.join_next() => {
                    if let Ok(due) = ended {
                        self.finished(&mut timetable, &due, &mut running);
                    }
                }
                () = self.signals.stop.cancelled(), if !stopping => {}
                () = self.signals.run_now.notified(), if !stopping => {
                    let decisions = timetable.run_now(Timestamp::now());
                    self.act(&mut timetable, decisions, &mut running);
                }
                _ = changed.changed() => {
                    let decisions = self.follow_pause(&mut timetable, &mut paused);
                    self.act(&mut timetable, decisions, &mut running);
                }
                () = tokio::time::sleep(until(timetable.next_wake())), if !stopping => {}
            }
        }
    }

    fn finished(self: &Arc<Self>, timetable: &mut Timetable, due: &Due, running: &mut Running) {
        running.cancels.remove(&due.at);
        let decisions = timetable.finished(due);
        // What waits begins under the next daemon where this one is ending.
        if self.signals.stop.is_cancelled() {
            self.saved(timetable);
        } else {
            self.act(timetable, decisions, running);
            self.saved(timetable);
        }
    }

    /// Pauses or goes on, as somebody asked for.
    fn follow_pause(&self, timetable: &mut Timetable, paused: &mut bool) -> Vec<Decision> {
        let wanted = match self.shared.store.schedule(&self.schedule.definition.id) {
            Ok(Some(record)) => record.pause.is_some(),
            Ok(None) => {
                self.begin_anew(timetable, paused);
                return Vec::new();
            }
            Err(_) => return Vec::new(),
        };
        let mut decisions = Vec::new();
        if wanted && !*paused {
            timetable.pause();
            self.log(Level::Info, "paused");
        } else if !wanted && *paused {
            decisions = timetable.resume(Timestamp::now());
            self.log(Level::Info, "resumed");
        }
        if wanted != *paused {
            self.saved(timetable);
        }
        *paused = wanted;
        decisions
    }

    /// Somebody removed it, and its script still has it.
    fn begin_anew(&self, timetable: &mut Timetable, paused: &mut bool) {
        match self.open() {
            Ok(anew) => {
                (*timetable, *paused) = anew;
                self.log(Level::Warn, "was removed, and begins anew: its script still has it");
            }
            Err(error) => self.log(Level::Error, &error.to_string()),
        }
    }

    pub(super) fn save(&self, timetable: &Timetable) -> Result<()> {
        let next = timetable.next_wake();
        self.shared.store.save_schedule(&self.schedule.definition.id, &state(timetable)?, next)
    }

    pub(super) fn saved(&self, timetable: &Timetable) {
        if let Err(error) = self.save(timetable) {
            self.log(Level::Error, &error.to_string());
        }
    }

    pub(super) fn log(&self, level: Level, message: &str) {
        self.shared.log(level, message, &[("schedule", &self.schedule.definition.id)]);
    }
}

/// What is kept of it.
pub(super) fn state(timetable: &Timetable) -> Result<Value> {
    serde_json::to_value(timetable.state()).map_err(|error| {
        Error::new(ErrorKind::State, format!("the timetable cannot be written: {error}"))
    })
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

fn until(wake: Option<Timestamp>) -> Duration {
    let Some(wake) = wake else { return LOOK };
    Duration::try_from(wake.duration_since(Timestamp::now())).unwrap_or_default().min(LOOK)
}
