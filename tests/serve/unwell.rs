//! An API that is not well.

use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::store::Store;
use serde_json::{Value, json};

use crate::place::{Place, until, watch};

#[test]
fn a_refused_key_lets_the_watch_stand_still_until_a_restart() {
    let place = Place::of(0, "leads.lua", &watch("id = 'leads'", "print(contact.name)"));
    let mut daemon = place.serve();
    place.watching("leads");
    place.account.fault(json!({ "route": "*", "fault": { "kind": "status", "code": 401 } }));
    daemon.said(&["stands still until the API key is mended"]);
    let paused = place.store().watch("leads").unwrap().unwrap().pause.unwrap();
    assert!(paused.until_restart && paused.reason.contains("SIGHUP"), "{}", paused.reason);
    place.contact(1);
    place.account.admin("DELETE", "/faults", Value::Null);
    daemon.signal("TERM");
    daemon.end().code(0);
    assert_eq!(place.serve().line(), "contact 1\n");
}

#[test]
fn an_api_that_is_down_at_the_start_is_waited_for() {
    let place = Place::of(
        0,
        "leads.lua",
        &watch("id = 'leads', from = 'beginning'", "print(contact.name)"),
    );
    // A port where nobody listens, until somebody does.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}/1.0");
    let mut daemon = place.daemon("").variable("CLIENGO_BASE_URL", &url).start();
    daemon.said(&["poll failed (1 in a row)"]);
    let options = EmulatorOptions { port, contacts: 1, ..EmulatorOptions::default() };
    let emulator = Emulator::start(options).unwrap();
    assert_eq!(emulator.base_url(), url);
    daemon.line();
    let store = place.store();
    until("a good poll", || (store.watch("leads").unwrap()?.failures == 0).then_some(()));
}

#[test]
fn failures_of_the_api_lose_nothing() {
    let place = Place::of(0, "leads.lua", &watch("id = 'leads'", "print(contact.name)"));
    let mut daemon = place.serve();
    place.watching("leads");
    for fault in [
        json!({ "kind": "status", "code": 500 }),
        json!({ "kind": "html", "code": 200 }),
        json!({ "kind": "truncated_json" }),
        json!({ "kind": "wrong_shape" }),
    ] {
        place.account.fault(json!({ "route": "GET /contacts", "fault": fault, "times": 5 }));
    }
    place.contact(1);
    daemon.said(&["poll failed (1 in a row)"]);
    place.account.admin("DELETE", "/faults", Value::Null);
    assert_eq!(daemon.line(), "contact 1\n");
}
