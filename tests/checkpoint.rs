//! A loop over contacts that was cut off goes on where it was.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::HashSet;

use serde_json::{Value, json};
use support::{Account, Program, never_answered};
use tempfile::TempDir;

/// Prints each contact's id, and asks for the account at contact 230: there a fault can hold it.
fn script(language: &str, filter: &str) -> String {
    match language {
        "lua" => format!(
            "local n = 0
            for contact in cliengo.contacts.each{{ {filter} }} do
                n = n + 1
                if n == 230 then cliengo.account.get() end
                print(contact.id)
            end"
        ),
        _ => format!(
            "let n = 0;
            for contact in cliengo.contacts.each(#{{ {} }}) {{
                n += 1;
                if n == 230 {{ cliengo.account.get(); }}
                print(contact.id);
            }}",
            filter.replace(" =", ":")
        ),
    }
}

struct Bench {
    account: Account,
    state: TempDir,
}

impl Bench {
    fn new(contacts: usize) -> Self {
        let account = Account::start();
        account.admin("POST", "/reset", json!({ "contacts": contacts }));
        Self { account, state: tempfile::tempdir().unwrap() }
    }

    fn program(&self, language: &str, filter: &str) -> Program {
        let name = format!("walk.{language}");
        let program = self.account.program(&["run", &name]).file(&name, script(language, filter));
        program.variable("CLIENGO_STATE_DIR", self.state.path().to_str().unwrap())
    }

    /// All ids, newest first.
    fn ids(&self) -> Vec<String> {
        let all = self.account.admin("GET", "/snapshot", Value::Null);
        let ids = all.as_array().unwrap().iter();
        ids.map(|contact| contact["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Runs until the script is held at contact 230, and kills it: the ids that it had printed.
    fn killed(&self, language: &str, filter: &str) -> Vec<String> {
        self.account.fault(never_answered("GET /account"));
        let running = self.program(language, filter).start();
        self.account.wait_until_fired(1);
        running.signal("KILL");
        self.account.admin("DELETE", "/faults", Value::Null);
        running.end().stdout.lines().map(str::to_owned).collect()
    }

    fn checkpoints(&self) -> usize {
        let folder = self.state.path().join("checkpoints");
        let accounts = std::fs::read_dir(folder).unwrap();
        let files =
            accounts.flat_map(|account| std::fs::read_dir(account.unwrap().path()).unwrap());
        files.filter(|file| file.as_ref().unwrap().path().extension().unwrap() == "json").count()
    }
}

#[test]
fn after_a_kill_the_walk_goes_on_with_the_page_that_it_was_at() {
    for language in ["lua", "rhai"] {
        let bench = Bench::new(1_500);
        let filter = "checkpoint = \"sync\"";
        let before = bench.killed(language, filter);
        assert_eq!(before.len(), 229, "{language}");
        assert_eq!(bench.checkpoints(), 1);
        let after =
            bench.program(language, filter).run().code(0).says(&["goes on after 197 contacts"]);
        let after: Vec<String> = after.stdout.lines().map(str::to_owned).collect();
        let both: HashSet<_> = before.iter().chain(&after).collect();
        assert_eq!(both.len(), 1_500, "{language}");
        assert_eq!(after, bench.ids()[1_500 - after.len()..], "{language}");
        assert!(before.len() + after.len() <= 1_500 + 50, "{language}: {}", after.len());
        assert_eq!(bench.checkpoints(), 0, "a walk that is through begins anew");
        let again = bench.program(language, filter).run().code(0);
        assert_eq!(again.stdout.lines().count(), 1_500);
    }
}

#[test]
fn an_age_is_the_same_instant_after_the_kill() {
    let bench = Bench::new(1_500);
    let filter = "checkpoint = \"sync\", since = \"600d\"";
    bench.killed("lua", filter);
    bench.program("lua", filter).run().code(0);
    let journal = bench.account.admin("GET", "/journal", Value::Null);
    let queries = journal.as_array().unwrap().iter().filter_map(|call| call["query"].as_str());
    let since =
        queries.filter_map(|query| query.split('&').find(|part| part.starts_with("since=")));
    let instants: HashSet<_> = since.collect();
    assert_eq!(instants.len(), 1, "{instants:?}");
}

#[test]
fn a_checkpoint_of_another_filter_or_a_damaged_one_is_refused_and_kept() {
    let bench = Bench::new(400);
    bench.killed("lua", "checkpoint = \"sync\"");
    let other = bench.program("lua", "checkpoint = \"sync\", status = \"NEW\"").run();
    other.code(1).silent().says(&["with another filter", "at walk.lua:2", "hint:", "delete"]);
    assert_eq!(bench.checkpoints(), 1);
    let folder = std::fs::read_dir(bench.state.path().join("checkpoints")).unwrap();
    let file = folder.last().unwrap().unwrap().path().join("sync.json");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains(support::KEY) && !file.display().to_string().contains(support::KEY));
    std::fs::write(&file, &text[..text.len() / 2]).unwrap();
    let damaged = bench.program("lua", "checkpoint = \"sync\"").run();
    damaged.code(1).silent().says(&["\"sync\" is damaged", "hint:", "delete"]);
    assert_eq!(bench.checkpoints(), 1);
}

#[test]
fn two_runs_are_never_on_one_walk() {
    let bench = Bench::new(400);
    bench.account.fault(never_answered("GET /account"));
    let first = bench.program("lua", "checkpoint = \"sync\"").start();
    bench.account.wait_until_fired(1);
    let second = bench.program("lua", "checkpoint = \"sync\"").run();
    second.code(1).silent().says(&["another run is on the walk", "hint:"]);
    first.signal("KILL");
    first.end();
}

#[test]
fn what_is_no_name_or_no_number_is_refused_before_anything_is_sent() {
    let bench = Bench::new(60);
    for (filter, words) in [
        ("checkpoint = \"../sync\"", "checkpoint cannot be \"../sync\""),
        ("checkpoint = 7", "checkpoint cannot be 7"),
        ("chekpoint = \"x\"", "did you mean \"checkpoint\"?"),
        ("concurrency = 0", "concurrency must be"),
        ("concurency = 4", "did you mean \"concurrency\"?"),
    ] {
        bench.program("lua", filter).run().code(1).silent().says(&[words]);
    }
    let list = bench.account.program(&["eval", "cliengo.contacts.list{ checkpoint = 'x' }"]).run();
    list.code(1).silent().says(&["a checkpoint is for contacts.each"]);
    assert_eq!(bench.account.calls(), Vec::<String>::new());
}
