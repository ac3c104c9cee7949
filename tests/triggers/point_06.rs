//! 6. Limit: at most so many events a cycle, oldest first, and no ceiling on the rest.

use cliengo::store::{EventState, Store};
use serde_json::json;

use crate::runs::called;
use crate::script::{BOTH, new_contacts};
use crate::watched::Watched;

#[test]
fn point_06_a_cycle_hands_over_its_limit_oldest_first_and_the_rest_waits_in_order() {
    for language in BOTH {
        let watched = Watched::in_language(language);
        let script = new_contacts().option("limit", 3);
        watched.cycle(&script);
        // The order of ids is the other way round.
        watched.put((1..=7).map(|number| watched.contact(number, -100 * i64::from(number))));
        let ran = watched.run(&script).code(0).says(&["w: 7 new, 3 handled", "4 waiting"]);
        assert_eq!(crate::runs::names(&ran), ["c7", "c6", "c5"]);
        watched.put([watched.contact(8, 1), watched.contact(9, -350)]);
        assert_eq!(watched.names(&script), ["c4", "c9", "c3"]);
        assert_eq!(watched.names(&script), ["c2", "c1", "c8"]);
        assert!(watched.names(&script).is_empty());
    }
}

#[test]
fn point_06_there_is_no_ceiling_on_what_waits() {
    let watched = Watched::empty();
    watched.put((1..=2_500).map(|number| watched.contact(number, -10_000 + i64::from(number))));
    let script = new_contacts().option("from", "beginning").option("limit", 2);
    assert_eq!(watched.names(&script), ["c1", "c2"]);
    let counts = watched.store().event_counts("w").unwrap();
    assert_eq!(counts, [(EventState::Pending, 2_498), (EventState::Done, 2)]);
    assert_eq!(watched.names(&script), ["c3", "c4"]);
}

#[test]
fn point_06_a_daemon_hands_over_its_limit_a_cycle_and_the_rest_in_later_ones() {
    let watched = Watched::empty();
    watched.put((1..=5).map(|number| watched.contact(number, -600 + i64::from(number))));
    let script = new_contacts().option("from", "beginning").option("limit", 2);
    let handed = |every: &str, count: usize| {
        let mut daemon = watched.serve(&script.clone().option("every", every));
        let names: Vec<_> = (0..count).map(|_| called(&daemon.line()).contact).collect();
        daemon.signal("TERM");
        assert_eq!(daemon.end().code(0).stdout, "");
        names
    };
    assert_eq!(handed("1h", 2), ["c1", "c2"]);
    assert_eq!(watched.events(EventState::Pending).len(), 3);
    assert_eq!(handed("1s", 3), ["c3", "c4", "c5"]);
}

#[test]
fn point_06_what_failed_counts_against_the_limit_too() {
    let watched = Watched::empty();
    watched.put((1..=6).map(|number| watched.contact(number, -600 + i64::from(number))));
    let script = new_contacts().option("from", "beginning").option("limit", 2).fails_for("c1");
    for handled in [["c1", "c2"], ["c1", "c3"], ["c1", "c4"]] {
        let ran = watched.run(&script).code(1);
        assert_eq!(crate::runs::names(&ran), handled);
    }
    let waiting = json!(watched.events(EventState::Pending).len());
    assert_eq!(waiting, json!(2));
}
