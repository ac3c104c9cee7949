//! What is kept of a run: its log, its exchanges with the API, its writes, and how it ended.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::State;
use super::entries::Entries;
use super::writes::log_of;
use crate::api::{Context, Journal, Level, Sink};
use crate::client::{Exchange, Observer};
use crate::engine::ScriptFailure;
use crate::schema::to_wire;
use crate::store::{RunEnd, RunState, shortened};
use crate::{Error, ErrorKind};

/// Bytes of JSON that the fields of one line may have.
const MOST_FIELDS: usize = 16 << 10;

/// Passes a run's words on, and keeps them.
pub(crate) struct Recorder {
    sink: Arc<dyn Sink>,
    /// What every line of the log tells besides: which run, which event.
    fields: Map<String, Value>,
    log: Mutex<Entries>,
    http: Mutex<Entries>,
    /// True where somebody watches the run.
    shows_progress: bool,
}

impl Recorder {
    pub(crate) fn new(sink: Arc<dyn Sink>, fields: Map<String, Value>) -> Arc<Self> {
        Arc::new(Self::quiet(sink, fields))
    }

    /// Of a run that somebody watches: how far it is, is passed on too.
    #[cfg(feature = "cli")]
    pub(crate) fn watched(sink: Arc<dyn Sink>) -> Arc<Self> {
        Arc::new(Self { shows_progress: true, ..Self::quiet(sink, Map::new()) })
    }

    fn quiet(sink: Arc<dyn Sink>, fields: Map<String, Value>) -> Self {
        let (log, http) = (Mutex::default(), Mutex::default());
        Self { sink, fields, log, http, shows_progress: false }
    }

    /// What a run of a handler has at hand: all that its script has, with its words and exchanges kept, and
    /// its writes where those of its script are.
    pub(crate) fn context(
        self: &Arc<Self>,
        base: &Context,
        state: &State,
        run: u64,
    ) -> Arc<Context> {
        let mut builder = base.derive().sink(Arc::clone(self) as _);
        if let Some(log) = log_of(state, run, base) {
            builder = builder.write_log(log);
        }
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
            log: lock(&self.log).take(|left_out| {
                let message = format!("… {left_out} lines are left out here");
                entry("warn", &message, &Map::new())
            }),
            http: lock(&self.http).take(|left_out| json!({ "left_out": left_out })),
            writes: journal.writes().iter().map(ToString::to_string).collect(),
        }
    }
}

/// A failure in a line: what, where, and what to do. A script can raise a text of any length.
pub(crate) fn describe(failure: &ScriptFailure) -> String {
    let error: &Error = &failure.error;
    let error = error.to_string();
    let error = shortened(&error);
    match failure.frames.first() {
        Some(frame) => format!("{error} at {}:{}", frame.file, frame.line),
        None => error.into_owned(),
    }
}

impl Sink for Recorder {
    fn print(&self, line: &str) {
        lock(&self.log).add(entry("print", line, &Map::new()));
        self.sink.print(line);
    }

    fn rehearsed(&self, what: &str) {
        lock(&self.log).add(entry("rehearsed", what, &Map::new()));
        self.sink.rehearsed(what);
    }

    fn progress(&self, what: &str, done: u64, total: u64) {
        if self.shows_progress {
            self.sink.progress(what, done, total);
        }
    }

    fn log(&self, level: Level, message: &str, fields: &Map<String, Value>) {
        lock(&self.log).add(entry(level.as_str(), message, fields));
        let mut all = self.fields.clone();
        all.extend(fields.iter().map(|(name, value)| (name.clone(), value.clone())));
        self.sink.log(level, message, &all);
    }
}

impl Observer for Recorder {
    fn exchanged(&self, exchange: &Exchange) {
        let milliseconds = exchange.took.as_secs_f64() * 1_000.0;
        lock(&self.http).add(json!({
                "time": to_wire(Timestamp::now()),
                "method": exchange.method,
                "path": exchange.path,
                "status": exchange.status,
                "error": exchange.failure.map(ErrorKind::as_str),
                "attempt": exchange.attempt,
                "ms": (milliseconds * 10.0).round() / 10.0,
        }));
    }
}

fn entry(level: &str, message: &str, fields: &Map<String, Value>) -> Value {
    let (time, message) = (to_wire(Timestamp::now()), shortened(message));
    if fields.is_empty() {
        return json!({ "time": time, "level": level, "message": message });
    }
    let mut fields = Value::from(fields.clone());
    let size = fields.to_string().len();
    if size > MOST_FIELDS {
        fields = json!({ "left_out": format!("fields of {size} bytes") });
    }
    json!({ "time": time, "level": level, "message": message, "fields": fields })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Context;

    /// Hears nothing.
    struct Deaf;

    impl Sink for Deaf {
        fn print(&self, _: &str) {}

        fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}
    }

    #[test]
    fn whatever_a_run_says_and_raises_its_record_is_small_and_has_the_end() {
        let recorder = Recorder::new(Arc::new(Deaf), Map::new());
        let long = "x".repeat(1 << 20);
        let fields = Map::from_iter([("long".to_owned(), long.as_str().into())]);
        for _ in 0..100 {
            recorder.print(&long);
            recorder.log(Level::Info, "with fields", &fields);
        }
        recorder.print("the last words");
        let failure = ScriptFailure::of(Error::invalid(long));
        let end = recorder.end(&Err(failure), Context::builder().build().journal());
        assert!(Value::from(end.log.clone()).to_string().len() < 256 << 10);
        assert_eq!(end.log.last().unwrap()["message"], "the last words");
        assert!(end.error.unwrap().len() < 20_000);
    }
}
