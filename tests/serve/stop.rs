//! How a daemon ends.

use std::time::{Duration, Instant};

use cliengo::store::{EventState, Store};

use crate::place::{Place, WAIT, watch};

/// Waits at the gate with each contact.
fn waiting(contacts: &[u32], options: &str) -> (Place, crate::support::Running) {
    let body = "print(contact.name, event.attempt) wait() print('done')";
    let place = Place::of(0, "leads.lua", &format!("{WAIT}{}", watch("id = 'leads'", body)));
    place.gate(false);
    let daemon = place.daemon(options).start();
    place.watching("leads");
    contacts.iter().for_each(|number| drop(place.contact(*number)));
    (place, daemon)
}

#[test]
fn what_runs_comes_to_its_end_and_nothing_new_begins() {
    let (place, mut daemon) = waiting(&[1, 2], "");
    assert_eq!(daemon.line(), "contact 1\t1\n");
    daemon.signal("TERM");
    daemon.said(&["stops"]);
    place.gate(true);
    let ran = daemon.end().code(0);
    assert_eq!(ran.stdout, "done\n");
    assert_eq!(place.events(EventState::Done, 1).len(), 1);
    let mut next = place.serve();
    assert_eq!(next.line(), "contact 2\t1\n");
}

#[test]
fn interrupt_is_as_good() {
    let (place, mut daemon) = waiting(&[1], "");
    daemon.line();
    daemon.signal("INT");
    daemon.said(&["stops"]);
    place.gate(true);
    assert_eq!(daemon.end().code(0).stdout, "done\n");
}

#[test]
fn what_does_not_end_in_time_is_ended_and_comes_again() {
    let (place, mut daemon) = waiting(&[1], "--drain 1s");
    daemon.line();
    daemon.signal("TERM");
    daemon.end().code(0).says(&["stops", "the daemon is ending"]);
    place.gate(true);
    assert_eq!(place.serve().line(), "contact 1\t2\n");
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let (place, mut daemon) = waiting(&[1], "--drain 1h");
    daemon.line();
    daemon.signal("TERM");
    daemon.said(&["stops"]);
    let begun = Instant::now();
    daemon.signal("TERM");
    daemon.end().code(0);
    assert!(begun.elapsed() < Duration::from_secs(20));
    place.gate(true);
    assert_eq!(place.serve().line(), "contact 1\t2\n");
}

#[test]
fn a_drained_attempt_does_not_count_against_the_policy() {
    let body = "print(event.attempt) wait() print('done')";
    let options = "id = 'leads', max_attempts = 1, on_error = 'dead'";
    let place = Place::of(0, "leads.lua", &format!("{WAIT}{}", watch(options, body)));
    place.gate(false);
    let mut daemon = place.daemon("--drain 1ms").start();
    place.watching("leads");
    place.contact(1);
    daemon.line();
    daemon.signal("TERM");
    daemon.end().code(0);
    place.gate(true);
    let mut next = place.serve();
    assert_eq!((next.line().as_str(), next.line().as_str()), ("2\n", "done\n"));
}

#[test]
fn a_run_of_a_schedule_comes_to_its_end_too() {
    let code = format!(
        "{WAIT}cliengo.schedule.every('1s', {{ id = 's' }}, function() print('begun') wait() print('done') end)"
    );
    let place = Place::of(0, "s.lua", &code);
    place.gate(false);
    let mut daemon = place.serve();
    daemon.line();
    daemon.signal("TERM");
    daemon.said(&["stops"]);
    place.gate(true);
    assert_eq!(daemon.end().code(0).stdout, "done\n");
    let schedule = place.store().schedule("s").unwrap().unwrap();
    assert!(schedule.state.is_some_and(|state| state["running"] == serde_json::json!([])));
}

#[test]
fn a_signal_while_scripts_are_loaded_ends_it() {
    let place = Place::of(0, "a.lua", "print('loading') while true do end");
    let mut daemon = place.serve();
    daemon.line();
    daemon.signal("TERM");
    daemon.end().code(0);
}
