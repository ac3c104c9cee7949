//! The runs of a schedule: begun as its timetable decides, and followed to their record.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use super::hooks;
use super::timer::{Timer, state};
use super::worker::HandlerName;
use crate::api::{Cancel, Level};
use crate::engine::ScriptFailure;
use crate::runtime::recorder::{Recorder, describe};
use crate::schedule::{Decision, Due, Timetable};
use crate::schema::to_wire;
use crate::store::{NewRun, RunKind, RunState};
use crate::{Error, ErrorKind, Result};

/// Runs under way, and how to end each.
#[derive(Default)]
pub(super) struct Running {
    pub(super) tasks: JoinSet<Due>,
    pub(super) cancels: HashMap<Timestamp, Cancel>,
}

impl Timer {
    /// Does what the timetable decided.
    pub(super) fn act(
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
                    let (at, reason) = (to_wire(due.at), reason.as_str());
                    let message = format!("{at} is passed over ({reason}): an earlier run goes on");
                    self.without_a_run(1, &message);
                }
                Decision::Missed { first, last, count } => {
                    let (first, last) = (to_wire(first), to_wire(last));
                    let message = format!("{count} due times from {first} to {last} were missed");
                    self.without_a_run(count, &message);
                }
            }
        }
        if something {
            self.saved(timetable);
        }
    }

    fn without_a_run(&self, count: u64, message: &str) {
        self.shared.metrics.misfired(&self.schedule.definition.id, count);
        self.log(Level::Warn, message);
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
        self.tell(&due, run, state, &result).await;
        due
    }

    /// Tells whoever wants to know how a run ended.
    async fn tell(
        &self,
        due: &Due,
        run: u64,
        state: RunState,
        result: &Result<Value, ScriptFailure>,
    ) {
        let id = &self.schedule.definition.id;
        let Err(failure) = result else {
            let url = self.schedule.definition.heartbeat.as_deref();
            return hooks::beat(&self.shared, id, url).await;
        };
        let error = describe(failure);
        self.log(Level::Error, &format!("run {run} {}: {error}", state.as_str()));
        if state != RunState::Cancelled {
            let told =
                json!({ "schedule": id, "due": to_wire(due.at), "run": run, "error": error });
            let hook = self.schedule.on_failure.as_ref();
            hooks::tell(&self.shared, &self.pool, self.name(), hook, &told).await;
        }
    }

    fn name(&self) -> HandlerName {
        HandlerName { noun: "schedule", id: self.schedule.definition.id.clone(), on_failure: false }
    }
}

/// The due time as the handler sees it.
fn told(schedule: &str, due: &Due) -> Value {
    json!({ "schedule": schedule, "due": to_wire(due.at), "cause": due.cause, "missed": due.missed })
}
