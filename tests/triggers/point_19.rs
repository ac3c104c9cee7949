//! 19. A failing API is visible, and moves no cursor. See `faults` for each way to fail.

use serde_json::json;

use crate::runs::{called, names};
use crate::script::{Language, Script, new_contacts};
use crate::watched::Watched;

/// A watch that has begun, and one contact more.
fn begun() -> (Watched, Script) {
    let watched = Watched::in_language(Language::Lua);
    watched.put([watched.contact(1, -60)]);
    let script = new_contacts().option("every", "1s");
    watched.cycle(&script);
    watched.put([watched.contact(2, -30)]);
    (watched, script)
}

fn refuse(watched: &Watched, code: u16, more: serde_json::Value) {
    let mut fault = json!({ "kind": "status", "code": code });
    fault.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    watched.account.fault(json!({ "route": "GET /contacts", "fault": fault }));
}

#[test]
fn point_19_a_refused_key_ends_with_code_3_says_how_to_mend_it_and_moves_nothing() {
    let (watched, script) = begun();
    refuse(&watched, 401, json!({}));
    let before = watched.watch();
    watched.run(&script).code(3).silent().says(&["w: 0 new", "401"]);
    let after = watched.watch();
    assert_eq!((after.cursor, after.failures), (before.cursor, 1));
    assert!(after.last_error.unwrap().contains("CLIENGO_API_KEY"));
    watched.mend();
    assert_eq!(watched.names(&script), ["c2"]);
    assert_eq!((watched.watch().failures, watched.watch().last_error), (0, None));
}

#[test]
fn point_19_a_refused_key_uses_up_no_attempt_of_what_waits() {
    for daemon in [false, true] {
        let watched = Watched::in_language(Language::Lua);
        watched.put((1..=4).map(|number| watched.contact(number, -600 + i64::from(number))));
        let script = new_contacts().option("from", "beginning").option("limit", 2);
        assert_eq!(watched.names(&script), ["c1", "c2"]);
        refuse(&watched, 401, json!({}));
        if daemon {
            let mut daemon = watched.serve(&script);
            daemon.says("stands still until");
            daemon.signal("TERM");
            daemon.end().code(0).silent();
        } else {
            watched.run(&script).code(3).silent();
        }
        watched.mend();
        let calls = watched.cycle(&script);
        let told: Vec<_> = calls.iter().map(|c| (c.contact.as_str(), c.attempt)).collect();
        assert_eq!(told, [("c3", 1), ("c4", 1)]);
    }
}

#[test]
fn point_19_each_failed_poll_is_counted_until_one_goes_well() {
    let (watched, script) = begun();
    for (code, failures) in [(500, 1), (429, 2), (503, 3), (404, 4)] {
        watched.mend();
        refuse(&watched, code, json!({ "retry_after": 600 }));
        watched.run(&script).code(1).silent().says(&[&code.to_string()]);
        assert_eq!(watched.watch().failures, failures);
    }
    watched.mend();
    assert_eq!(watched.names(&script), ["c2"]);
    assert_eq!(watched.watch().failures, 0);
}

#[test]
fn point_19_a_daemon_stands_still_after_a_refused_key_says_how_to_mend_it_and_goes_on_then() {
    let (watched, script) = begun();
    refuse(&watched, 401, json!({}));
    let mut daemon = watched.serve(&script);
    daemon.says("stands still until the API key is mended");
    let pause = watched.watch().pause.unwrap();
    assert!(pause.until_restart && pause.reason.contains("SIGHUP"), "{pause:?}");
    watched.mend();
    daemon.signal("HUP");
    assert_eq!(called(&daemon.line()).contact, "c2");
    assert_eq!(watched.watch().pause, None);
    daemon.signal("TERM");
    assert!(names(&daemon.end().code(0)).is_empty());
}

#[test]
fn point_19_a_daemon_backs_off_while_the_api_fails_and_then_finds_all() {
    let (watched, script) = begun();
    refuse(&watched, 500, json!({ "retry_after": 600 }));
    let before = watched.watch();
    let mut daemon = watched.serve(&script);
    daemon.says("poll failed (1 in a row)");
    daemon.says("poll failed (2 in a row)");
    let after = watched.watch();
    assert_eq!((after.cursor, after.failures >= 1), (before.cursor, true));
    watched.mend();
    assert_eq!(called(&daemon.line()).contact, "c2");
    daemon.signal("TERM");
    daemon.end().code(0);
}
