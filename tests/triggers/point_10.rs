//! 10. Order: serial within a watch, and never two runs of one contact.

use cliengo::store::EventState;
use serde_json::json;

use crate::runs::{called, names};
use crate::script::{BOTH, Language, new_contacts, watch};
use crate::support::never_answered;
use crate::watched::Watched;

/// Keeps a handler until it is killed, once the account no longer answers this.
const BLOCK: &str = "cliengo.contacts.get(contact.id)";

#[test]
fn point_10_a_later_event_of_a_contact_waits_for_the_earlier_one() {
    for language in BOTH {
        let watched = Watched::yesterday(language);
        let become_ = |name: &str| {
            watched.put([watched.changed(1, -600, json!({ "name": name }))]);
            watched.later();
        };
        become_("a");
        let script = watch("updated_contacts", json!({ "from": "beginning" })).does(
            "if contact.name == 'a' and event.attempt < 3 then error('not yet') end",
            "if contact.name == \"a\" && event.attempt < 3 { throw \"not yet\" }",
        );
        assert_eq!(names(&watched.run(&script).code(1)), ["a"]);
        become_("b");
        watched.put([watched.contact(2, 60)]);
        assert_eq!(names(&watched.run(&script).code(1)), ["a", "c2"]);
        assert_eq!(watched.names(&script), ["a", "b"]);
    }
}

#[test]
fn point_10_a_cycle_calls_one_handler_after_another() {
    let watched = Watched::empty();
    watched.put((1..=4).map(|number| watched.contact(number, -600 + i64::from(number))));
    let script = new_contacts()
        .option("from", "beginning")
        .option("concurrency", 4)
        .does("cliengo.contacts.get(contact.id)\nprint('end', '-', 1, '-')", "");
    let ran = watched.run(&script).code(0);
    let called = names(&ran);
    assert_eq!(called, ["c1", "end", "c2", "end", "c3", "end", "c4", "end"]);
}

#[test]
fn point_10_a_daemon_is_serial_by_default_and_lets_one_handler_wait() {
    let watched = Watched::empty();
    watched.put((1..=4).map(|number| watched.contact(number, -600 + i64::from(number))));
    let script = new_contacts()
        .option("from", "beginning")
        .does("cliengo.contacts.get(contact.id)\nprint('end', '-', 1, '-')", "");
    let mut daemon = watched.serve(&script);
    let lines: Vec<_> = (0..8).map(|_| called(&daemon.line()).contact).collect();
    assert_eq!(lines, ["c1", "end", "c2", "end", "c3", "end", "c4", "end"]);
    daemon.signal("TERM");
    daemon.end().code(0);
}

#[test]
fn point_10_different_contacts_run_at_once_where_asked_and_one_contact_never_twice() {
    let watched = Watched::yesterday(Language::Lua);
    watched.put([watched.changed(1, -600, json!({ "name": "slow" }))]);
    let script =
        watch("updated_contacts", json!({ "from": "beginning", "concurrency": 4, "limit": 1 }));
    // Two events of one contact wait together: the first is to be tried again.
    watched.run(&script.clone().does("error('later')", "")).code(1);
    watched.put([watched.changed(1, -600, json!({ "name": "second" }))]);
    watched.put([watched.contact(2, -500), watched.contact(3, -400)]);
    watched.later();
    watched.account.fault(never_answered("GET /contacts/:id"));
    let mut daemon = watched.serve(&script.option("limit", 100).does(BLOCK, ""));
    let mut lines: Vec<_> = (0..3).map(|_| called(&daemon.line()).contact).collect();
    lines.sort();
    assert_eq!(lines, ["c2", "c3", "slow"]);
    // There is a fourth place, which the second event of the contact must not take.
    assert_eq!(watched.events(EventState::Running).len(), 3);
    daemon.signal("KILL");
    daemon.end();
    // Once the first is over, the second has its turn.
    watched.mend();
    let told = names(&watched.run(&watch("updated_contacts", json!({}))).code(0));
    assert_eq!(told, ["slow", "c2", "c3", "second"]);
}
