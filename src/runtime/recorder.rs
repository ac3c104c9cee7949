//! What is kept of a run: its log, its exchanges with the API, its writes, and how it ended.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::api::{Context, Journal, Level, Sink};
use crate::client::{Exchange, Observer};
use crate::engine::ScriptFailure;
use crate::schema::to_wire;
use crate::store::{RunEnd, RunState};
use crate::{Error, ErrorKind};

/// Entries of a list that are kept; the rest is counted.
const MOST: usize = 1_000;

/// Passes a run's words on, and keeps them.
pub(crate) struct Recorder {
    sink: Arc<dyn Sink>,
    /// What every line of the log tells besides: which run, which event.
    fields: Map<String, Value>,
    log: Mutex<Entries>,
    http: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    kept: Vec<Value>,
    left_out: u64,
}

impl Entries {
    fn add(&mut self, entry: impl FnOnce() -> Value) {
        if self.kept.len() < MOST { self.kept.push(entry()) } else { self.left_out += 1 }
    }

    fn take(&mut self) -> Vec<Value> {
        let mut kept = std::mem::take(&mut self.kept);
        if self.left_out > 0 {
            kept.push(json!({ "left_out": self.left_out }));
        }
        kept
    }
}

impl Recorder {
    pub(crate) fn new(sink: Arc<dyn Sink>, fields: Map<String, Value>) -> Arc<Self> {
        let (log, http) = (Mutex::default(), Mutex::default());
        Arc::new(Self { sink, fields, log, http })
    }

    /// What a run of a handler has at hand: all that its script has, with its words and exchanges kept.
    pub(crate) fn context(self: &Arc<Self>, base: &Context) -> Arc<Context> {
        let mut builder = base.derive().sink(Arc::clone(self) as _);
        if let Ok(client) = base.client() {
            builder = builder.client(client.observed(Arc::clone(self) as _));
        }
        let context = builder.build();
        context.registrations().close();
        context
    }

    /// The run as it ended.
    pub(crate) fn end(&self, result: &Result<Value, ScriptFailure>, journal: &Journal) -> RunEnd {
        let (state, value, error) = match result {
            Ok(value) => (RunState::Done, value.clone(), None),
            Err(failure) if failure.error.kind == ErrorKind::Cancelled => {
                (RunState::Cancelled, Value::Null, Some(describe(failure)))
            }
            Err(failure) => (RunState::Failed, Value::Null, Some(describe(failure))),
        };
        RunEnd {
            state,
            ended: Timestamp::now(),
            result: value,
            error,
            log: lock(&self.log).take(),
            http: lock(&self.http).take(),
            writes: journal.writes().iter().map(ToString::to_string).collect(),
        }
    }
}

/// A failure in a line: what, where, and what to do.
pub(crate) fn describe(failure: &ScriptFailure) -> String {
    let error: &Error = &failure.error;
    match failure.frames.first() {
        Some(frame) => format!("{error} at {}:{}", frame.file, frame.line),
        None => error.to_string(),
    }
}

impl Sink for Recorder {
    fn print(&self, line: &str) {
        lock(&self.log).add(|| entry("print", line, &Map::new()));
        self.sink.print(line);
    }

    fn log(&self, level: Level, message: &str, fields: &Map<String, Value>) {
        lock(&self.log).add(|| entry(level.as_str(), message, fields));
        let mut all = self.fields.clone();
        all.extend(fields.iter().map(|(name, value)| (name.clone(), value.clone())));
        self.sink.log(level, message, &all);
    }
}

impl Observer for Recorder {
    fn exchanged(&self, exchange: &Exchange) {
        lock(&self.http).add(|| {
            let milliseconds = exchange.took.as_secs_f64() * 1_000.0;
            json!({
                "time": to_wire(Timestamp::now()),
                "method": exchange.method,
                "path": exchange.path,
                "status": exchange.status,
                "error": exchange.failure.map(ErrorKind::as_str),
                "attempt": exchange.attempt,
                "ms": (milliseconds * 10.0).round() / 10.0,
            })
        });
    }
}

fn entry(level: &str, message: &str, fields: &Map<String, Value>) -> Value {
    let time = to_wire(Timestamp::now());
    match fields.is_empty() {
        true => json!({ "time": time, "level": level, "message": message }),
        false => json!({ "time": time, "level": level, "message": message, "fields": fields }),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
