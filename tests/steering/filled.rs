//! A folder of state with something of everything in it.

use std::path::Path;

use cliengo::store::{
    AttemptEnd, CycleEnd, Found, FoundEvent, NewRun, RunEnd, RunKind, RunState, SqliteStore, Store,
    Version,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Program, Ran};

pub const WATCH: &str = "leads.new_contacts";

pub struct Filled {
    pub store: SqliteStore,
    folder: TempDir,
}

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

fn row(contact: &str, order: i64) -> Found {
    let payload = json!({ "id": contact, "name": format!("Ana {contact}") }).to_string().into();
    let event = Some(FoundEvent { kind: "new".into(), order: at(order), payload, again: false });
    Found { contact: contact.into(), version: Some(Version([1; 16])), event }
}

pub fn begun(kind: RunKind, subject: &str) -> NewRun {
    NewRun {
        kind,
        subject: subject.into(),
        script: "leads.lua".into(),
        script_hash: "abc123".into(),
        input: json!({ "contact": "c1" }),
        started: at(100),
    }
}

pub fn ended(state: RunState) -> RunEnd {
    RunEnd {
        state,
        ended: at(102),
        result: json!({ "sent": true }),
        error: (state == RunState::Failed).then(|| "the mail server is away".into()),
        log: vec![json!({ "time": "2023-11-14T22:15:00Z", "level": "info", "message": "hola\n2" })],
        http: vec![json!({ "method": "PUT", "path": "/contacts/c1", "status": 200, "ms": 12 })],
        writes: vec!["contacts.update c1".into()],
    }
}

impl Filled {
    /// A watch with five events: 1 is done, 2 and 3 are dead, 4 is ready, 5 is pending. Two schedules.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        store.open_watch(WATCH, "new_contacts", "leads.lua", &json!({ "limit": 10 })).unwrap();
        let rows: Vec<_> = (1..=5).map(|n| row(&format!("c{n}"), n)).collect();
        store.stage(WATCH, &rows).unwrap();
        let end = CycleEnd { cursor: json!({ "mark": 5 }), at: at(50), malformed: 2 };
        store.commit_cycle(WATCH, &end).unwrap();
        store.release(WATCH, 4).unwrap();
        for (event, end, state) in [
            (1, AttemptEnd::Done, RunState::Done),
            (2, AttemptEnd::Dead, RunState::Failed),
            (3, AttemptEnd::Dead, RunState::Failed),
        ] {
            let (_, run) = store.begin_attempt(event, &begun(RunKind::Event, WATCH)).unwrap();
            store.end_attempt(event, run, &end, &ended(state)).unwrap();
        }
        for id in ["report.cron", "backup.every"] {
            store.open_schedule(id, "report.lua", &json!({ "cron": "0 9 * * *" })).unwrap();
        }
        store.save_schedule("report.cron", &json!({ "x": 1 }), Some(at(500))).unwrap();
        Self { store, folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn program(&self, line: &str) -> Program {
        let arguments: Vec<&str> = line.split_whitespace().collect();
        Program::new(&arguments).variable("CLIENGO_STATE_DIR", self.folder().to_str().unwrap())
    }

    /// A call that goes well.
    pub fn run(&self, line: &str) -> Ran {
        self.program(line).run().code(0)
    }

    /// What a call that goes well prints as JSON.
    pub fn json(&self, line: &str) -> Value {
        let ran = self.run(&format!("{line} -o json"));
        serde_json::from_str(&ran.stdout).unwrap()
    }

    /// The ids of the rows that a call prints.
    pub fn ids(&self, line: &str) -> Vec<Value> {
        self.json(line).as_array().unwrap().iter().map(|row| row["id"].clone()).collect()
    }

    pub fn state(&self, event: u64) -> &'static str {
        self.store.event(event).unwrap().unwrap().state.as_str()
    }
}
