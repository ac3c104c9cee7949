//! A daemon that is killed.

use cliengo::store::EventState;

use crate::place::{Place, WAIT, watch};

#[test]
fn an_event_whose_handler_was_killed_comes_again_in_its_order() {
    let body = "print(contact.name, event.attempt) wait()";
    let place = Place::of(0, "leads.lua", &format!("{WAIT}{}", watch("id = 'leads'", body)));
    place.gate(false);
    let mut daemon = place.serve();
    place.watching("leads");
    (1..=3).for_each(|number| drop(place.contact(number)));
    assert_eq!(daemon.line(), "contact 1\t1\n");
    place.events(EventState::Ready, 2);
    daemon.kill();
    place.gate(true);
    let mut next = place.serve();
    next.said(&["1 event was being handled when the program ended"]);
    let lines = [next.line(), next.line(), next.line()];
    assert_eq!(lines, ["contact 1\t2\n", "contact 2\t1\n", "contact 3\t1\n"]);
}

#[test]
fn an_event_that_kills_its_program_every_time_is_dead_in_the_end() {
    let body = "print(event.attempt) wait()";
    let options = "id = 'leads', max_attempts = 2";
    let place = Place::of(0, "leads.lua", &format!("{WAIT}{}", watch(options, body)));
    place.gate(false);
    let mut daemon = place.serve();
    place.watching("leads");
    place.contact(1);
    assert_eq!(daemon.line(), "1\n");
    daemon.kill();
    let mut next = place.serve();
    assert_eq!(next.line(), "2\n");
    next.kill();
    let _last = place.serve();
    place.events(EventState::Dead, 1);
}
