//! A dry run gives a plan and sends no write; applying the plan does what the run would have done, once.
#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

mod support;

#[path = "plan/applied.rs"]
mod applied;
#[path = "plan/cut_off.rs"]
mod cut_off;
#[path = "plan/dry_run.rs"]
mod dry_run;
#[path = "plan/file.rs"]
mod file;
#[path = "plan/property.rs"]
mod property;
#[path = "plan/random.rs"]
mod random;

use serde_json::Value;
use tempfile::TempDir;

use support::{Account, Program, Ran};

/// An account, and a folder for the state, the scripts and the plans of several calls.
struct Place {
    account: Account,
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { account: Account::start(), folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn program(&self, arguments: &[&str]) -> Program {
        self.account.program(arguments).variable("CLIENGO_STATE_DIR", &self.path("state"))
    }

    /// Saves the plan of a line of Lua.
    fn plan(&self, code: &str) -> Ran {
        self.program(&["eval", code, "--dry-run", "--plan", &self.path("plan.json")]).run()
    }

    fn apply(&self) -> Program {
        self.program(&["apply", &self.path("plan.json")])
    }

    /// What became of each item, and the reasons.
    #[track_caller]
    fn outcomes(&self, code: i32) -> Vec<(String, String)> {
        let ran = self.apply().arguments(&["-o", "json"]).run().code(code);
        let told: Value = serde_json::from_str(&ran.stdout).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let items = told["items"].as_array().unwrap().iter();
        items.map(|item| (text(&item["outcome"]), text(&item["reason"]))).collect()
    }

    /// The words for what became of each item.
    #[track_caller]
    fn words(&self, code: i32) -> Vec<String> {
        self.outcomes(code).into_iter().map(|(outcome, _)| outcome).collect()
    }

    /// The contacts, newest first.
    fn contacts(&self) -> Vec<Value> {
        contacts(&self.account)
    }

    fn writes(&self) -> Vec<String> {
        writes(&self.account)
    }
}

fn contacts(account: &Account) -> Vec<Value> {
    account.snapshot().iter().map(|contact| serde_json::from_str(contact).unwrap()).collect()
}

fn writes(account: &Account) -> Vec<String> {
    account.calls().into_iter().filter(|call| !call.starts_with("GET ")).collect()
}
