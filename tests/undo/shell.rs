//! The program with an account and a state of its own.

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Account, Program, Ran, Running};

/// The program with an account and a state of its own.
pub struct Shell<'a> {
    pub account: &'a Account,
    pub state: TempDir,
}

impl<'a> Shell<'a> {
    pub fn new(account: &'a Account) -> Self {
        Self { account, state: tempfile::tempdir().unwrap() }
    }

    /// A call that is about to be made.
    pub fn program(&self, arguments: &[&str]) -> Program {
        let state = self.state.path().to_str().unwrap();
        self.account.program(arguments).variable("CLIENGO_STATE_DIR", state)
    }

    pub fn start(&self, arguments: &[&str]) -> Running {
        self.program(arguments).start()
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.program(arguments).run()
    }

    pub fn start_script(&self, code: &str) -> Running {
        self.program(&["run", "script.lua"]).file("script.lua", code).start()
    }

    pub fn run_script(&self, code: &str) -> Ran {
        self.program(&["run", "script.lua"]).file("script.lua", code).run()
    }

    pub fn undo(&self, run: u64, options: &[&str]) -> Ran {
        self.program(&["runs", "undo", &run.to_string()]).arguments(options).run()
    }

    /// What an undo tells as JSON.
    pub fn report(&self, run: u64, options: &[&str]) -> Value {
        let ran = self.undo(run, &[options, &["-o", "json"]].concat());
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:#?}"))
    }

    /// The runs, newest first.
    pub fn runs(&self) -> Vec<Value> {
        let ran = self.run(&["runs", "list", "-o", "json"]).code(0);
        serde_json::from_str(&ran.stdout).unwrap()
    }
}

/// The newest contacts of an account.
pub fn ids(account: &Account, count: usize) -> Vec<String> {
    let rows = account.snapshot();
    let rows = rows.iter().take(count).map(|row| serde_json::from_str::<Value>(row).unwrap());
    rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// A contact as the API has it.
pub fn contact(account: &Account, id: &str) -> Option<Value> {
    let rows = account.snapshot();
    let mut rows = rows.iter().map(|row| serde_json::from_str::<Value>(row).unwrap());
    rows.find(|row| row["id"] == id)
}
