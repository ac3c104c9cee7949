//! `contacts.create(fields, { once = key })`: whatever cuts a create off, there is one contact in the end.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use tempfile::TempDir;

use support::{Account, Program, never_answered};

const SCRIPT: &str = r#"
local fields = { websiteId = "5e8f0a1b2c3d4e5f60718301", name = "Ana", email = "Ana.Once@example.com", phone = "+54 11 5555-0101" }
return cliengo.contacts.create(fields, { once = "lead/1" }).id
"#;

/// An account, and a state that outlives the runs.
struct Place {
    account: Account,
    state: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { account: Account::start(), state: tempfile::tempdir().unwrap() }
    }

    fn run(&self) -> Program {
        let state = self.state.path().to_str().unwrap();
        let program = self.account.program(&["run", "-o", "json", "create.lua"]);
        program.variable("CLIENGO_STATE_DIR", state).file("create.lua", SCRIPT)
    }

    fn created(&self) -> Vec<Value> {
        let contacts = self.account.snapshot();
        let contacts = contacts.iter().map(|contact| serde_json::from_str(contact).unwrap());
        contacts.filter(|it: &Value| it["email"] == "Ana.Once@example.com").collect()
    }

    fn calls(&self, call: &str) -> usize {
        self.account.calls().iter().filter(|it| *it == call).count()
    }

    /// Runs once more, and once again: both give the one contact that there is.
    #[track_caller]
    fn ends_with_one_contact(&self) {
        let ids = [self.run().run().json(), self.run().run().json()];
        let created = self.created();
        assert_eq!(created.len(), 1, "{created:#?}");
        assert_eq!(ids, [created[0]["id"].clone(), created[0]["id"].clone()]);
    }
}

#[test]
fn a_create_that_was_done_is_given_again_without_a_request_for_contacts() {
    let place = Place::new();
    let first = place.run().run().json();
    assert_eq!(place.run().run().json(), first);
    assert_eq!(place.created().len(), 1);
    assert_eq!(place.calls("POST /1.0/contacts"), 1);
    assert_eq!(place.calls("GET /1.0/contacts"), 0);
}

#[test]
fn a_create_whose_answer_was_lost_is_looked_for_and_not_repeated() {
    for fault in [
        json!({ "kind": "drop_after" }),
        json!({ "kind": "status", "code": 500, "processed": true }),
        json!({ "kind": "truncated_json" }),
        json!({ "kind": "reset_mid_body" }),
        json!({ "kind": "html", "code": 502, "processed": true }),
    ] {
        let place = Place::new();
        place.account.fault(json!({ "route": "POST /contacts", "times": 1, "fault": fault }));
        place.run().run().says(&["outcome is unknown"]);
        place.ends_with_one_contact();
        assert_eq!(place.calls("POST /1.0/contacts"), 1, "{fault}");
    }
}

#[test]
fn a_create_that_was_cut_off_by_kill_9_is_looked_for_and_not_repeated() {
    let place = Place::new();
    place.account.fault(never_answered("POST /contacts"));
    let running = place.run().start();
    place.account.wait_until_fired(1);
    running.signal("KILL");
    assert_eq!(running.end().code, None);
    place.account.admin("DELETE", "/faults", Value::Null);
    place.ends_with_one_contact();
    assert_eq!(place.calls("POST /1.0/contacts"), 1);
}

#[test]
fn a_create_that_did_not_get_through_is_made_after_a_look() {
    let place = Place::new();
    let fault = json!({ "kind": "drop_before" });
    place.account.fault(json!({ "route": "POST /contacts", "times": 1, "fault": fault }));
    place.run().run().code(4);
    assert_eq!(place.created().len(), 0);
    place.ends_with_one_contact();
}

#[test]
fn a_create_that_the_api_refused_is_made_anew_without_a_look() {
    let place = Place::new();
    let fault = json!({ "kind": "status", "code": 422 });
    place.account.fault(json!({ "route": "POST /contacts", "times": 1, "fault": fault }));
    place.run().run().code(1).says(&["422"]);
    place.ends_with_one_contact();
    assert_eq!(place.calls("GET /1.0/contacts"), 0);
}

#[test]
fn a_create_that_never_reached_the_api_is_made_anew_without_a_look() {
    let place = Place::new();
    let nowhere = ["--base-url", "http://127.0.0.1:9/1.0"];
    place.run().arguments(&nowhere).run().code(4).says(&["no connection"]);
    place.ends_with_one_contact();
    assert_eq!(place.calls("GET /1.0/contacts"), 0);
}

#[test]
fn a_create_that_was_refused_after_one_whose_outcome_is_unknown_stays_looked_for() {
    let place = Place::new();
    let once = |fault| json!({ "route": "POST /contacts", "times": 1, "fault": fault });
    place.account.fault(once(json!({ "kind": "drop_before" })));
    place.run().run().code(4);
    place.account.fault(once(json!({ "kind": "status", "code": 422 })));
    place.run().run().code(1).says(&["422"]);
    let looked = place.calls("GET /1.0/contacts");
    place.ends_with_one_contact();
    assert!(place.calls("GET /1.0/contacts") > looked);
}

#[test]
fn another_contact_with_other_values_is_not_taken_for_the_one() {
    let place = Place::new();
    let fault = json!({ "kind": "drop_before" });
    place.account.fault(json!({ "route": "POST /contacts", "times": 1, "fault": fault }));
    place.run().run().code(4);
    let similar = json!([{ "id": "6b0000000000000000000001", "name": "Ana", "websiteId": "w",
        "email": "ana.once@example.com", "creationDate": support::NOW }]);
    place.account.put(&similar.to_string());
    place.ends_with_one_contact();
}

#[test]
fn a_run_that_may_only_read_gives_what_was_created_and_creates_nothing() {
    let place = Place::new();
    place.run().arguments(&["--read-only"]).run().code(1).says(&["may only read"]);
    let first = place.run().run().json();
    assert_eq!(place.run().arguments(&["--read-only"]).run().json(), first);
}
