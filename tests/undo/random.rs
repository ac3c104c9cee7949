//! Random scripts, run and undone through the library.

use std::sync::Arc;
use std::time::Duration;

use cliengo::api::Context;
use cliengo::client::{Client, RetryPolicy};
use cliengo::engine::{Executor, Language, Limits, Source, run};
use cliengo::runtime::{ScriptRun, State, UndoOptions, UndoReport, undo};
use serde_json::{Value, json};

use crate::restored::Contacts;
use crate::script::script;
use crate::support::Account;

/// How many scripts each test makes up.
const SCRIPTS: u64 = 12;

fn client(account: &Account) -> Client {
    let quick = RetryPolicy { base: Duration::from_millis(1), ..RetryPolicy::default() };
    let client = Client::builder().base_url(account.emulator.base_url());
    client.api_key(account.emulator.api_key()).retry(quick).build().unwrap()
}

/// Runs the script, and gives the number of its run.
fn write(account: &Account, state: &State, code: String) -> Option<u64> {
    let source = Source::from_code(code, Language::Lua);
    let own = ScriptRun::of_source(state, &source, &[]);
    let context = Context::builder().client(client(account)).write_log(Arc::clone(&own) as _);
    let result = run(&source, &context.build(), Limits::default(), Executor::own());
    assert!(result.is_ok(), "{result:?}");
    own.number()
}

fn take_back(account: &Account, state: &State, run: u64) -> UndoReport {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let context = Context::builder().client(client(account)).build();
    runtime.block_on(undo(state, &context, run, UndoOptions::default())).unwrap()
}

/// Some ids to begin with.
fn ids(account: &Account) -> Vec<String> {
    let rows = account.snapshot();
    let rows = rows.iter().take(6).map(|row| serde_json::from_str::<Value>(row).unwrap());
    rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// The API fails now and then, in every way.
fn fail_often(account: &Account) {
    let kinds = [
        json!({ "kind": "status", "code": 500, "processed": true }),
        json!({ "kind": "status", "code": 500 }),
        json!({ "kind": "status", "code": 429, "retry_after": 0 }),
        json!({ "kind": "status", "code": 503 }),
        json!({ "kind": "drop_after" }),
        json!({ "kind": "drop_before" }),
        json!({ "kind": "truncated_json" }),
    ];
    for fault in kinds {
        account.fault(json!({ "route": "*", "probability": 0.04, "fault": fault }));
    }
}

#[test]
fn a_run_that_is_undone_leaves_the_account_as_it_was() {
    for seed in 0..SCRIPTS {
        let (account, folder) = (Account::start(), tempfile::tempdir().unwrap());
        let state = State::in_folder(folder.path());
        let before = Contacts::of(&account);
        let run = write(&account, &state, script(seed, 25, &ids(&account))).unwrap();
        assert!(Contacts::of(&account).differs_from(&before).is_some(), "the script did nothing");
        let report = take_back(&account, &state, run);
        assert!(report.is_whole(), "seed {seed}: {report:#?}");
        Contacts::of(&account).assert_is(&before);
        let again = take_back(&account, &state, run);
        assert!(again.is_whole() && again.undone == 0 && again.undo.is_none(), "{again:#?}");
        Contacts::of(&account).assert_is(&before);
    }
}

#[test]
fn an_undo_that_is_undone_leaves_the_account_as_the_run_did() {
    for seed in 100..100 + SCRIPTS / 2 {
        let (account, folder) = (Account::start(), tempfile::tempdir().unwrap());
        let state = State::in_folder(folder.path());
        let run = write(&account, &state, script(seed, 15, &ids(&account))).unwrap();
        let after = Contacts::of(&account);
        let Some(undone) = take_back(&account, &state, run).undo else { continue };
        let report = take_back(&account, &state, undone);
        assert!(report.is_whole(), "seed {seed}: {report:#?}");
        Contacts::of(&account).assert_is(&after);
    }
}

#[test]
fn on_an_api_that_fails_a_run_is_undone_all_the_same() {
    for seed in 200..200 + SCRIPTS {
        let (account, folder) = (Account::start(), tempfile::tempdir().unwrap());
        let state = State::in_folder(folder.path());
        let before = Contacts::of(&account);
        let code = script(seed, 20, &ids(&account));
        fail_often(&account);
        let Some(run) = write(&account, &state, code) else { continue };
        // It fails at the undo too, which is done again then.
        for _ in 0..3 {
            if take_back(&account, &state, run).is_whole() {
                break;
            }
        }
        account.admin("DELETE", "/faults", Value::Null);
        let report = take_back(&account, &state, run);
        assert!(report.is_whole(), "seed {seed}: {report:#?}");
        Contacts::of(&account).assert_is(&before);
    }
}
