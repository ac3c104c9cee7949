//! An emulated account, and its back door.

use std::io::{Read, Write};
use std::net::TcpStream;

use cliengo::emulator::{EMULATOR_KEY, Emulator, EmulatorOptions};
use serde_json::value::RawValue;
use serde_json::{Value, json};

#[cfg(feature = "cli")]
use super::Program;

/// When the clocks stand still.
pub const NOW: &str = "2026-05-07T12:00:00.000Z";
/// The key that opens the account.
pub const KEY: &str = EMULATOR_KEY;
/// The contact that [`Account::with_oddities`] puts in.
pub const SEEDED: &str = "6a0000000000000000000001";

/// An account of invented contacts; its clock stands still.
pub struct Account {
    pub emulator: Emulator,
}

impl Account {
    pub fn start() -> Self {
        Self::with_key(KEY)
    }

    pub fn with_key(key: &str) -> Self {
        let clock = Some(NOW.parse().unwrap());
        let options = EmulatorOptions {
            contacts: 120,
            seed: 7,
            clock,
            api_key: key.to_owned(),
            ..EmulatorOptions::default()
        };
        Self::of(options)
    }

    /// Any account.
    pub fn of(options: EmulatorOptions) -> Self {
        Self { emulator: Emulator::start(options).unwrap() }
    }

    /// With two contacts that hold what the emulator itself never invents: numbers that a double
    /// cannot hold, whole floats, null, empty lists and objects, emoji.
    pub fn with_oddities() -> Self {
        let account = Self::start();
        let contacts = include_str!("oddities.json");
        account.put(contacts);
        account
    }

    /// A call of the emulator's own routes.
    pub fn admin(&self, method: &str, path: &str, body: Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = self.admin_text(method, path, &body);
        serde_json::from_str(&answer).unwrap()
    }

    /// Lets calls of a route fail: see the emulator's table of faults.
    pub fn fault(&self, rule: Value) {
        self.admin("POST", "/faults", rule);
    }

    /// Puts these contacts in, as they are.
    pub fn put(&self, contacts: &str) {
        self.admin_text("POST", "/contacts", contacts);
    }

    /// Every contact in the order of the list, each as its JSON to the byte.
    pub fn snapshot(&self) -> Vec<String> {
        let all = self.admin_text("GET", "/snapshot", "");
        let rows: Vec<&RawValue> = serde_json::from_str(&all).unwrap();
        rows.into_iter().map(|row| row.get().to_owned()).collect()
    }

    /// Waits until the rules for faults have fired so often, all in all.
    pub fn wait_until_fired(&self, times: u64) {
        let begun = std::time::Instant::now();
        loop {
            let rules = self.admin("GET", "/faults", Value::Null);
            let fired =
                rules.as_array().unwrap().iter().map(|rule| rule["fired"].as_u64().unwrap());
            if fired.sum::<u64>() >= times {
                return;
            }
            assert!(begun.elapsed().as_secs() < 120, "the script made no call: {rules}");
            std::thread::yield_now();
        }
    }

    /// All calls so far as `METHOD /path`.
    pub fn calls(&self) -> Vec<String> {
        let journal = self.admin("GET", "/journal", Value::Null);
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let calls = journal.as_array().unwrap().iter();
        calls.map(|call| format!("{} {}", word(&call["method"]), word(&call["path"]))).collect()
    }

    /// The program, told of this account through its environment.
    #[cfg(feature = "cli")]
    pub fn program(&self, arguments: &[&str]) -> Program {
        Program::new(arguments)
            .variable("CLIENGO_BASE_URL", &self.emulator.base_url())
            .variable("CLIENGO_API_KEY", self.emulator.api_key())
    }

    fn admin_text(&self, method: &str, path: &str, body: &str) -> String {
        let mut socket = TcpStream::connect(self.emulator.address()).unwrap();
        let request = format!(
            "{method} /__admin{path} HTTP/1.1\r\nhost: emulator\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        socket.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let good = head.starts_with("HTTP/1.1 200") || head.starts_with("HTTP/1.1 201");
        assert!(good, "{method} {path}: {answer}");
        body.to_owned()
    }
}

/// A rule that holds every answer back for longer than any test runs.
pub fn never_answered(route: &str) -> Value {
    json!({ "route": route, "fault": { "kind": "slow_headers", "ms": 600_000 } })
}
