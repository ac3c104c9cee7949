//! One schedule under a daemon.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use super::hooks;
use super::pool::Pool;
use super::shared::{Shared, Signals};
use super::worker::HandlerName;
use crate::api::{Cancel, Level, ScheduleRegistration};
use crate::runtime::attempt::ScriptName;
use crate::runtime::recorder::{Recorder, describe};
use crate::schedule::{Decision, Due, Timetable};
use crate::schema::to_wire;
use crate::store::{NewRun, RunKind, RunState, ScheduleRecord};
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

/// Runs under way, and how to end each.
#[derive(Default)]
struct Running {
    tasks: JoinSet<Due>,
    cancels: HashMap<Timestamp, Cancel>,
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

    fn act(
        self: &Arc<Self>,
        timetable: &mut Timetable,
        decisions: Vec<Decision>,
        running: &mut Running,
    ) {
        let mut decisions = std::collections::VecDeque::from(decisions);
        let something = !decisions.is_empty();
        while let Some(decision) = decisions.pop_front() {
            match decision {
                Decision::Run(due) => match self.begin(timetable, &due, running) {
                    Ok(true) => {}
                    Ok(false) => decisions.extend(timetable.finished(&due)),
                    Err(error) => {
                        self.log(
                            Level::Error,
                            &format!("the run of {} cannot begin: {error}", to_wire(due.at)),
                        );
                        decisions.extend(timetable.finished(&due));
                    }
                },
                Decision::Cancel(due) => {
                    if let Some(cancel) = running.cancels.get(&due.at) {
                        cancel.cancel(Error::new(
                            ErrorKind::Cancelled,
                            "the next run takes its place",
                        ));
                    }
                }
                Decision::Skip { due, reason } => {
                    self.shared.metrics.misfired(&self.schedule.definition.id, 1);
                    let (at, reason) = (to_wire(due.at), reason.as_str());
                    self.log(
                        Level::Warn,
                        &format!("{at} is passed over ({reason}): an earlier run goes on"),
                    );
                }
                Decision::Missed { first, last, count } => {
                    self.shared.metrics.misfired(&self.schedule.definition.id, count);
                    let (first, last) = (to_wire(first), to_wire(last));
                    self.log(
                        Level::Warn,
                        &format!("{count} due times from {first} to {last} were missed"),
                    );
                }
            }
        }
        if something {
            self.saved(timetable);
        }
    }

    /// Begins the run of a due time. False where it has had one.
    fn begin(
        self: &Arc<Self>,
        timetable: &Timetable,
        due: &Due,
        running: &mut Running,
    ) -> Result<bool> {
        let id = &self.schedule.definition.id;
        let run = NewRun {
            kind: RunKind::Schedule,
            subject: id.clone(),
            script: self.script.name.clone(),
            script_hash: self.script.hash.clone(),
            input: told(id, due),
            started: Timestamp::now(),
        };
        let state = state(timetable)?;
        let Some(run) = self.shared.store.claim(id, due.at, &state, &run)? else {
            return Ok(false);
        };
        let cancel = Cancel::default();
        running.cancels.insert(due.at, cancel.clone());
        running.tasks.spawn(Arc::clone(self).handle(due.clone(), run, cancel));
        Ok(true)
    }

    /// One run, from its thread to its record.
    async fn handle(self: Arc<Self>, due: Due, run: u64, cancel: Cancel) -> Due {
        let id = &self.schedule.definition.id;
        let mut fields = Map::new();
        fields.insert("schedule".into(), id.as_str().into());
        fields.insert("run".into(), run.into());
        let recorder = Recorder::new(Arc::clone(&self.shared.sink.0), fields);
        let context = recorder.context(self.pool.base());
        self.shared.kill.link(context.cancel());
        cancel.link(context.cancel());
        let timeout = self.schedule.definition.timeout.unwrap_or(self.shared.timeout);
        let arguments = vec![told(id, &due).to_string().into()];
        let result = match self.pool.lease_for(&context).await {
            Ok(lease) => lease.call(&self.name(), arguments, &context, timeout).await,
            Err(failure) => Err(failure),
        };
        let end = recorder.end(&result, context.journal());
        self.shared.metrics.ran(id, end.state.as_str());
        let state = end.state;
        if let Err(error) = self.shared.store.end_run(run, &end) {
            self.log(Level::Error, &format!("the end of run {run} cannot be kept: {error}"));
        }
        match &result {
            Ok(_) => {
                let url = self.schedule.definition.heartbeat.as_deref();
                hooks::beat(&self.shared, id, url).await;
            }
            Err(failure) => {
                let error = describe(failure);
                self.log(Level::Error, &format!("run {run} {}: {error}", state.as_str()));
                if state != RunState::Cancelled {
                    let told = json!({ "schedule": id, "due": to_wire(due.at), "run": run, "error": error });
                    let hook = self.schedule.on_failure.as_ref();
                    hooks::tell(&self.shared, &self.pool, self.name(), hook, &told).await;
                }
            }
        }
        due
    }

    fn name(&self) -> HandlerName {
        HandlerName { noun: "schedule", id: self.schedule.definition.id.clone(), on_failure: false }
    }

    fn save(&self, timetable: &Timetable) -> Result<()> {
        let next = timetable.next_wake();
        self.shared.store.save_schedule(&self.schedule.definition.id, &state(timetable)?, next)
    }

    fn saved(&self, timetable: &Timetable) {
        if let Err(error) = self.save(timetable) {
            self.log(Level::Error, &error.to_string());
        }
    }

    fn log(&self, level: Level, message: &str) {
        self.shared.log(level, message, &[("schedule", &self.schedule.definition.id)]);
    }
}

/// The due time as the handler sees it.
fn told(schedule: &str, due: &Due) -> Value {
    json!({ "schedule": schedule, "due": to_wire(due.at), "cause": due.cause, "missed": due.missed })
}

fn state(timetable: &Timetable) -> Result<Value> {
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
