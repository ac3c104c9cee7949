//! What others changed since a run is theirs.

use serde_json::{Value, json};

use crate::script::SITE;
use crate::shell::{Shell, contact, ids};
use crate::support::Account;

/// Somebody else's change.
fn change(account: &Account, id: &str, code: &str) {
    let code = format!("local id = '{id}'; {code}");
    account.program(&["eval", &code, "--no-undo"]).run().code(0);
}

#[test]
fn a_contact_that_was_changed_since_is_left_alone_and_told_with_the_fields() {
    let account = Account::start();
    let (shell, ids) = (Shell::new(&account), ids(&account, 2));
    let code = "for _, id in cliengo.args do cliengo.contacts.update(id, { rating = 5 }) end";
    shell
        .program(&["run", "s.lua"])
        .arguments(&[&ids[0], &ids[1]])
        .file("s.lua", code)
        .run()
        .code(0);
    change(&account, &ids[0], "cliengo.contacts.update(id, { rating = 1 })");
    let ran = shell.undo(1, &[]).code(1);
    assert!(ran.stdout.contains("! left alone") && ran.stdout.contains("rating  5 → 1"), "{ran:?}");
    assert_eq!(contact(&account, &ids[0]).unwrap()["rating"], 1);
    assert_ne!(contact(&account, &ids[1]).unwrap()["rating"], 5);
    let report = shell.report(1, &[]);
    let skipped =
        report["items"].as_array().unwrap().iter().find(|it| it["contact"] == ids[0].as_str());
    let changed = skipped.unwrap()["changed"].as_array().unwrap();
    assert!(changed.contains(&json!({ "field": "rating", "old": 5, "new": 1 })), "{report}");
    assert_eq!(shell.runs().last().unwrap()["undo"], "partly");
}

#[test]
fn where_only_other_fields_were_changed_the_runs_own_are_put_back_if_that_is_wanted() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    let rating = contact(&account, &id).unwrap()["rating"].clone();
    shell.run(&["eval", &format!("cliengo.contacts.update('{id}', {{ rating = 5 }})")]).code(0);
    change(&account, &id, "cliengo.contacts.update(id, { phone = '+54 11 5555 0000' })");
    shell.undo(1, &[]).code(1);
    shell.undo(1, &["--despite-other-changes"]).code(0);
    let now = contact(&account, &id).unwrap();
    assert_eq!((&now["rating"], &now["phone"]), (&rating, &json!("+54 11 5555 0000")));
}

#[test]
fn a_contact_of_the_run_that_others_work_with_is_not_deleted() {
    let account = Account::start();
    let shell = Shell::new(&account);
    let code = format!("return cliengo.contacts.create{{ websiteId = '{SITE}', name = 'Ana' }}.id");
    let made = shell.run(&["eval", &code]).code(0).stdout.trim().to_owned();
    change(&account, &made, "cliengo.contacts.add_note(id, 'called her')");
    shell.undo(1, &["--despite-other-changes"]).code(1).says(&["left alone"]);
    assert!(contact(&account, &made).is_some());
}

#[test]
fn a_contact_that_others_deleted_since_stays_deleted() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    shell.run(&["eval", &format!("cliengo.contacts.update('{id}', {{ rating = 5 }})")]).code(0);
    change(&account, &id, "cliengo.contacts.delete(id)");
    let ran = shell.undo(1, &[]).code(1);
    assert!(ran.stdout.contains("it was deleted since"), "{ran:?}");
    assert!(contact(&account, &id).is_none());
}

#[test]
fn a_lost_create_is_deleted_where_it_is_surely_the_runs_and_told_of_where_it_may_be_anybodys() {
    let account = Account::start();
    let (shell, before) = (Shell::new(&account), account.snapshot().len());
    let create = |name: &str| {
        format!("pcall(cliengo.contacts.create, {{ websiteId = '{SITE}', name = '{name}' }})")
    };
    account.fault(json!({ "route": "POST /contacts", "fault": { "kind": "drop_after" } }));
    shell.run(&["eval", &create("Once")]).code(0);
    shell.run(&["eval", &create("Twice")]).code(0);
    account.admin("DELETE", "/faults", Value::Null);
    change(&account, "", &create("Twice"));
    assert_eq!(account.snapshot().len(), before + 3);
    shell.undo(1, &[]).code(0);
    assert_eq!(account.snapshot().len(), before + 2);
    let ran = shell.undo(2, &[]).code(1);
    assert!(ran.stdout.contains("may be one of these"), "{ran:?}");
    assert_eq!(account.snapshot().len(), before + 2);
}
