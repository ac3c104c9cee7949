//! An account that is watched, and the state that outlives each run.

use cliengo::emulator::EmulatorOptions;
use cliengo::store::{EventQuery, EventRecord, EventState, Pause, SqliteStore, Store, WatchRecord};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::script::{Language, Script};
use crate::support::{Account, Program, Ran, Running};

/// An account, a folder of state, and a language for scripts.
pub struct Watched {
    pub account: Account,
    pub state: TempDir,
    pub language: Language,
    /// When the account's clock stands still: about the time here.
    pub now: Timestamp,
}

/// One call of a handler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The contact's name, or its id where it has none.
    pub contact: String,
    pub kind: String,
    pub attempt: u32,
    pub key: String,
}

impl Watched {
    /// An account without contacts, and scripts in Lua.
    pub fn empty() -> Self {
        Self::in_language(Language::Lua)
    }

    /// An account without contacts.
    pub fn in_language(language: Language) -> Self {
        Self::at(whole_second(), language)
    }

    /// An account without contacts, whose clock is a day behind: each time that [`Self::later`] was called,
    /// it is time to go through the complete list again, by the clock there and by the one here.
    pub fn yesterday(language: Language) -> Self {
        Self::at(whole_second() - SignedDuration::from_hours(24), language)
    }

    /// An account without contacts, whose clock stands still at any time.
    pub fn at(now: Timestamp, language: Language) -> Self {
        let clock = Some(now);
        let options = EmulatorOptions { contacts: 0, clock, ..EmulatorOptions::default() };
        let (account, state) = (Account::of(options), tempfile::tempdir().unwrap());
        Self { account, state, language, now }
    }

    /// The instant so many seconds after the one at which the clock stands still, as the API writes it.
    pub fn instant(&self, seconds: i64) -> String {
        let instant = self.now + SignedDuration::from_secs(seconds);
        format!("{instant:.3}")
    }

    /// Contact number `number`, called `c` and the number, created so many seconds after the time at
    /// which the clock stands still.
    pub fn contact(&self, number: u32, created: i64) -> Value {
        let date = self.instant(created);
        json!({
            "id": id(number), "name": format!("c{number}"), "status": "NEW", "websiteId": "site",
            "creationDate": date, "lastUpdateDate": date,
        })
    }

    /// The same with some fields changed.
    pub fn changed(&self, number: u32, created: i64, fields: Value) -> Value {
        let mut contact = self.contact(number, created);
        contact.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        contact
    }

    /// Puts contacts in.
    pub fn put(&self, contacts: impl IntoIterator<Item = Value>) {
        let contacts: Value = contacts.into_iter().collect();
        self.account.put(&contacts.to_string());
    }

    /// Takes contacts out.
    pub fn delete(&self, numbers: &[u32]) {
        let ids: Value = numbers.iter().map(|number| id(*number)).collect();
        self.account.admin("DELETE", "/contacts", ids);
    }

    pub fn knobs(&self, changes: Value) {
        self.account.admin("PATCH", "/knobs", changes);
    }

    /// Sets the account's clock to so many seconds after its beginning.
    pub fn set_clock(&self, seconds: i64) {
        self.account.admin("PUT", "/clock", json!({ "now": self.instant(seconds) }));
    }

    /// Lets two hours pass.
    pub fn later(&self) {
        self.account.admin("POST", "/clock/advance", json!({ "by": "2h" }));
    }

    /// Nothing fails any more.
    pub fn mend(&self) {
        self.account.admin("DELETE", "/faults", Value::Null);
    }

    /// Others change the account just before these lists of contacts, counted from 1.
    pub fn meanwhile(&self, nth: &[u64], change: Value) {
        let mut fault = json!({ "kind": "change" });
        fault.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        self.account.fault(json!({ "route": "GET /contacts", "nth": nth, "fault": fault }));
    }

    /// The run of a script that is about to begin.
    pub fn program(&self, script: &Script) -> Program {
        self.program_of(Script::file(self.language), &script.text(self.language))
    }

    /// The same of any text.
    pub fn program_of(&self, file: &str, text: &str) -> Program {
        let state = self.state.path().to_str().unwrap();
        let program = self.account.program(&["run", file]).file(file, text);
        program.variable("CLIENGO_STATE_DIR", state)
    }

    /// A daemon with the script, which begins to poll at once.
    pub fn serve(&self, script: &Script) -> Running {
        let file = Script::file(self.language);
        self.serve_files(&[(file, &script.text(self.language))]).start()
    }

    /// A daemon that is about to begin, with these scripts.
    pub fn serve_files(&self, files: &[(&str, &str)]) -> Program {
        let state = self.state.path().to_str().unwrap();
        let program = self.account.program(&["serve"]).variable("CLIENGO_STATE_DIR", state);
        files.iter().fold(program, |program, (file, text)| program.file(file, text).argument(file))
    }

    /// One cycle, whatever comes of it.
    pub fn run(&self, script: &Script) -> Ran {
        self.program(script).run()
    }

    /// What the handler was called with in one cycle that went well.
    #[track_caller]
    pub fn cycle(&self, script: &Script) -> Vec<Called> {
        calls(&self.run(script).code(0))
    }

    /// The names of the contacts that one cycle handled.
    #[track_caller]
    pub fn names(&self, script: &Script) -> Vec<String> {
        self.cycle(script).into_iter().map(|call| call.contact).collect()
    }

    /// The file of state, opened as anybody may.
    pub fn store(&self) -> SqliteStore {
        SqliteStore::open(self.state.path()).unwrap()
    }

    /// What is kept of the watch.
    pub fn watch(&self) -> WatchRecord {
        self.store().watch("w").unwrap().unwrap()
    }

    /// Waits until the watch stands still, and says why it does.
    pub fn paused(&self) -> Pause {
        let begun = std::time::Instant::now();
        loop {
            if let Some(pause) = self.watch().pause {
                return pause;
            }
            assert!(begun.elapsed().as_secs() < 20, "the watch goes on");
            std::thread::yield_now();
        }
    }

    /// The watch's mark.
    pub fn mark(&self) -> Timestamp {
        self.watch().cursor.unwrap()["mark"].as_str().unwrap().parse().unwrap()
    }

    /// The watch's events in this state, oldest first.
    pub fn events(&self, state: EventState) -> Vec<EventRecord> {
        let query = EventQuery { states: vec![state], ..EventQuery::default() };
        let mut events = self.store().events(&query).unwrap();
        events.reverse();
        events
    }

    /// The query strings of all lists of contacts since the last call of this.
    pub fn queries(&self) -> Vec<Value> {
        let journal = self.account.admin("GET", "/journal", Value::Null);
        self.account.admin("DELETE", "/journal", Value::Null);
        let calls = journal.as_array().unwrap().iter();
        let lists = calls.filter(|call| call["path"] == "/1.0/contacts");
        lists.map(|call| call["query"].clone()).collect()
    }
}

fn whole_second() -> Timestamp {
    Timestamp::from_second(Timestamp::now().as_second()).unwrap()
}

/// The id of contact number `number`.
pub fn id(number: u32) -> String {
    format!("6a{number:022x}")
}

/// The calls of the handler that a run printed.
pub fn calls(ran: &Ran) -> Vec<Called> {
    ran.stdout.lines().map(called).collect()
}

/// The names of the contacts that a run's handler was called with.
pub fn names(ran: &Ran) -> Vec<String> {
    calls(ran).into_iter().map(|call| call.contact).collect()
}

/// A call from its line.
pub fn called(line: &str) -> Called {
    let words: Vec<_> = line.trim_end().split('\t').collect();
    let [contact, kind, attempt, key] = words[..] else { panic!("no call: {line}") };
    let attempt = attempt.parse().unwrap();
    Called { contact: contact.into(), kind: kind.into(), attempt, key: key.into() }
}
