//! What is kept of a watch, as anybody may look at it; and what the account was asked.

use cliengo::store::{EventQuery, EventRecord, EventState, SqliteStore, Store, WatchRecord};
use jiff::Timestamp;
use serde_json::Value;

use crate::watched::Watched;

impl Watched {
    /// The file of state, opened as anybody may.
    pub fn store(&self) -> SqliteStore {
        SqliteStore::open(self.state.path()).unwrap()
    }

    /// What is kept of the watch.
    pub fn watch(&self) -> WatchRecord {
        self.store().watch("w").unwrap().unwrap()
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
