//! 8. Ack after success: one poison contact never blocks the watch.

use cliengo::store::{EventState, Store};

use crate::runs::{called, calls};
use crate::script::{BOTH, Language, new_contacts};
use crate::watched::Watched;

fn told(watched: &Watched, script: &crate::script::Script, code: i32) -> Vec<String> {
    let ran = watched.run(script).code(code);
    calls(&ran).iter().map(|call| format!("{}#{}", call.contact, call.attempt)).collect()
}

#[test]
fn point_08_one_poison_contact_never_blocks_the_others_and_is_tried_again() {
    for language in BOTH {
        let watched = Watched::in_language(language);
        watched.put((1..=4).map(|number| watched.contact(number, -600 + i64::from(number))));
        let poison = new_contacts().option("from", "beginning").fails_for("c2");
        assert_eq!(told(&watched, &poison, 1), ["c1#1", "c2#1", "c3#1", "c4#1"]);
        let mark = watched.mark();
        watched.put([watched.contact(5, -60)]);
        assert_eq!(told(&watched, &poison, 1), ["c2#2", "c5#1"]);
        assert!(watched.mark() > mark);
        let mended = new_contacts();
        assert_eq!(told(&watched, &mended, 0), ["c2#3"]);
        assert!(told(&watched, &mended, 0).is_empty());
        let counts = watched.store().event_counts("w").unwrap();
        assert_eq!(counts, [(EventState::Done, 5)]);
    }
}

#[test]
fn point_08_a_daemon_tries_again_when_it_is_due_and_not_with_the_next_poll() {
    for language in BOTH {
        let watched = Watched::in_language(language);
        watched.put((1..=3).map(|number| watched.contact(number, -600 + i64::from(number))));
        let script = new_contacts().option("from", "beginning").option("every", "1h").does(
            "if contact.name == 'c1' and event.attempt == 1 then error('busy') end",
            "if contact.name == \"c1\" && event.attempt == 1 { throw \"busy\" }",
        );
        let mut daemon = watched.serve(&script);
        let told: Vec<_> = (0..4)
            .map(|_| called(&daemon.line()))
            .map(|call| format!("{}#{}", call.contact, call.attempt))
            .collect();
        assert_eq!(told, ["c1#1", "c2#1", "c3#1", "c1#2"]);
        daemon.signal("TERM");
        daemon.end().code(0);
        assert_eq!(watched.events(EventState::Done).len(), 3);
    }
}

#[test]
fn point_08_an_event_is_handled_only_once_its_handler_came_to_its_end() {
    let watched = Watched::in_language(Language::Lua);
    watched.put([watched.contact(1, -60)]);
    let script = new_contacts().option("from", "beginning").does("cliengo.sleep(600)", "");
    let mut running = watched.program(&script).start();
    running.line();
    assert_eq!(watched.events(EventState::Running).len(), 1);
    assert!(watched.events(EventState::Done).is_empty());
    running.signal("INT");
    running.end().code(130);
    assert_eq!(told(&watched, &new_contacts(), 0), ["c1#2"]);
}
