//! Records as objects with the names that people and programs see. Times are RFC 3339.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::store::{EventRecord, EventState, Pause, RunRecord, ScheduleRecord, WatchRecord};

/// To the millisecond, as the API's own times.
pub(super) fn time(time: Option<Timestamp>) -> Value {
    let short =
        |time: Timestamp| Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time);
    time.map_or(Value::Null, |time| short(time).to_string().into())
}

/// What a record is shown as.
pub(super) type Shown = Map<String, Value>;

/// The fields of an object that is written down here.
pub(super) fn fields(object: Value) -> Shown {
    match object {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn standing(pause: Option<&Pause>) -> &'static str {
    if pause.is_some() { "paused" } else { "active" }
}

fn pause(pause: Option<&Pause>) -> Value {
    pause.map_or(Value::Null, |pause| {
        json!({
            "at": time(Some(pause.at)),
            "reason": pause.reason,
            "until_restart": pause.until_restart,
        })
    })
}

/// A watch with the number of its events in each state.
pub(super) fn watch(watch: &WatchRecord, counts: &[(EventState, u64)]) -> Shown {
    let count = |state| counts.iter().find(|count| count.0 == state).map_or(0, |count| count.1);
    let counts = EventState::ALL.map(|state| (state.as_str().to_owned(), count(state).into()));
    let mut shown = fields(json!({
        "id": watch.id,
        "kind": watch.kind,
        "script": watch.script,
        "state": standing(watch.pause.as_ref()),
        "pause": pause(watch.pause.as_ref()),
        "generation": watch.generation,
        "last_poll": time(watch.last_poll),
        "failures": watch.failures,
        "last_error": watch.last_error,
        "malformed": watch.malformed,
    }));
    shown.extend(counts);
    shown
}

pub(super) fn schedule(schedule: &ScheduleRecord) -> Shown {
    fields(json!({
        "id": schedule.id,
        "script": schedule.script,
        "state": standing(schedule.pause.as_ref()),
        "pause": pause(schedule.pause.as_ref()),
        "next": time(schedule.next),
    }))
}

pub(super) fn event(event: &EventRecord) -> Shown {
    fields(json!({
        "id": event.id,
        "watch": event.watch,
        "contact": event.contact,
        "kind": event.kind,
        "state": event.state.as_str(),
        "attempts": event.attempts,
        "found_at": time(Some(event.found_at)),
        "due": time(event.due),
        "ended_at": time(event.ended_at),
        "error": event.error,
        "run": event.run,
    }))
}

/// An event with its contact and the attempts at it.
pub(super) fn whole_event(record: &EventRecord, runs: &[RunRecord]) -> Shown {
    // What is no JSON was never one of the API's contacts; its text is still worth seeing.
    let contact = serde_json::from_slice(&record.payload)
        .unwrap_or_else(|_| String::from_utf8_lossy(&record.payload).into());
    let contact = if record.payload.is_empty() { Value::Null } else { contact };
    let mut shown = event(record);
    shown.extend(fields(json!({
        "order": time(Some(record.order)),
        "version": record.version.map(|version| version.to_string()),
        "script_hash": record.script_hash,
        "payload": contact,
        "runs": runs.iter().map(run).collect::<Vec<_>>(),
    })));
    shown
}

pub(super) fn run(run: &RunRecord) -> Shown {
    let end = run.end.as_ref();
    let took = end.map(|end| end.ended.duration_since(run.begin.started).as_millis().max(0));
    fields(json!({
        "id": run.id,
        "kind": run.begin.kind.as_str(),
        "subject": run.begin.subject,
        "script": run.begin.script,
        "state": run.state.as_str(),
        "event": run.event,
        "attempt": run.attempt,
        "due": time(run.due),
        "started": time(Some(run.begin.started)),
        "ended": time(end.map(|end| end.ended)),
        "ms": took.and_then(|took| u64::try_from(took).ok()),
        "error": end.and_then(|end| end.error.clone()),
    }))
}

/// A run with its log, its requests and its writes.
pub(super) fn whole_run(record: &RunRecord) -> Shown {
    let end = record.end.as_ref();
    let mut shown = run(record);
    shown.extend(fields(json!({
        "script_hash": record.begin.script_hash,
        "input": record.begin.input,
        "result": end.map(|end| &end.result),
        "log": end.map(|end| end.log.as_slice()).unwrap_or_default(),
        "http": end.map(|end| end.http.as_slice()).unwrap_or_default(),
        "writes": end.map(|end| end.writes.as_slice()).unwrap_or_default(),
    })));
    shown
}
