//! Every way in which the emulator can fail, on the first page, on a later one, and in a handler's write.

use std::thread;

use cliengo::store::{EventQuery, Store};
use serde_json::{Value, json};

use crate::runs::names;
use crate::script::{Language, Script, new_contacts};
use crate::watched::{Watched, id};

/// The ways to fail, each with whether a create that fails so may have been made.
fn faults() -> Vec<(Value, bool)> {
    let slow = 600_000;
    vec![
        (json!({ "kind": "status", "code": 401 }), false),
        (json!({ "kind": "status", "code": 400 }), false),
        (json!({ "kind": "status", "code": 429, "retry_after": 600 }), false),
        (json!({ "kind": "status", "code": 503, "retry_after": 600 }), true),
        (json!({ "kind": "status", "code": 500, "retry_after": 0 }), true),
        (json!({ "kind": "status", "code": 502, "retry_after": 0, "processed": true }), true),
        (json!({ "kind": "html", "code": 502 }), true),
        (json!({ "kind": "html", "code": 200, "processed": true }), true),
        (json!({ "kind": "drop_before" }), true),
        (json!({ "kind": "drop_after" }), true),
        (json!({ "kind": "reset_mid_body" }), true),
        (json!({ "kind": "truncated_json" }), true),
        (json!({ "kind": "oversized", "bytes": 40 << 20 }), true),
        (json!({ "kind": "redirect", "location": "http://127.0.0.1:9/elsewhere" }), true),
        // The status says that it was made; which contact it is, it does not say.
        (json!({ "kind": "wrong_shape", "body": { "ok": true } }), false),
        (json!({ "kind": "delay", "ms": slow }), true),
        (json!({ "kind": "slow_headers", "ms": slow }), true),
        (json!({ "kind": "slow_body", "ms": slow, "chunks": 3 }), true),
    ]
}

fn never_ends(fault: &Value) -> bool {
    fault["ms"].is_number()
}

/// Runs each on a thread of its own: they mostly wait.
fn for_each(faults: Vec<(Value, bool)>, check: impl Fn(Value, bool) + Sync) {
    let check = &check;
    thread::scope(|scope| {
        for (fault, unknown) in faults {
            scope.spawn(move || check(fault, unknown));
        }
    });
}

/// 45 contacts in pages of 10, which a watch knows, and 35 more.
fn in_pages() -> (Watched, Script) {
    let watched = Watched::in_language(Language::Lua);
    watched.knobs(json!({ "page_cap": 10 }));
    watched.put((1..=45).map(|number| watched.contact(number, -10_000 + i64::from(number))));
    let script = new_contacts().never_sweeps();
    watched.cycle(&script);
    watched.put((46..=80).map(|number| watched.contact(number, -9_000 + i64::from(number))));
    (watched, script)
}

/// What the watch knows.
fn state(watched: &Watched) -> (Vec<String>, usize, Option<Value>) {
    let store = watched.store();
    let events = store.events(&EventQuery::default()).unwrap().len();
    (store.known_ids("w", None, 1_000).unwrap(), events, watched.watch().cursor)
}

/// Polls while lists fail from request `from` on, and then again.
fn fail_a_poll(fault: Value, from: u64) {
    let (watched, script) = in_pages();
    let before = state(&watched);
    let nth: Vec<_> = (from..200).collect();
    watched.account.fault(json!({ "route": "GET /contacts", "nth": nth, "fault": fault }));
    let mut program = watched.program(&script);
    if never_ends(&fault) {
        program = program.arguments(&["--timeout", "2s"]);
    }
    let ran = program.run().silent();
    assert!(ran.code.is_some_and(|code| code != 0), "{fault}: {ran:#?}");
    assert!(!ran.stderr.contains("panicked"), "{fault}: {ran:#?}");
    assert_eq!(state(&watched), before, "{fault} from {from}");
    watched.mend();
    let expected: Vec<_> = (46..=80).map(|number| format!("c{number}")).collect();
    assert_eq!(watched.names(&script), expected, "{fault} from {from}");
    assert!(watched.names(&script).is_empty(), "{fault} from {from}");
}

#[test]
fn point_19_no_fault_of_the_first_page_saves_or_loses_anything() {
    for_each(faults(), |fault, _| fail_a_poll(fault, 1));
}

#[test]
fn point_07_no_fault_of_a_later_page_saves_or_loses_anything() {
    for_each(faults(), |fault, _| fail_a_poll(fault, 3));
}

#[test]
fn point_20_a_write_of_a_handler_whose_outcome_is_unknown_says_so_and_is_tried_again() {
    for_each(faults(), |fault, unknown| {
        let watched = Watched::in_language(Language::Lua);
        watched.put([watched.contact(1, -60), watched.contact(2, -30)]);
        let script = new_contacts().option("from", "beginning").option("timeout", "2s").does(
            "if contact.name == 'c1' then\n\
             cliengo.contacts.create{ websiteId = 'site', name = 'made' } end",
            "",
        );
        let rule = json!({ "route": "POST /contacts", "fault": fault });
        watched.account.fault(rule);
        let ran = watched.run(&script);
        assert!(ran.code.is_some_and(|code| code != 0), "{fault}: {ran:#?}");
        let event = &watched.events(cliengo::store::EventState::Retry)[0];
        assert_eq!((event.contact.as_str(), event.attempts), (id(1).as_str(), 1), "{fault}");
        let run = watched.store().run(event.run.unwrap()).unwrap().unwrap();
        let writes = run.end.unwrap().writes;
        let says = writes.iter().any(|write| write.contains("outcome unknown"));
        assert_eq!(says, unknown, "{fault}: {writes:?} {ran:#?}");
        watched.mend();
        let again = names(&watched.run(&script).code(0));
        assert_eq!(again[0], "c1", "{fault}: {again:?}");
    });
}
