//! `cliengo doctor`: what it finds, what it says to do, and that it only reads.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};

use support::{Account, KEY, Program, Ran};

fn doctor(account: &Account, options: &[&str]) -> Program {
    account.program(&[&["doctor", "-o", "json"], options].concat())
}

/// What a check found.
#[track_caller]
fn found(ran: &Ran, check: &str) -> Value {
    let findings: Vec<Value> =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:#?}"));
    let finding = findings.iter().find(|finding| finding["id"] == check);
    finding.unwrap_or_else(|| panic!("no {check}: {ran:#?}")).clone()
}

#[track_caller]
fn says(ran: &Ran, check: &str, state: &str, words: &str) {
    let finding = found(ran, check);
    assert_eq!(finding["state"], state, "{finding}");
    assert!(finding["found"].as_str().unwrap().contains(words), "{finding}");
}

#[test]
fn all_is_well_with_an_account_that_answers_and_nothing_is_written() {
    let account = Account::start();
    let ran = doctor(&account, &["--probe"]).run().code(0);
    says(&ran, "configuration", "ok", "the key comes from CLIENGO_API_KEY");
    says(&ran, "key", "ok", "accepted");
    says(&ran, "account", "ok", "Grupo Ejemplo");
    says(&ran, "contacts", "ok", "120 are counted");
    says(&ran, "state", "ok", "nothing is kept");
    assert_eq!(
        found(&ran, "time_zones")["hint"].is_null(),
        found(&ran, "time_zones")["state"] == "ok"
    );
    let calls = account.calls();
    assert!(calls.iter().all(|call| call.starts_with("GET ")), "{calls:?}");
    assert!(!ran.stdout.contains(KEY) && !ran.stderr.contains(KEY));
}

#[test]
fn a_clock_that_is_far_off_is_a_warning_with_what_to_do() {
    let ran = doctor(&Account::start(), &[]).run().code(0);
    let clock = found(&ran, "clock");
    assert_eq!(clock["state"], "warning");
    assert!(clock["hint"].as_str().unwrap().contains("NTP"), "{clock}");
}

#[test]
fn each_reading_of_last_update_date_is_told() {
    for (knob, words) in
        [("since", "since that instant"), ("that_day", "on that day"), ("ignored", "ignored")]
    {
        let account = Account::start();
        account.admin("PATCH", "/knobs", json!({ "last_update_date": knob }));
        let ran = doctor(&account, &["--probe"]).run().code(0);
        says(&ran, "probe lastUpdateDate", "ok", words);
    }
}

#[test]
fn each_reading_of_the_bounds_is_told() {
    for (inclusive, granularity, since, until) in [
        (true, "millisecond", "to the millisecond", "includes"),
        (false, "millisecond", "to the millisecond", "excludes"),
        (true, "second", "to the second", "includes"),
        (false, "day", "to the day", "excludes"),
    ] {
        let account = Account::start();
        let knobs = json!({ "until_inclusive": inclusive, "granularity": granularity });
        account.admin("PATCH", "/knobs", knobs);
        let ran = doctor(&account, &["--probe"]).run().code(0);
        says(&ran, "probe since", "ok", since);
        says(&ran, "probe until", "ok", until);
    }
}

#[test]
fn the_cap_of_a_page_and_the_reach_of_a_search_are_told() {
    for (query, words) in
        [("texts", "by name, email"), ("names", "not by email"), ("ignored", "ignored")]
    {
        let account = Account::start();
        account.admin("PATCH", "/knobs", json!({ "query": query, "page_cap": 80 }));
        let ran = doctor(&account, &["--probe"]).run().code(0);
        says(&ran, "probe query", "ok", words);
        says(&ran, "probe page", "ok", "at most 80 rows");
    }
}

#[test]
fn a_key_that_is_missing_or_refused_exits_with_3_and_shows_no_key() {
    let account = Account::start();
    let missing = Program::new(&["doctor", "-o", "json"]).run().code(3);
    says(&missing, "configuration", "problem", "no API key");
    let other = "11111111-1111-4111-8111-111111111111";
    let refused = doctor(&account, &[]).variable("CLIENGO_API_KEY", other).run().code(3);
    says(&refused, "key", "problem", "401");
    assert!(!refused.stdout.contains(other));
}

#[test]
fn an_api_that_is_not_reached_exits_with_4() {
    let account = Account::start();
    let ran = doctor(&account, &["--base-url", "http://127.0.0.1:9/1.0"]).run().code(4);
    says(&ran, "api", "problem", "no connection");
}

#[test]
fn a_damaged_state_exits_with_5_and_an_api_that_fails_with_1() {
    let account = Account::start();
    let program = doctor(&account, &["--state-dir", "kept"]).file("kept/state.db", "no database");
    says(&program.run().code(5), "state", "problem", "it is no database");
    account.fault(json!({ "route": "GET /account", "fault": { "kind": "status", "code": 501 } }));
    says(&doctor(&account, &[]).run().code(1), "api", "problem", "501");
}

#[test]
fn who_works_with_the_state_and_what_a_watch_remembers_are_told() {
    let script =
        r#"cliengo.watch.updated_contacts({ id = "changes", every = "1s" }, function() end)"#;
    let account = Account::start();
    let state = tempfile::tempdir().unwrap();
    let kept = state.path().to_str().unwrap();
    account.admin("PATCH", "/knobs", json!({ "last_update_date": "that_day" }));
    let program = account.program(&["serve", "a.lua"]).file("a.lua", script);
    let mut daemon = program.variable("CLIENGO_STATE_DIR", kept).start();
    daemon.says("lastUpdateDate is");
    let look = || doctor(&account, &["--state-dir", kept]).run().code(0);
    says(&look(), "locks", "ok", "serves");
    says(&look(), "locks", "ok", "polls changes");
    daemon.signal("TERM");
    daemon.end().code(0);
    let ran = look();
    says(&ran, "locks", "ok", "nobody");
    says(&ran, "state", "ok", "is whole");
    says(&ran, "watch changes", "ok", "remembers that lastUpdateDate is on that day");
}

#[test]
fn people_see_a_line_for_each_check_and_what_to_do_below_it() {
    let ran = Program::new(&["doctor"]).run().code(3);
    assert!(ran.stdout.starts_with("problem  configuration  there is no API key\n"), "{ran:?}");
    assert!(ran.stdout.contains("→ set CLIENGO_API_KEY"), "{ran:?}");
}
