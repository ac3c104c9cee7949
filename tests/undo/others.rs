//! What others changed since a run is theirs.

use serde_json::{Value, json};

use crate::restored::Contacts;
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
fn what_others_changed_while_the_run_went_on_stays() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    let rating = contact(&account, &id).unwrap()["rating"].clone();
    let code = format!(
        "cliengo.contacts.update('{id}', {{ name = 'Of the run' }})\nprint('one')\n\
         repeat until cliengo.contacts.get('{id}').name == 'Of others'\n\
         cliengo.contacts.update('{id}', {{ rating = 0 }})"
    );
    let mut run = shell.start_script(&code);
    assert_eq!(run.line(), "one\n");
    change(&account, &id, "cliengo.contacts.update(id, { name = 'Of others' })");
    run.end().code(0);
    let undone = shell.undo(1, &[]).code(0);
    assert!(undone.stdout.contains("name, which others changed during the run"), "{undone:?}");
    let now = contact(&account, &id).unwrap();
    assert_eq!((&now["name"], &now["rating"]), (&json!("Of others"), &rating));
}

#[test]
fn what_others_changed_while_the_run_went_on_comes_back_with_a_contact_that_it_deleted() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    let code = format!(
        "cliengo.contacts.update('{id}', {{ name = 'Of the run' }})\nprint('one')\n\
         repeat until cliengo.contacts.get('{id}').name == 'Of others'\ncliengo.contacts.delete('{id}')"
    );
    let mut run = shell.start_script(&code);
    assert_eq!(run.line(), "one\n");
    change(&account, &id, "cliengo.contacts.update(id, { name = 'Of others' })");
    run.end().code(0);
    let report = shell.report(1, &[]);
    let anew = report["items"][0]["new_id"].as_str().unwrap();
    assert_eq!(contact(&account, anew).unwrap()["name"], "Of others");
}

#[test]
fn a_contact_that_others_changed_while_the_run_that_made_it_went_on_is_not_deleted() {
    let account = Account::start();
    let shell = Shell::new(&account);
    let code = format!(
        "local id = cliengo.contacts.create{{ websiteId = '{SITE}', name = 'Ana' }}.id\nprint(id)\n\
         repeat until cliengo.contacts.get(id).phone\ncliengo.contacts.update(id, {{ rating = 3 }})"
    );
    let mut run = shell.start_script(&code);
    let made = run.line().trim().to_owned();
    change(&account, &made, "cliengo.contacts.update(id, { phone = '+54 11 5555 0000' })");
    run.end().code(0);
    shell.undo(1, &[]).code(1);
    assert!(contact(&account, &made).is_some());
}

#[test]
fn runs_that_are_undone_one_after_another_lead_back_to_where_they_began() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    let before = Contacts::of(&account);
    let code = format!("return cliengo.contacts.create{{ websiteId = '{SITE}', name = 'Ana' }}.id");
    let made = shell.run(&["eval", &code]).code(0).stdout.trim().to_owned();
    for code in [
        format!("cliengo.contacts.update('{made}', {{ rating = 4 }})"),
        format!("cliengo.contacts.delete('{made}')"),
        format!("cliengo.contacts.update('{id}', {{ rating = 4, name = 'Changed' }})"),
        format!("cliengo.contacts.delete('{id}')"),
    ] {
        shell.run(&["eval", &code]).code(0);
    }
    for run in (1..=5).rev() {
        shell.undo(run, &[]).code(0);
    }
    Contacts::of(&account).assert_is(&before);
}

#[test]
fn a_contact_that_was_made_anew_and_changed_since_is_left_alone() {
    let account = Account::start();
    let shell = Shell::new(&account);
    let code = format!("return cliengo.contacts.create{{ websiteId = '{SITE}', name = 'Ana' }}.id");
    let made = shell.run(&["eval", &code]).code(0).stdout.trim().to_owned();
    shell.run(&["eval", &format!("cliengo.contacts.delete('{made}')")]).code(0);
    let report = shell.report(2, &[]);
    let anew = report["items"][0]["new_id"].as_str().unwrap();
    change(&account, anew, "cliengo.contacts.update(id, { phone = '+54 11 5555 0000' })");
    shell.undo(1, &[]).code(1);
    assert!(contact(&account, anew).is_some());
}

#[test]
fn two_undos_at_once_make_nothing_anew_twice() {
    let account = Account::start();
    let (shell, before) = (Shell::new(&account), Contacts::of(&account));
    let deletes =
        ids(&account, 3).into_iter().map(|id| format!("cliengo.contacts.delete('{id}')\n"));
    shell.run_script(&deletes.collect::<String>()).code(0);
    account.fault(json!({
        "route": "POST /contacts", "nth": [1], "fault": { "kind": "slow_headers", "ms": 1_500 }
    }));
    let first = shell.start(&["runs", "undo", "1"]);
    account.wait_until_fired(1);
    shell.undo(1, &[]).code(5).says(&["another process undoes a run"]);
    first.end().code(0);
    Contacts::of(&account).assert_is(&before);
}

#[test]
fn the_hint_stands_on_a_line_of_its_own_and_only_where_it_helps() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    shell.run(&["eval", &format!("cliengo.contacts.update('{id}', {{ rating = 5 }})")]).code(0);
    change(&account, &id, "cliengo.contacts.update(id, { phone = '+54 11 5555 0000' })");
    shell.undo(1, &["--dry-run"]).code(1).says(&["\n  hint: --despite-other-changes"]);
    change(&account, &id, "cliengo.contacts.update(id, { rating = 1 })");
    let undone = shell.undo(1, &["--dry-run"]).code(1);
    assert!(!undone.stderr.contains("hint:"), "{undone:?}");
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
