//! What the tests put into a store.

use cliengo::store::{
    CycleEnd, EventQuery, EventRecord, EventState, Found, FoundEvent, NewRun, RunEnd, RunKind,
    RunState, Store, Version,
};
use jiff::Timestamp;
use serde_json::{Value, json};

/// The watch of most tests.
pub const WATCH: &str = "leads.new_contacts";

/// Runs each of these promises on an empty store of either kind.
macro_rules! promises {
    ($($promise:ident),* $(,)?) => {
        mod memory {
            $(#[test]
            fn $promise() {
                super::$promise(&cliengo::store::MemoryStore::new());
            })*
        }
        mod sqlite {
            $(#[test]
            fn $promise() {
                let folder = tempfile::tempdir().unwrap();
                super::$promise(&cliengo::store::SqliteStore::open(folder.path()).unwrap());
            })*
        }
    };
}

/// So many seconds after the beginning.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

pub fn version(number: u8) -> Version {
    Version([number; 16])
}

pub fn open(store: &dyn Store, watch: &str) {
    store.open_watch(watch, "new_contacts", "leads.lua", &json!({ "limit": 10 })).unwrap();
}

/// A contact that is only to be known.
pub fn known(contact: &str, number: u8) -> Found {
    Found { contact: contact.into(), version: Some(version(number)), event: None }
}

/// A contact that makes an event.
pub fn found(contact: &str, number: u8, order: i64) -> Found {
    let payload = json!({ "id": contact, "rating": number }).to_string().into();
    let event = FoundEvent { kind: "new".into(), order: at(order), payload, again: false };
    Found { event: Some(event), ..known(contact, number) }
}

/// A contact that makes an event though it is known already.
pub fn found_again(contact: &str, number: u8, order: i64) -> Found {
    let mut found = found(contact, number, order);
    found.event.as_mut().unwrap().again = true;
    found
}

/// A contact that is gone, and makes an event.
pub fn gone(contact: &str, order: i64) -> Found {
    let event =
        FoundEvent { kind: "deleted".into(), order: at(order), payload: "{}".into(), again: false };
    Found { contact: contact.into(), version: None, event: Some(event) }
}

pub fn cycle_end(seconds: i64) -> CycleEnd {
    CycleEnd { cursor: json!({ "mark": seconds }), at: at(seconds), malformed: 0 }
}

/// A whole cycle.
pub fn cycle(store: &dyn Store, found: &[Found]) -> u64 {
    store.begin_cycle(WATCH).unwrap();
    store.stage(WATCH, found).unwrap();
    store.commit_cycle(WATCH, &cycle_end(1000)).unwrap()
}

/// A watch with these events, all of them ready.
pub fn ready(store: &dyn Store, events: &[Found]) {
    open(store, WATCH);
    cycle(store, events);
    store.release(WATCH, u64::MAX).unwrap();
}

pub fn a_run() -> NewRun {
    NewRun {
        kind: RunKind::Event,
        subject: WATCH.into(),
        script: "leads.lua".into(),
        script_hash: "abc".into(),
        input: json!({ "contact": "a" }),
        started: at(2000),
    }
}

pub fn ended(state: RunState, seconds: i64) -> RunEnd {
    let failed = state == RunState::Failed;
    RunEnd {
        state,
        ended: at(seconds),
        result: json!([1, null]),
        error: failed.then(|| "it broke".into()),
        log: vec![json!({ "level": "info", "message": "hola" })],
        http: vec![json!({ "method": "GET", "path": "/contacts", "status": 200, "ms": 12 })],
        writes: vec!["update contact a".into()],
    }
}

/// All events, the first found first.
pub fn events(store: &dyn Store) -> Vec<EventRecord> {
    let mut events = store.events(&EventQuery::default()).unwrap();
    events.reverse();
    events
}

pub fn contacts(events: &[EventRecord]) -> Vec<&str> {
    events.iter().map(|event| event.contact.as_str()).collect()
}

pub fn due(store: &dyn Store, seconds: i64) -> Vec<EventRecord> {
    store.due_events(WATCH, at(seconds), 100).unwrap()
}

pub fn state(store: &dyn Store, event: u64) -> EventState {
    store.event(event).unwrap().unwrap().state
}

pub fn nothing() -> Value {
    json!({})
}
