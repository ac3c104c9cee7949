//! `cliengo runs`, and `cliengo runs undo`.

use serde_json::{Value, json};

use crate::restored::Contacts;
use crate::script::SITE;
use crate::shell::{Shell, contact, ids};
use crate::support::Account;

/// A script that changes the first contact, deletes the second, and makes one.
fn script(ids: &[String]) -> String {
    format!(
        "cliengo.contacts.update('{}', {{ rating = 5, name = 'Ana Changed' }})\n\
         cliengo.contacts.set_status('{}', 'CLIENT')\n\
         cliengo.contacts.delete('{}')\n\
         return cliengo.contacts.create{{ websiteId = '{SITE}', name = 'Luis Made' }}.id",
        ids[0], ids[0], ids[1]
    )
}

#[test]
fn a_run_that_writes_is_listed_with_what_can_be_undone() {
    let account = Account::start();
    let shell = Shell::new(&account);
    shell.run(&["eval", "return cliengo.contacts.count()"]).code(0);
    assert!(shell.runs().is_empty(), "one that only reads leaves no trace");
    assert!(!shell.state.path().join("state.db").exists());
    shell.run_script(&script(&ids(&account, 2))).code(0);
    shell.run(&["eval", "cliengo.contacts.add_tag(cliengo.contacts.find{}.id, 'vip')"]).code(0);
    let runs = shell.runs();
    let told =
        |run: &Value| [&run["kind"], &run["writes"], &run["undo"], &run["state"]].map(Value::clone);
    assert_eq!(told(&runs[0]), [json!("script"), json!(1), json!("nothing"), json!("done")]);
    assert_eq!(told(&runs[1]), [json!("script"), json!(4), json!("possible"), json!("done")]);
    shell.undo(1, &[]).code(1).says(&["1 left alone"]);
    assert_eq!((&runs[1]["id"], &runs[1]["subject"]), (&json!(1), &json!("script.lua")));
    assert_eq!(shell.runs()[2]["undo"], "partly", "one of its contacts has a tag since");
    let pretty = shell.run(&["runs"]).code(0).stdout;
    assert!(pretty.contains("undo of 1") && pretty.contains("possible"), "{pretty}");
}

#[test]
fn a_run_is_shown_with_the_fields_that_it_changed() {
    let account = Account::start();
    let (shell, ids) = (Shell::new(&account), ids(&account, 2));
    let rating = contact(&account, &ids[0]).unwrap()["rating"].clone();
    shell.run_script(&script(&ids)).code(0);
    let shown = shell.run(&["runs", "show", "1", "-o", "json"]).code(0).stdout;
    let shown: Value = serde_json::from_str(&shown).unwrap();
    let first = &shown["journal"][0];
    assert_eq!(
        (&first["method"], &first["kind"], &first["outcome"]),
        (&json!("PATCH"), &json!("update"), &json!("done"))
    );
    let changes = first["changes"].as_array().unwrap();
    let change = changes.iter().find(|it| it["field"] == "rating").unwrap();
    assert_eq!((&change["old"], &change["new"]), (&rating, &json!(5)));
    assert_eq!(shown["journal"][3]["created"], shown["result"]);
    let pretty = shell.run(&["runs", "show", "1"]).code(0).stdout;
    assert!(pretty.contains("writes (4)") && pretty.contains("→ CLIENT"), "{pretty}");
}

#[test]
fn an_undo_says_what_it_did_and_what_it_could_not_bring_back() {
    let account = Account::start();
    let (shell, ids) = (Shell::new(&account), ids(&account, 2));
    let before = Contacts::of(&account);
    shell.run_script(&script(&ids)).code(0);
    let dry = shell.undo(1, &["--dry-run"]).code(0);
    assert!(
        dry.stdout.contains("would delete Luis Made") && dry.stderr.contains("nothing was sent")
    );
    assert!(Contacts::of(&account).differs_from(&before).is_some(), "a rehearsal changes nothing");
    let report = shell.report(1, &[]);
    let told =
        |of: &Value| [&of["action"], &of["outcome"]].map(|word| word.as_str().unwrap().to_owned());
    let items = report["items"].as_array().unwrap();
    assert_eq!(
        items.iter().map(told).collect::<Vec<_>>(),
        [["delete", "undone"], ["recreate", "undone"], ["put_back", "undone"]]
    );
    assert_eq!(
        (&report["run"], &report["undone"], &report["skipped"]),
        (&json!(1), &json!(3), &json!(0))
    );
    let new = items[1]["new_id"].as_str().unwrap();
    assert!(contact(&account, new).is_some() && contact(&account, &ids[1]).is_none());
    assert!(items[1]["left"].to_string().contains("history"), "{report}");
    Contacts::of(&account).assert_is(&before);
}

#[test]
fn what_was_added_to_a_contact_stays_and_is_told() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    shell
        .run_script(&format!(
            "cliengo.contacts.update('{id}', {{ rating = 5, note = 'by update' }})\n\
             cliengo.contacts.add_tag('{id}', 'vip')\ncliengo.contacts.add_note('{id}', 'by note')"
        ))
        .code(0);
    let report = shell.report(1, &[]);
    let left = report["items"][0]["left"].to_string();
    for words in ["by update", "tag \\\"vip\\\"", "note \\\"by note\\\""] {
        assert!(left.contains(words), "{words} in {left}");
    }
    assert_eq!(report["undone"], 1);
    assert!(contact(&account, &id).unwrap()["tags"].to_string().contains("vip"));
}

#[test]
fn a_run_that_there_is_not_cannot_be_undone() {
    let account = Account::start();
    let shell = Shell::new(&account);
    shell.undo(1, &[]).code(2).says(&["nothing is kept"]);
    shell.run_script(&script(&ids(&account, 2))).code(0);
    shell.undo(9, &[]).code(2).says(&["there is no run \"9\""]);
}

#[test]
fn a_run_that_is_under_way_is_not_undone() {
    let account = Account::start();
    let shell = Shell::new(&account);
    account.fault(json!({ "route": "DELETE /contacts/:id", "fault": { "kind": "slow_headers", "ms": 600_000 } }));
    let mut run = shell.start_script(&script(&ids(&account, 2)));
    account.wait_until_fired(1);
    assert_eq!(shell.runs()[0]["state"], "running");
    shell.undo(1, &[]).code(1).says(&["run 1 is still under way"]);
    run.kill();
}

#[test]
fn on_another_account_nothing_is_undone() {
    let account = Account::start();
    let shell = Shell::new(&account);
    shell.run_script(&script(&ids(&account, 2))).code(0);
    let other = Account::with_key("11111111-1111-4111-8111-111111111111");
    let before = Contacts::of(&other);
    let program = shell.program(&["runs", "undo", "1"]);
    let program = program.variable("CLIENGO_BASE_URL", &other.emulator.base_url());
    // Every emulator says that it is the same account, but for what it answers now.
    other.fault(json!({
        "route": "GET /account",
        "fault": { "kind": "wrong_shape", "body": { "id": "6a00000000000000000000ff", "name": "Other" } }
    }));
    let program = program.variable("CLIENGO_API_KEY", other.emulator.api_key());
    program.run().code(1).says(&["run 1 wrote to another account", "with the key of that account"]);
    Contacts::of(&other).assert_is(&before);
}

#[test]
fn the_same_account_at_another_address_is_no_other_account() {
    let account = Account::start();
    let (shell, before) = (Shell::new(&account), Contacts::of(&account));
    shell.run_script(&script(&ids(&account, 2))).code(0);
    let url = account.emulator.base_url().replace("127.0.0.1", "localhost");
    shell.program(&["runs", "undo", "1"]).variable("CLIENGO_BASE_URL", &url).run().code(0);
    Contacts::of(&account).assert_is(&before);
}

#[test]
fn without_a_key_nothing_is_undone() {
    let account = Account::start();
    let shell = Shell::new(&account);
    shell.run_script(&script(&ids(&account, 2))).code(0);
    shell.program(&["runs", "undo", "1"]).variable("CLIENGO_API_KEY", "").run().code(3);
}

#[test]
fn an_undo_is_printed_for_programs_as_rows_too() {
    let account = Account::start();
    let shell = Shell::new(&account);
    shell.run_script(&script(&ids(&account, 2))).code(0);
    let rows = shell.undo(1, &["--dry-run", "-o", "csv"]).code(0).stdout;
    assert!(rows.starts_with("contact,name,action,outcome,new_id,reason"), "{rows}");
    let lines = shell.undo(1, &["-o", "ndjson"]).code(0).stdout;
    assert_eq!(lines.lines().count(), 3);
}

#[test]
fn a_run_whose_end_could_not_be_kept_is_lost_and_can_be_undone() {
    let account = Account::start();
    let (shell, before) = (Shell::new(&account), Contacts::of(&account));
    account.fault(
        json!({ "route": "DELETE /contacts/:id", "fault": { "kind": "delay", "ms": 600_000 } }),
    );
    let mut run = shell.start_script(&script(&ids(&account, 2)));
    account.wait_until_fired(1);
    run.kill();
    account.admin("DELETE", "/faults", Value::Null);
    // Where the disk was full, it left its place all the same.
    std::fs::remove_file(shell.state.path().join("locks/run-1.lock")).unwrap();
    shell.undo(1, &[]).code(0);
    assert_eq!(shell.runs().last().unwrap()["state"], "lost");
    Contacts::of(&account).assert_is(&before);
}

#[test]
fn a_chain_of_undos_is_listed_with_what_counts_in_the_end() {
    let account = Account::start();
    let shell = Shell::new(&account);
    shell.run_script(&script(&ids(&account, 2))).code(0);
    let states = || shell.runs().iter().rev().map(|run| run["undo"].clone()).collect::<Vec<_>>();
    for (run, told) in [
        (1, json!(["done", "possible"])),
        (2, json!(["possible", "done", "possible"])),
        (3, json!(["done", "possible", "done", "possible"])),
    ] {
        shell.undo(run, &[]).code(0);
        assert_eq!(json!(states()), told);
    }
}
