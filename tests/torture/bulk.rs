//! Calls over many contacts: how much is under way at once, and what a run that is cut short tells.

use serde_json::json;

use crate::support::{Account, never_answered};

/// Sets the rating of every contact, `concurrency` at a time.
fn rate_all(concurrency: usize) -> [(&'static str, String); 2] {
    [
        (
            "s.lua",
            format!(
                "local changes = {{}}
                 for contact in cliengo.contacts.each() do
                     table.insert(changes, {{ id = contact.id, rating = 5 }})
                 end
                 return cliengo.contacts.update_many(changes, {{ concurrency = {concurrency} }})"
            ),
        ),
        (
            "s.rhai",
            format!(
                "let changes = [];
                 for contact in cliengo.contacts.each() {{
                     changes.push(#{{ id: contact.id, rating: 5 }});
                 }}
                 cliengo.contacts.update_many(changes, #{{ concurrency: {concurrency} }})"
            ),
        ),
    ]
}

fn patches(account: &Account) -> usize {
    account.calls().iter().filter(|call| call.starts_with("PATCH")).count()
}

#[test]
fn no_more_calls_are_under_way_than_allowed_and_a_cancel_tells_of_each_contact() {
    for (name, script) in rate_all(5) {
        let account = Account::start();
        // The first 40 are done; of the next five nobody hears again.
        let numbers: Vec<_> = (41..=120).collect();
        let mut rule = never_answered("PATCH /contacts/:id");
        rule["nth"] = json!(numbers);
        account.fault(rule);
        let running = account.program(&["run", name]).file(name, &script).start();
        account.wait_until_fired(5);
        running.signal("INT");
        let ran = running.end().code(130).silent();
        assert_eq!(patches(&account), 45, "{ran:?}");
        let ran = ran.says(&[
            "error: the run was cancelled",
            "these writes:",
            "  40 PATCH done, 5 outcome unknown\n",
            "— outcome unknown\n",
            "— outcome unknown\n",
            "  … and 25 more\n",
            "75 writes were not begun.",
        ]);
        let listed: Vec<_> =
            ran.stderr.lines().filter(|line| line.starts_with("  PATCH /")).collect();
        let unknown = listed.iter().take_while(|line| line.ends_with("outcome unknown")).count();
        assert_eq!((unknown, listed.len()), (5, 20), "{ran:?}");
    }
}

#[test]
fn a_run_that_may_only_read_refuses_the_whole_call() {
    let account = Account::start();
    for call in [
        "create_many{ { name = 'Ana' } }",
        "update_many{ { id = 'a', rating = 1 } }",
        "delete_many{ 'a' }",
    ] {
        let code = format!("cliengo.contacts.{call}");
        let ran = account.program(&["eval", "--read-only", &code]).run().code(1).silent();
        ran.says(&["error: contacts.", "_many: this run may only read", "hint: leave --read-only"]);
    }
    let upsert = "cliengo.contacts.upsert({ email = 'a@b.co' }, { rating = 1 })";
    let ran = account.program(&["eval", "--read-only", upsert]).run().code(1).silent();
    ran.says(&["error: contacts.upsert: this run may only read"]);
    assert!(account.calls().is_empty(), "{:?}", account.calls());
}

#[test]
fn a_refused_key_begins_no_further_item() {
    for (name, script) in rate_all(1) {
        let account = Account::start();
        let refused = json!({ "kind": "status", "code": 403 });
        account.fault(json!({ "route": "PATCH /contacts/:id", "nth": [11], "fault": refused }));
        let outcomes =
            account.program(&["run", "-o", "json", name]).file(name, &script).run().json();
        assert_eq!(patches(&account), 11);
        let outcomes = outcomes.as_array().unwrap();
        let kind = |kind: &str| outcomes.iter().filter(|it| it["error"]["kind"] == kind).count();
        let done = outcomes.iter().filter(|outcome| outcome["ok"] == true).count();
        assert_eq!((done, kind("unauthorized"), kind("cancelled")), (10, 1, 109));
        let message = "not attempted: the API refused the key at an earlier item";
        assert_eq!(outcomes[119]["error"]["message"], message);
    }
}

#[test]
fn a_create_whose_answer_is_lost_is_its_items_own_error_and_is_not_repeated() {
    let account = Account::start();
    let lost = json!({ "kind": "drop_after" });
    account.fault(json!({ "route": "POST /contacts", "nth": [2], "fault": lost }));
    let code = "local site = cliengo.sites.list()[1].id
                return cliengo.contacts.create_many({
                    { websiteId = site, name = 'a' }, { websiteId = site, name = 'b' }, { websiteId = site, name = 'c' },
                }, { concurrency = 1 })";
    let outcomes = account.program(&["eval", "-o", "json", code]).run().json();
    let ok: Vec<_> = (0..3).map(|index| outcomes[index]["ok"] == true).collect();
    assert_eq!(ok, [true, false, true]);
    let error = &outcomes[1]["error"];
    assert!(error["hint"].as_str().unwrap().contains("the outcome is unknown"), "{error}");
    assert_eq!((&error["retryable"], &error["method"]), (&json!(false), &json!("POST")));
    assert_eq!(account.calls().iter().filter(|call| call.starts_with("POST")).count(), 3);
}
