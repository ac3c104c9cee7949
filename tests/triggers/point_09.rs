//! 9. Dead letters: what failed too often is kept, with all that is needed to mend it.

use cliengo::store::{EventState, Store};
use serde_json::Value;

use crate::runs::{calls, names};
use crate::script::{BOTH, Language, Script, new_contacts};
use crate::watched::{Watched, id};

/// Three contacts, of which the second is poison.
fn poisoned(language: Language, on_error: &str) -> (Watched, Script) {
    let watched = Watched::in_language(language);
    watched.put((1..=3).map(|number| watched.contact(number, -600 + i64::from(number))));
    let script = new_contacts().option("from", "beginning").option("on_error", on_error);
    (watched, script.option("max_attempts", 3).fails_for("c2").tells())
}

#[test]
fn point_09_after_its_attempts_an_event_is_dead_with_all_that_is_known_of_it() {
    for language in BOTH {
        let (watched, script) = poisoned(language, "retry");
        watched.run(&script).code(1);
        assert_eq!(names(&watched.run(&script).code(1)), ["c2"]);
        let ran = watched.run(&script).code(1).says(&["no c2", "dead after attempt 3", "1 dead"]);
        let told = calls(&ran).pop().unwrap();
        assert_eq!((told.contact.as_str(), told.attempt, told.key), ("dead", 3, id(2)));
        assert!(watched.names(&script).is_empty());
        let dead = watched.events(EventState::Dead).pop().unwrap();
        let payload: Value = serde_json::from_slice(&dead.payload).unwrap();
        assert_eq!((payload["name"].as_str(), dead.attempts), (Some("c2"), 3));
        assert!(dead.error.unwrap().contains("no c2"));
        assert_eq!(dead.script_hash.unwrap().len(), 16);
        let run = watched.store().run(dead.run.unwrap()).unwrap().unwrap();
        assert_eq!((run.event, run.attempt), (Some(dead.id), Some(3)));
    }
}

#[test]
fn point_09_a_dead_event_is_retried_or_dropped_when_somebody_says_so() {
    let (watched, script) = poisoned(Language::Lua, "dead");
    assert_eq!(names(&watched.run(&script).code(1)), ["c1", "c2", "dead", "c3"]);
    let dead = &watched.look("dead")[0];
    assert_eq!((&dead["contact"], &dead["attempts"]), (&id(2).into(), &1.into()));
    let shown = watched.look(&format!("dead show {}", dead["id"]));
    assert!(shown.to_string().contains("no c2") && shown.to_string().contains("\"c2\""));
    watched.steer(&format!("dead retry {}", dead["id"]));
    let calls = watched.cycle(&new_contacts());
    assert_eq!((calls[0].contact.as_str(), calls[0].attempt, calls.len()), ("c2", 1, 1));
    assert_eq!(watched.look("dead"), Value::Array(vec![]));
    let (watched, script) = poisoned(Language::Lua, "dead");
    watched.run(&script).code(1);
    watched.steer(&format!("dead drop {}", watched.look("dead")[0]["id"]));
    assert!(watched.names(&new_contacts()).is_empty());
    assert_eq!(watched.events(EventState::Dropped).len(), 1);
}

#[test]
fn point_09_a_daemon_handles_a_dead_event_once_more_when_somebody_says_so() {
    let (watched, script) = poisoned(Language::Lua, "dead");
    let mut daemon = watched.serve(&script.option("every", "1h"));
    for name in ["c1", "c2", "dead", "c3"] {
        assert_eq!(crate::runs::called(&daemon.line()).contact, name);
    }
    watched.steer("dead retry --all");
    assert_eq!(crate::runs::called(&daemon.line()).contact, "c2");
    daemon.signal("KILL");
    daemon.end();
}

#[test]
fn point_09_what_is_skipped_is_let_go_after_one_attempt() {
    for language in BOTH {
        let (watched, script) = poisoned(language, "skip");
        let ran = watched.run(&script).code(1).says(&["no c2", "skipped"]);
        assert_eq!(names(&ran), ["c1", "c2", "c3"]);
        assert_eq!(watched.events(EventState::Dropped).len(), 1);
        assert!(watched.names(&script).is_empty());
    }
}

#[test]
fn point_09_a_watch_that_stops_stands_still_until_it_is_resumed_and_loses_nothing() {
    for language in BOTH {
        let (watched, script) = poisoned(language, "stop");
        let ran = watched.run(&script).code(1).says(&["no c2", "stands still"]);
        assert_eq!(names(&ran), ["c1", "c2", "dead"]);
        watched.put([watched.contact(4, -60)]);
        watched.run(&script).code(1).silent().says(&["paused", "no c2", "watches resume w"]);
        watched.steer("watches resume w");
        let calls = watched.cycle(&new_contacts());
        let told: Vec<_> = calls.iter().map(|c| (c.contact.as_str(), c.attempt)).collect();
        assert_eq!(told, [("c2", 2), ("c3", 1), ("c4", 1)]);
    }
}
