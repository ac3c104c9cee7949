//! An account that is watched, and the state that outlives each run.

use cliengo::emulator::EmulatorOptions;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::script::Language;
use crate::support::Account;

/// An account, a folder of state, and a language for scripts.
pub struct Watched {
    pub account: Account,
    pub state: TempDir,
    pub language: Language,
    /// When the account's clock stands still: about the time here.
    pub now: Timestamp,
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
}

fn whole_second() -> Timestamp {
    Timestamp::from_second(Timestamp::now().as_second()).unwrap()
}

/// The id of contact number `number`.
pub fn id(number: u32) -> String {
    format!("6a{number:022x}")
}
