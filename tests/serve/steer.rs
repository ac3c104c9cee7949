//! Steering from outside while a daemon runs.

use cliengo::store::{EventState, Store};

use crate::place::{Place, WAIT, until, watch};

fn leads(body: &str) -> Place {
    Place::of(0, "leads.lua", &watch("id = 'leads', max_attempts = 1", body))
}

#[test]
fn a_watch_is_paused_and_goes_on() {
    let place = leads("print(contact.name)");
    let mut daemon = place.serve();
    place.watching("leads");
    place.run("watches pause leads");
    place.contact(1);
    // A poll of another moment would have told: none comes while it is paused.
    let store = place.store();
    let polled = || store.watch("leads").unwrap().unwrap().last_poll;
    let last = until("rest", || {
        let before = polled();
        std::thread::sleep(std::time::Duration::from_millis(2_200));
        (polled() == before).then_some(before)
    });
    assert!(last.is_some() && daemon.heard().find("found").is_none());
    place.run("watches resume leads");
    assert_eq!(daemon.line(), "contact 1\n");
}

#[test]
fn a_dead_event_is_tried_again_at_once() {
    let place = leads("print(event.attempt) if not io_ok then io_ok = true error('once') end");
    let mut daemon = place.serve();
    place.watching("leads");
    place.contact(1);
    assert_eq!(daemon.line(), "1\n");
    let dead = place.events(EventState::Dead, 1);
    place.run(&format!("dead retry {}", dead[0].id));
    daemon.line();
    place.events(EventState::Done, 1);
}

#[test]
fn an_event_that_waits_is_dropped() {
    let body = "print(contact.name) wait()";
    let place = Place::of(0, "leads.lua", &format!("{WAIT}{}", watch("id = 'leads'", body)));
    place.gate(false);
    let mut daemon = place.serve();
    place.watching("leads");
    for number in 1..=3 {
        place.contact(number);
    }
    daemon.line();
    let waiting = place.events(EventState::Ready, 2);
    place.run(&format!("events drop {}", waiting[0].id));
    place.gate(true);
    assert_eq!(daemon.line(), "contact 3\n");
    assert_eq!(place.events(EventState::Dropped, 1)[0].contact, waiting[0].contact);
}

#[test]
fn a_schedule_runs_now_and_is_paused() {
    let code = "cliengo.schedule.every('1h', { id = 's' }, function(run) print(run.cause) end)";
    let place = Place::of(0, "s.lua", code);
    let mut daemon = place.serve();
    daemon.said(&["loaded"]);
    let store = place.store();
    until("the schedule", || store.schedule("s").unwrap()?.next);
    place.run("schedules run-now s");
    let cause = daemon.line();
    assert!(!cause.contains("due"), "{cause}");
    place.run("schedules pause s");
    daemon.said(&["paused", "schedule=\"s\""]);
    place.run("schedules resume s");
    daemon.said(&["resumed", "schedule=\"s\""]);
}

#[test]
fn a_paused_schedule_does_not_run() {
    let code = "cliengo.schedule.every('1s', { id = 's' }, function(run) print(run.due) end)";
    let place = Place::of(0, "s.lua", code);
    let mut daemon = place.serve();
    daemon.line();
    place.run("schedules pause s");
    daemon.said(&["paused"]);
    let store = place.store();
    let count = || store.runs(&Default::default()).unwrap().len();
    let before = count();
    std::thread::sleep(std::time::Duration::from_millis(2_200));
    assert_eq!(count(), before);
    place.run("schedules resume s");
    daemon.said(&["resumed"]);
    until("a run", || (count() > before).then_some(()));
}

#[test]
fn a_schedule_that_is_removed_begins_anew_where_its_script_still_has_it() {
    let code = "cliengo.schedule.every('1s', { id = 's' }, function(run) print(run.due) end)";
    let place = Place::of(0, "s.lua", code);
    let mut daemon = place.serve();
    daemon.line();
    place.run("schedules remove s");
    daemon.said(&["was removed, and begins anew", "schedule=\"s\""]);
    daemon.line();
    daemon.line();
    assert!(!daemon.heard().contains("there is no"), "{}", daemon.heard());
}

#[test]
fn a_watch_that_is_removed_begins_anew_where_its_script_still_has_it() {
    let options = "id = 'leads', from = 'beginning'";
    let place = Place::of(0, "leads.lua", &watch(options, "print(contact.name)"));
    place.contact(1);
    let mut daemon = place.serve();
    assert_eq!(daemon.line(), "contact 1\n");
    place.run("watches remove leads");
    daemon.said(&["was removed, and begins anew", "watch=\"leads\""]);
    assert_eq!(daemon.line(), "contact 1\n");
}
