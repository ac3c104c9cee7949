//! What `cliengo run` does with a script's watches, and what it says of it.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::session::Session;
use super::{exit, report};
use crate::api::Context;
use crate::engine::{LoadedScript, ScriptFailure, Source};
use crate::runtime::{CycleReport, State, WatchReport, one_cycle};

/// One cycle of each watch, after the script's top level.
#[derive(Clone)]
pub(super) struct Cycles {
    context: Arc<Context>,
    state: State,
    source: Source,
    report: Arc<Mutex<Option<CycleReport>>>,
}

impl Cycles {
    pub(super) fn of(session: &Session, source: &Source) -> Self {
        let (context, state) = (Arc::clone(&session.context), session.state.clone());
        Self { context, state, source: source.clone(), report: Arc::default() }
    }

    /// Makes them, where the script registered any watches.
    pub(super) fn make(
        &self,
        script: &mut LoadedScript,
        value: Value,
    ) -> Result<Value, ScriptFailure> {
        if self.context.registrations().list().is_empty() {
            return Ok(value);
        }
        let report = one_cycle(script, &self.source, &self.context, &self.state);
        let report = report.map_err(ScriptFailure::of)?;
        *self.report.lock().unwrap_or_else(PoisonError::into_inner) = Some(report);
        Ok(value)
    }

    /// Says what the cycles did, to people on standard error, to programs as the result of a script that
    /// gives none of its own.
    pub(super) fn result(&self, value: Value, format: &str) -> Value {
        let report = self.report.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(report) = &*report else { return value };
        for watch in &report.watches {
            match self.context.is_dry_run() {
                true => report::note(&format!("{}: a dry run makes no cycle of a watch", watch.id)),
                false => say(watch),
            }
        }
        if !report.schedules.is_empty() {
            let (count, file) = (report.schedules.len(), &self.source.name);
            let (noun, verb) = if count == 1 { ("schedule", "runs") } else { ("schedules", "run") };
            report::note(&format!("{count} {noun} {verb} under `cliengo serve {file}` only"));
        }
        if format == "pretty" || !is_of_registrations(&value, report) {
            return if is_of_registrations(&value, report) { Value::Null } else { value };
        }
        serde_json::to_value(&report.watches).unwrap_or_default()
    }

    /// The code that the cycles end with: failed where a watch could not be polled or a handler failed.
    pub(super) fn exit_code(&self) -> u8 {
        let report = self.report.lock().unwrap_or_else(PoisonError::into_inner);
        match &*report {
            Some(CycleReport { error: Some(error), .. }) => exit::of_run(error),
            Some(report) if report.watches.iter().any(|watch| watch.failed > 0) => exit::FAILED,
            _ => exit::DONE,
        }
    }
}

/// True for a result that is none: nothing, or the id that the last registration gave, as in a Rhai script
/// that ends with one.
fn is_of_registrations(value: &Value, report: &CycleReport) -> bool {
    let watches = report.watches.iter().map(|watch| watch.id.as_str());
    let mut ids = watches.chain(report.schedules.iter().map(String::as_str));
    value.is_null() || value.as_str().is_some_and(|value| ids.any(|id| id == value))
}

fn say(watch: &WatchReport) {
    let WatchReport { id, found, handled, failed, dead, waiting, error, .. } = watch;
    let mut text = format!("{id}: {found} new, {handled} handled");
    for (count, what) in [(failed, "failed"), (dead, "dead"), (waiting, "waiting")] {
        if *count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    }
    report::note(&text);
    if let Some(error) = error {
        report::problem(&format!("{id}: {error}"));
    }
}
