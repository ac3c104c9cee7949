//! One script in both languages, each against an emulator of its own with the same data.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cliengo::emulator::{EMULATOR_KEY, Emulator, EmulatorOptions};
use jiff::Timestamp;
use serde_json::Value;

/// What one run said and did.
pub struct Ran {
    /// What it returned.
    pub result: Value,
    pub prints: String,
    pub journal: Vec<Value>,
    pub before: Vec<Value>,
    pub after: Vec<Value>,
    /// When the emulator's clock stood still.
    pub now: Timestamp,
}

impl Ran {
    /// The ids in the paths of the requests with this method, in order.
    pub fn ids(&self, method: &str) -> Vec<&str> {
        let calls = self.journal.iter().filter(|call| call["method"] == method);
        calls.map(|call| text(call, "path").rsplit('/').next().unwrap()).collect()
    }

    pub fn before(&self, id: &str) -> &Value {
        find(&self.before, id).unwrap()
    }

    pub fn after(&self, id: &str) -> &Value {
        find(&self.after, id).unwrap()
    }

    /// Asserts that every contact without a write is as it was.
    pub fn assert_others_untouched(&self) {
        let written = [self.ids("PATCH"), self.ids("DELETE")].concat();
        for contact in &self.before {
            let id = text(contact, "id");
            assert!(written.contains(&id) || find(&self.after, id) == Some(contact), "{id}");
        }
    }
}

pub fn find<'a>(contacts: &'a [Value], id: &str) -> Option<&'a Value> {
    contacts.iter().find(|contact| contact["id"] == id)
}

/// The text of a field; empty where it is absent.
pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// The newest note.
pub fn last_note(contact: &Value) -> &str {
    contact["notes"].as_array().and_then(|notes| notes.last()).map_or("", |n| text(n, "message"))
}

/// Runs the script in both languages, and asserts that nobody could tell the one from the other.
pub async fn run_both(script: &str, arguments: &[&str], contacts: usize) -> Ran {
    let now = Timestamp::from_millisecond(Timestamp::now().as_millisecond()).unwrap();
    let lua = run(&format!("{script}.lua"), arguments, contacts, now).await;
    let rhai = run(&format!("{script}.rhai"), arguments, contacts, now).await;
    assert_eq!(lua.result.to_string(), rhai.result.to_string(), "{script}");
    assert_eq!(lua.prints, rhai.prints, "{script}");
    assert_eq!(lua.after, rhai.after, "{script}");
    assert_eq!(requests(&lua.journal), requests(&rhai.journal), "{script}");
    lua
}

/// What went over the wire, in order. Reads that follow one another may be under way together, and so
/// arrive in any order.
fn requests(journal: &[Value]) -> Vec<String> {
    let mut requests: Vec<_> = journal.iter().map(sent).collect();
    let is_read = |request: &String| request.starts_with("[\"GET\"");
    requests.chunk_by_mut(|one, other| is_read(one) && is_read(other)).for_each(<[_]>::sort);
    requests
}

/// One request to the byte, but for the port that each emulator has its own of.
fn sent(call: &Value) -> String {
    let mut headers = call["headers"].clone();
    headers.as_object_mut().unwrap().remove("host");
    let parts = ["method", "path", "query", "body"].map(|part| call[part].clone());
    Value::Array(parts.into_iter().chain([headers]).collect()).to_string()
}

async fn run(file: &str, arguments: &[&str], contacts: usize, now: Timestamp) -> Ran {
    let options = EmulatorOptions { contacts, clock: Some(now), ..Default::default() };
    let emulator = Emulator::start(options).unwrap();
    let before = admin(&emulator, "snapshot").await;
    let output = Command::new(env!("CARGO_BIN_EXE_cliengo"))
        .args(["run", "-o", "json"])
        .arg(root().join("scripts").join(file))
        .args(arguments)
        .env("CLIENGO_BASE_URL", emulator.base_url())
        .env("CLIENGO_API_KEY", EMULATOR_KEY)
        .output()
        .unwrap();
    let prints = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{file}: {prints}");
    let journal = admin(&emulator, "journal").await;
    assert!(!journal.is_empty(), "{file}");
    let after = admin(&emulator, "snapshot").await;
    let result = serde_json::from_slice(&output.stdout).unwrap();
    Ran { result, prints, journal, before, after, now }
}

pub async fn admin(emulator: &Emulator, route: &str) -> Vec<Value> {
    // Plain HTTP needs no TLS, but the client is not built without a provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/{route}", emulator.admin_url());
    client.get(url).send().await.unwrap().json().await.unwrap()
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names without extensions of a folder's files with this extension, in order.
pub fn names(folder: &str, extension: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    let named = paths.iter().filter(|path| path.extension().is_some_and(|e| e == extension));
    let mut names: Vec<_> =
        named.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
