//! One attempt at an event: from the store to the handler, and back.

use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::State;
use super::recorder::{Recorder, describe};
use crate::Result;
use crate::api::{Context, Level, Sink, WatchRegistration};
use crate::engine::{ScriptFailure, Source};
use crate::schema::to_wire;
use crate::store::{AttemptEnd, EventRecord, NewRun, Pause, RunEnd, RunKind, Store};
use crate::watch::{Verdict, after_failure};

/// A script as runs tell of it.
#[derive(Debug, Clone)]
pub(crate) struct ScriptName {
    pub(crate) name: String,
    /// The hash of its text, 16 hexadecimal digits.
    pub(crate) hash: String,
}

impl ScriptName {
    pub(crate) fn of(source: &Source) -> Self {
        let hash = ring::digest::digest(&ring::digest::SHA256, source.text.as_bytes());
        let hash = hash.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { name: source.name.clone(), hash }
    }
}

/// An attempt that has begun.
pub(crate) struct Attempt {
    event: EventRecord,
    number: u32,
    run: u64,
    recorder: Arc<Recorder>,
    /// How the run ended, once it has.
    how: Option<RunEnd>,
    /// What the handler has at hand.
    pub(crate) context: Arc<Context>,
    /// What the handler is given: the contact and the event.
    pub(crate) arguments: Vec<Bytes>,
}

/// How an attempt ended.
#[derive(Debug)]
pub(crate) struct Attempted {
    /// What became of the event.
    pub(crate) event: AttemptEnd,
    /// What to tell of it, where it is dead.
    pub(crate) failure: Option<Value>,
    /// True where its watch stands still now.
    pub(crate) stopped: bool,
}

impl Attempt {
    /// Begins an attempt at an event that is due.
    pub(crate) fn begin(
        state: &State,
        store: &dyn Store,
        base: &Context,
        script: &ScriptName,
        watch: &WatchRegistration,
        event: EventRecord,
    ) -> Result<Self> {
        let id = &watch.definition.id;
        let (number, run) = store.begin_attempt(
            event.id,
            &NewRun {
                kind: RunKind::Event,
                subject: id.clone(),
                script: script.name.clone(),
                script_hash: script.hash.clone(),
                input: json!({ "event": event.id, "contact": event.contact, "kind": event.kind }),
                started: Timestamp::now(),
            },
        )?;
        let fields = fields(id, &[("event", event.id.into()), ("run", run.into())]);
        let recorder = Recorder::new(base.shared_sink(), fields);
        let context = recorder.context(base, state, run);
        let arguments = vec![contact(&event), told(&event, number).to_string().into()];
        Ok(Self { event, number, run, recorder, how: None, context, arguments })
    }

    /// Keeps how it ended, and says so. Where that cannot be kept, it may be tried again.
    pub(crate) fn end(
        &mut self,
        store: &dyn Store,
        watch: &WatchRegistration,
        result: &Result<Value, ScriptFailure>,
    ) -> Result<Attempted> {
        let now = Timestamp::now();
        let verdict = match result {
            Ok(_) => Verdict { event: AttemptEnd::Done, stops_watch: false },
            Err(_) => after_failure(&watch.definition, self.number, now, fastrand::f64()),
        };
        self.keep(store, watch, result, verdict)
    }

    /// Keeps that the program ended it: it is tried again, whatever the policy says.
    pub(crate) fn end_early(
        &mut self,
        store: &dyn Store,
        watch: &WatchRegistration,
        result: &Result<Value, ScriptFailure>,
    ) -> Result<Attempted> {
        let again = AttemptEnd::Retry(Timestamp::now());
        self.keep(store, watch, result, Verdict { event: again, stops_watch: false })
    }

    fn keep(
        &mut self,
        store: &dyn Store,
        watch: &WatchRegistration,
        result: &Result<Value, ScriptFailure>,
        verdict: Verdict,
    ) -> Result<Attempted> {
        let id = &watch.definition.id;
        let how = self.how.take();
        let how = how.unwrap_or_else(|| self.recorder.end(result, self.context.journal()));
        let how = self.how.insert(how);
        let failure = result.as_ref().err().map(describe);
        // Before the event waits again: a crash in between is not to let the watch go on.
        if let Some(failure) = failure.as_ref().filter(|_| verdict.stops_watch) {
            let reason = format!("event {} failed: {failure}", self.event.id);
            let pause = Pause { at: Timestamp::now(), reason, until_restart: false };
            store.pause_watch(id, Some(&pause))?;
        }
        store.end_attempt(self.event.id, self.run, &verdict.event, how)?;
        let Some(failure) = failure else {
            return Ok(Attempted { event: verdict.event, failure: None, stopped: false });
        };
        let (level, what) = consequence(&verdict, self.number);
        self.recorder.log(level, &format!("{failure}: {what}"), &Map::new());
        let dead = verdict.event == AttemptEnd::Dead || verdict.stops_watch;
        let told = dead.then(|| {
            json!({
                "watch": id, "event": self.event.id, "contact": self.event.contact,
                "kind": self.event.kind, "attempt": self.number, "run": self.run, "error": failure,
            })
        });
        Ok(Attempted { event: verdict.event, failure: told, stopped: verdict.stops_watch })
    }
}

/// What follows from a failed attempt, in words.
fn consequence(verdict: &Verdict, attempt: u32) -> (Level, String) {
    match &verdict.event {
        _ if verdict.stops_watch => {
            (Level::Error, "the watch stands still until it is resumed".into())
        }
        AttemptEnd::Retry(at) => {
            (Level::Warn, format!("attempt {attempt} failed, the next is due at {}", to_wire(*at)))
        }
        AttemptEnd::Dead => (Level::Error, format!("dead after attempt {attempt}")),
        AttemptEnd::Dropped => (Level::Warn, "skipped".into()),
        AttemptEnd::Done | AttemptEnd::Released => (Level::Warn, "it will be begun anew".into()),
    }
}

/// The contact as the event found it.
pub(super) fn contact(event: &EventRecord) -> Bytes {
    match event.payload.is_empty() {
        false => event.payload.clone(),
        true => json!({ "id": event.contact }).to_string().into(),
    }
}

/// The event as handlers see it.
pub(super) fn told(event: &EventRecord, attempt: u32) -> Value {
    json!({
        "id": event.id,
        "key": key(event),
        "attempt": attempt,
        "watch": event.watch,
        "kind": event.kind,
        "found_at": to_wire(event.found_at),
    })
}

/// The same for every attempt at the event, and for no other event. A contact is new but once, so that key
/// needs no number and is the same even where the state was lost.
fn key(event: &EventRecord) -> String {
    let (watch, contact) = (&event.watch, &event.contact);
    match event.version.is_some_and(|version| version.0 == [0; 16]) {
        true => format!("{watch}/{contact}"),
        false => format!("{watch}/{contact}/{}", event.id),
    }
}

/// Names and values that a log line tells besides.
pub(crate) fn fields(subject: &str, more: &[(&str, Value)]) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("watch".into(), subject.into());
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    fields
}
