//! 11. Restart: after `kill -9` every event that was saved is handled, and only the run in flight repeats.

use cliengo::store::{EventState, RunQuery, RunState, Store};
use serde_json::json;

use crate::runs::{called, calls};
use crate::script::{BOTH, Language, Script, new_contacts};
use crate::watched::Watched;

/// A handler that hangs on its first attempt at the contact of this name.
fn hangs_at(name: &str) -> Script {
    new_contacts().option("from", "beginning").does(
        &format!("if contact.name == '{name}' and event.attempt == 1 then cliengo.sleep(600) end"),
        &format!("if contact.name == \"{name}\" && event.attempt == 1 {{ cliengo.sleep(600) }}"),
    )
}

fn four(language: Language) -> Watched {
    let watched = Watched::in_language(language);
    watched.put((1..=4).map(|number| watched.contact(number, -600 + i64::from(number))));
    watched
}

/// What the rest of the four contacts is, after the handler of number `at` was cut off.
fn rest(at: u32) -> Vec<(String, u32)> {
    (at..=4).map(|number| (format!("c{number}"), if number == at { 2 } else { 1 })).collect()
}

#[test]
fn point_11_a_run_that_is_killed_in_a_handler_repeats_that_one_alone_and_says_so() {
    for language in BOTH {
        for at in 1..=4 {
            let watched = four(language);
            let script = hangs_at(&format!("c{at}"));
            let mut running = watched.program(&script).start();
            for number in 1..=at {
                assert_eq!(called(&running.line()).contact, format!("c{number}"));
            }
            running.signal("KILL");
            running.end();
            let calls = watched.cycle(&script);
            let told: Vec<_> = calls.into_iter().map(|call| (call.contact, call.attempt)).collect();
            assert_eq!(told, rest(at), "{language:?}");
            assert!(watched.names(&script).is_empty());
            let lost = RunQuery { state: Some(RunState::Lost), ..RunQuery::default() };
            assert_eq!(watched.store().runs(&lost).unwrap().len(), 1);
        }
    }
}

#[test]
fn point_11_a_daemon_that_is_killed_in_a_handler_goes_on_where_it_was() {
    for language in BOTH {
        let watched = four(language);
        let script = hangs_at("c2");
        let mut daemon = watched.serve(&script);
        daemon.line();
        assert_eq!(called(&daemon.line()).contact, "c2");
        daemon.signal("KILL");
        daemon.end();
        let mut daemon = watched.serve(&script);
        let told: Vec<_> = (2..=4)
            .map(|_| called(&daemon.line()))
            .map(|call| (call.contact, call.attempt))
            .collect();
        assert_eq!(told, rest(2), "{language:?}");
        daemon.signal("TERM");
        let ran = daemon.end().code(0);
        assert!(calls(&ran).is_empty());
        assert_eq!(watched.events(EventState::Done).len(), 4);
    }
}

#[test]
fn point_11_a_run_that_is_killed_in_the_middle_of_a_poll_has_saved_nothing() {
    let watched = Watched::empty();
    watched.knobs(json!({ "page_cap": 10 }));
    watched.put((1..=45).map(|number| watched.contact(number, -600 + i64::from(number))));
    watched.account.fault(json!({
        "route": "GET /contacts", "nth": [3], "fault": { "kind": "slow_headers", "ms": 600_000 }
    }));
    let script = new_contacts().option("from", "beginning");
    let running = watched.program(&script).start();
    watched.account.wait_until_fired(1);
    running.signal("KILL");
    running.end();
    assert!(watched.store().known_ids("w", None, 100).unwrap().is_empty());
    let expected: Vec<_> = (1..=45).map(|number| (format!("c{number}"), 1)).collect();
    let calls = watched.cycle(&script);
    let told: Vec<_> = calls.into_iter().map(|call| (call.contact, call.attempt)).collect();
    assert_eq!(told, expected);
}

#[test]
fn point_11_an_event_that_kills_the_program_each_time_is_dead_in_the_end() {
    let watched = four(Language::Lua);
    let deadly = new_contacts()
        .option("from", "beginning")
        .option("max_attempts", 2)
        .does("if contact.name == 'c1' then cliengo.sleep(600) end", "");
    for attempt in [1, 2] {
        let mut running = watched.program(&deadly).start();
        assert_eq!(called(&running.line()).attempt, attempt);
        running.signal("KILL");
        running.end();
    }
    assert_eq!(watched.names(&deadly), ["c2", "c3", "c4"]);
    assert_eq!(watched.events(EventState::Dead).len(), 1);
}
