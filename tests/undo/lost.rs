//! A create whose answer was lost: what is surely its contact is deleted, and nothing else is.

use cliengo::emulator::EmulatorOptions;
use serde_json::{Value, json};

use crate::script::SITE;
use crate::shell::{Shell, contact, ids};
use crate::support::Account;

/// An account whose clock goes on.
fn account() -> Account {
    Account::of(EmulatorOptions { contacts: 5, seed: 7, ..EmulatorOptions::default() })
}

fn create(fields: &str) -> String {
    format!("return cliengo.contacts.create{{ websiteId = '{SITE}', {fields} }}.id")
}

/// A run whose create gets no answer: it was done, or it was not.
fn lose(shell: &Shell<'_>, fields: &str, is_done: bool) {
    let kind = if is_done { "drop_after" } else { "drop_before" };
    shell.account.fault(json!({ "route": "POST /contacts", "fault": { "kind": kind } }));
    shell.run(&["eval", &create(fields)]).says(&["unknown"]);
    shell.account.admin("DELETE", "/faults", Value::Null);
}

/// Somebody else's work, of which the journal knows nothing.
fn other(account: &Account, code: &str) -> String {
    account.program(&["eval", code, "--no-undo"]).run().code(0).stdout.trim().to_owned()
}

#[test]
fn one_that_another_run_created_is_not_deleted_in_its_place() {
    let account = account();
    let shell = Shell::new(&account);
    lose(&shell, "name = 'Ana', email = 'ana@example.com'", false);
    let code = create("name = 'Ana', email = 'ana@example.com'");
    let made = shell.run(&["eval", &code]).code(0).stdout.trim().to_owned();
    let undone = shell.undo(1, &[]).code(0);
    assert!(undone.stdout.contains("it was not made"), "{undone:?}");
    assert!(contact(&account, &made).is_some());
}

#[test]
fn one_with_more_than_was_sent_is_somebody_elses() {
    let account = account();
    let shell = Shell::new(&account);
    lose(&shell, "name = 'Ana'", false);
    let lead =
        other(&account, &create("name = 'Ana', email = 'real@example.com', message = 'Hola'"));
    let undone = shell.undo(1, &[]).code(1);
    assert!(undone.stdout.contains("left alone") && undone.stdout.contains(&lead), "{undone:?}");
    assert!(contact(&account, &lead).is_some());
}

#[test]
fn one_that_somebody_worked_with_since_is_left_alone() {
    for change in ["{ rating = 5, note = 'a good customer' }", "{ email = 'other@example.com' }"] {
        let account = account();
        let shell = Shell::new(&account);
        lose(&shell, "name = 'Dora', email = 'dora@example.com'", true);
        let made = ids(&account, 1).remove(0);
        other(&account, &format!("cliengo.contacts.update('{made}', {change})"));
        let undone = shell.undo(1, &[]).code(1);
        assert!(undone.stdout.contains(&made), "{undone:?}");
        assert!(contact(&account, &made).is_some(), "{change}");
    }
}

#[test]
fn one_that_another_run_wrote_to_is_left_alone_though_it_looks_as_it_was_sent() {
    let account = account();
    let shell = Shell::new(&account);
    lose(&shell, "name = 'Dora'", true);
    let made = ids(&account, 1).remove(0);
    shell
        .run(&["eval", &format!("cliengo.contacts.update('{made}', {{ name = 'Dora' }})")])
        .code(0);
    shell.undo(1, &[]).code(1);
    assert!(contact(&account, &made).is_some());
}

#[test]
fn one_that_two_runs_may_have_created_is_left_alone() {
    let account = account();
    let shell = Shell::new(&account);
    lose(&shell, "name = 'Dora'", false);
    lose(&shell, "name = 'Dora'", true);
    let made = ids(&account, 1).remove(0);
    shell.undo(1, &[]).code(1);
    assert!(contact(&account, &made).is_some());
}

#[test]
fn one_that_is_as_it_was_sent_is_deleted() {
    let account = account();
    let shell = Shell::new(&account);
    lose(&shell, "name = 'Dora', email = 'dora@example.com'", true);
    let made = ids(&account, 1).remove(0);
    shell.undo(1, &[]).code(0);
    assert!(contact(&account, &made).is_none());
}

#[test]
fn an_apply_does_not_take_somebody_elses_contact_for_the_one_it_may_have_created() {
    let account = account();
    let shell = Shell::new(&account);
    let plan = shell.state.path().join("plan.json");
    let plan = plan.to_str().unwrap();
    let code = format!(
        "local a = cliengo.contacts.create{{ websiteId = '{SITE}', name = 'Ana' }}\n\
         cliengo.contacts.update(a.id, {{ email = 'campaign@example.com', phone = '+54 911 999' }})"
    );
    shell.run(&["eval", &code, "--dry-run", "--plan", plan]).code(0);
    account.fault(json!({ "route": "POST /contacts", "fault": { "kind": "drop_before" } }));
    shell.run(&["apply", plan]).code(1);
    account.admin("DELETE", "/faults", Value::Null);
    let lead = other(&account, &create("name = 'Ana', email = 'real@example.com'"));
    let applied = shell.run(&["apply", plan]).code(1);
    assert!(applied.stdout.contains("refused") && applied.stdout.contains(&lead), "{applied:?}");
    assert_eq!(contact(&account, &lead).unwrap()["email"], "real@example.com");
}

#[test]
fn a_new_address_of_the_account_is_known_by_the_site_of_a_lost_create_too() {
    let account = account();
    let shell = Shell::new(&account);
    lose(&shell, "name = 'Solo'", true);
    let made = ids(&account, 1).remove(0);
    let url = account.emulator.base_url().replace("127.0.0.1", "localhost");
    shell.program(&["runs", "undo", "1"]).variable("CLIENGO_BASE_URL", &url).run().code(0);
    assert!(contact(&account, &made).is_none());
}
