//! Handlers: what they are called with, and what becomes of events.

use cliengo::store::{EventState, RunQuery, Store};
use serde_json::Value;

use crate::place::{Place, watch};

const PRINT: &str = "print(contact.name, event.id, event.attempt)";

#[test]
fn a_new_contact_is_handed_over_and_what_was_there_is_not() {
    let place = Place::of(20, "leads.lua", &watch("id = 'leads'", PRINT));
    let mut daemon = place.serve();
    place.watching("leads");
    for number in 1..=3 {
        place.contact(number);
        assert_eq!(daemon.line(), format!("contact {number}\t{number}\t1\n"));
    }
    place.events(EventState::Done, 3);
}

#[test]
fn from_the_beginning_all_come_oldest_first_and_limit_at_a_time() {
    let options = "id = 'leads', from = 'beginning', limit = 2";
    let place = Place::of(5, "leads.lua", &watch(options, "print(contact.creation_date)"));
    let mut daemon = place.serve();
    let dates: Vec<String> = (0..5).map(|_| daemon.line()).collect();
    assert!(dates.is_sorted(), "{dates:?}");
    daemon.said(&["found 5 events"]);
}

#[test]
fn rhai_handlers_are_called_too() {
    let code = "cliengo.watch.new_contacts(#{ from: \"beginning\" }, |contact, event| \
                print(`${event.watch} ${event.kind} ${event.attempt}`));";
    let place = Place::of(1, "rhai-leads.rhai", code);
    assert_eq!(place.serve().line(), "rhai-leads.new_contacts new 1\n");
}

#[test]
fn a_line_of_the_log_tells_its_run_and_its_event() {
    let body = "cliengo.log.info('seen', { name = contact.name }) print('printed')";
    let place = Place::of(1, "leads.lua", &watch("id = 'leads', from = 'beginning'", body));
    let mut daemon = place.daemon("--log-format json").start();
    let line: Value = serde_json::from_str(&daemon.said(&["seen"])).unwrap();
    assert_eq!(line["level"], "info");
    let fields = &line["fields"];
    assert_eq!((&fields["watch"], &fields["event"]), (&"leads".into(), &1.into()));
    assert_eq!(fields["run"], 1);
    assert_eq!(daemon.line(), "printed\n");
    place.events(EventState::Done, 1);
    let run = place.store().run(1).unwrap().unwrap();
    assert_eq!((run.begin.subject.as_str(), run.event), ("leads", Some(1)));
    let log = run.end.unwrap().log;
    assert_eq!(log.len(), 2, "{log:?}");
}

#[test]
fn what_a_handler_asked_the_api_is_kept_with_its_run() {
    let body = "cliengo.contacts.update(contact.id, { name = 'Ana' })";
    let place = Place::of(1, "w.lua", &watch("id = 'w', from = 'beginning'", body));
    let _daemon = place.serve();
    place.events(EventState::Done, 1);
    let run = place.store().run(1).unwrap().unwrap().end.unwrap();
    let written = |exchange: &Value| exchange["method"] != "GET" && exchange["status"] == 200;
    assert!(run.http.iter().any(written), "{:?}", run.http);
    assert_eq!(run.writes.len(), 1);
}

#[test]
fn a_failed_event_comes_again_and_then_is_dead() {
    let body = "print(event.key, event.attempt) error('no ' .. contact.name)";
    let options = "id = 'leads', max_attempts = 2";
    let place = Place::of(0, "leads.lua", &watch(options, body));
    let mut daemon = place.serve();
    place.watching("leads");
    let id = place.contact(1);
    assert_eq!(daemon.line(), format!("leads/{id}\t1\n"));
    daemon.said(&["warn", "no contact 1", "attempt 1 failed"]);
    assert_eq!(daemon.line(), format!("leads/{id}\t2\n"));
    daemon.said(&["error", "leads.lua:2", "dead after attempt 2"]);
    let dead = place.events(EventState::Dead, 1);
    assert_eq!(dead[0].attempts, 2);
    let runs = place.store().runs(&RunQuery::default()).unwrap();
    assert_eq!(runs.len(), 2);
}

#[test]
fn a_failed_event_holds_up_no_other_contact() {
    let body = "if contact.name == 'contact 1' then error('bad') end print(contact.name)";
    let place = Place::of(0, "leads.lua", &watch("id = 'leads'", body));
    let mut daemon = place.serve();
    place.watching("leads");
    place.contact(1);
    place.contact(2);
    assert_eq!(daemon.line(), "contact 2\n");
}

#[test]
fn each_policy_for_errors_does_what_it_says() {
    let policies = ["skip", "dead", "stop"].map(|policy| {
        let options = format!("id = '{policy}', on_error = '{policy}', from = 'beginning'");
        watch(&options, "error('bad')")
    });
    let place = Place::of(1, "policies.lua", &policies.concat());
    let mut daemon = place.serve();
    let events = |state, watch: &str| {
        let events = place.events(state, 1);
        assert_eq!(events[0].watch, watch);
    };
    events(EventState::Dropped, "skip");
    events(EventState::Dead, "dead");
    events(EventState::Retry, "stop");
    daemon.said(&["stands still"]);
    let paused = place.store().watch("stop").unwrap().unwrap().pause.unwrap();
    assert!(paused.reason.contains("bad"), "{}", paused.reason);
}
