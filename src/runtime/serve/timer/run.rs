//! One run of a schedule.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{LATER, Timer};
use crate::api::{Cancel, Level};
use crate::engine::ScriptFailure;
use crate::runtime::live_schedule::told;
use crate::runtime::recorder::{Recorder, describe};
use crate::runtime::serve::hooks;
use crate::schedule::Due;
use crate::schema::to_wire;
use crate::store::{RunEnd, RunState};

impl Timer {
    /// One run, from its thread to its record. True where the end of the daemon cut it off.
    pub(super) async fn handle(self: Arc<Self>, due: Due, run: u64, cancel: Cancel) -> bool {
        let id = &self.schedule.definition.id;
        let mut fields = Map::new();
        fields.insert("schedule".into(), id.as_str().into());
        fields.insert("run".into(), run.into());
        let recorder = Recorder::new(Arc::clone(&self.shared.sink.0), fields);
        let context = recorder.context(self.pool.base(), &self.shared.state, run);
        self.shared.kill.link(context.cancel());
        cancel.link(context.cancel());
        let timeout = self.schedule.definition.timeout.unwrap_or(self.shared.timeout);
        let arguments = vec![self.told(&due).to_string().into()];
        let result = match self.pool.lease_for(&context).await {
            Ok(lease) => lease.call(&self.name(), arguments, &context, timeout).await,
            Err(failure) => Err(failure),
        };
        let end = recorder.end(&result, context.journal());
        self.shared.metrics.ran(id, end.state.as_str());
        self.keep_end(run, &end).await;
        let cut_off = result.is_err() && self.shared.kill.reason().is_some();
        match &result {
            Ok(_) => {
                hooks::beat(&self.shared, id, self.schedule.definition.heartbeat.as_deref());
            }
            Err(failure) => self.tell(&due, run, end.state, failure),
        }
        cut_off
    }

    /// Keeps how a run ended, as soon as that can be: on a full disk, for example, it is tried again.
    async fn keep_end(&self, run: u64, end: &RunEnd) {
        while let Err(error) = self.shared.store.end_run(run, end) {
            self.log(Level::Error, &format!("the end of run {run} cannot be kept: {error}"));
            tokio::select! {
                () = self.signals.stop.cancelled() => return,
                () = tokio::time::sleep(LATER) => {}
            }
        }
    }

    /// Says that a run failed. One that was ended from outside is no failure.
    fn tell(&self, due: &Due, run: u64, state: RunState, failure: &ScriptFailure) {
        let (id, error) = (&self.schedule.definition.id, describe(failure));
        self.log(Level::Error, &format!("run {run} {}: {error}", state.as_str()));
        if state != RunState::Cancelled {
            let told =
                json!({ "schedule": id, "due": to_wire(due.at), "run": run, "error": error });
            let hook = self.schedule.on_failure.as_ref();
            hooks::tell(&self.shared, &self.pool, self.name(), hook, &told);
        }
    }

    /// The due time as the handler sees it.
    pub(super) fn told(&self, due: &Due) -> Value {
        told(&self.schedule.definition.id, due)
    }
}
