//! Clock, knobs, journal, reset, rate.

use serde_json::{Value, json};

use crate::harness::{NOW, Service, options, send};
use cliengo::ErrorKind;
use cliengo::emulator::{Emulator, EmulatorOptions, Knobs};

#[tokio::test]
async fn the_clock_stands_moves_and_dates_every_answer() {
    let service = Service::start(options());
    let clock = service.admin("GET", "/clock", Value::Null).await;
    assert_eq!(clock.json(), json!({ "now": NOW, "frozen": true }));
    assert_eq!(service.get("/account").await.header("date"), "Thu, 07 May 2026 12:00:00 GMT");
    let clock = service.admin("POST", "/clock/advance", json!({ "by": "1d12h" })).await;
    assert_eq!(clock.json()["now"], "2026-05-09T00:00:00.000Z");
    service.admin("PUT", "/clock", json!({ "now": "2030-01-01T00:00:00Z" })).await;
    let created = service.call("POST", "/contacts", json!({ "websiteId": "w" })).await.json();
    assert_eq!(created["creationDate"], "2030-01-01T00:00:00.000Z");
    let running = service.admin("PUT", "/clock", json!({ "frozen": false })).await.json();
    assert!(running["now"].as_str().unwrap().starts_with("2030-01-01T00:0"));
    assert_eq!(service.admin("POST", "/clock/advance", json!({ "by": "soon" })).await.status, 400);
}

#[tokio::test]
async fn knobs_are_changed_one_by_one_or_all_together() {
    let service = Service::start(options());
    service.knobs(json!({ "page_cap": 5, "granularity": "day" })).await;
    service.knobs(json!({ "page_cap": 6 })).await;
    let knobs = service.admin("GET", "/knobs", Value::Null).await.json();
    assert_eq!((&knobs["page_cap"], &knobs["granularity"]), (&json!(6), &json!("day")));
    let knobs = service.admin("PUT", "/knobs", json!({ "max_offset": 10 })).await.json();
    assert_eq!((&knobs["page_cap"], &knobs["max_offset"]), (&json!(50), &json!(10)));
    for wrong in [json!({ "page_cap": 0 }), json!({ "rate_limit": -1 }), json!({ "pagecap": 1 })] {
        assert_eq!(service.admin("PATCH", "/knobs", wrong.clone()).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn the_journal_holds_every_call_and_never_a_key() {
    let service = Service::start(options());
    let key = service.emulator.api_key();
    let url = format!("{}/contacts?limit=1&api%5Fkey={key}", service.emulator.base_url());
    send(service.client.get(url).header("cookie", format!("jwt={key}"))).await.unwrap();
    let update = json!({ "rating": 2 });
    service.call("PATCH", "/contacts/x", update.clone()).await;
    let text = service.admin("GET", "/journal", Value::Null).await.text;
    assert!(!text.contains(key), "{text}");
    let journal = service.journal().await;
    assert_eq!(journal[0]["query"], "limit=1&api_key=hidden");
    let entry = &journal[1];
    assert_eq!((&entry["number"], &entry["status"]), (&json!(2), &json!(404)));
    assert_eq!((&entry["method"], &entry["path"]), (&json!("PATCH"), &json!("/1.0/contacts/x")));
    assert_eq!((&entry["body"], &entry["at"]), (&update, &json!(NOW)));
    assert_eq!(journal.as_array().unwrap().len(), 2, "its own routes are not in it");
    service.admin("DELETE", "/journal", Value::Null).await;
    service.get("/account").await;
    assert_eq!(service.journal().await[0]["number"], 3, "numbers go on");
    service.knobs(json!({ "journal": false })).await;
    service.get("/account").await;
    assert_eq!(service.journal().await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_reset_gives_the_beginning_back() {
    let service = Service::start(options());
    let before = service.snapshot().await;
    let id = before[0]["id"].as_str().unwrap();
    service.call("DELETE", &format!("/contacts/{id}"), Value::Null).await;
    service.admin("POST", "/clock/advance", json!({ "by": "1h" })).await;
    service.admin("POST", "/reset", Value::Null).await;
    assert_eq!(service.snapshot().await, before);
    let reset = json!({ "contacts": 3, "seed": 9, "knobs": { "page_cap": 2 } });
    service.admin("POST", "/reset", reset).await;
    let page = service.get("/contacts").await;
    assert_eq!((page.ids().len(), page.total()), (2, 3));
    assert_eq!(service.journal().await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn contacts_are_put_in_exactly_as_given() {
    let odd =
        json!({ "creationDate": null, "id": "x y/z", "unknown": [1, { "a": null }], "phone": 5 });
    let service = Service::holding(json!([odd])).await;
    let one = service.get("/contacts/x%20y%2Fz").await;
    assert_eq!(one.text, odd.to_string());
    let again = json!([{ "id": "x y/z", "name": "replaced" }]);
    service.admin("POST", "/contacts", again.clone()).await;
    assert_eq!(service.snapshot().await, again);
    let refused = service.admin("POST", "/contacts", json!([{ "name": "no id" }])).await;
    assert_eq!(refused.status, 400);
}

#[tokio::test]
async fn requests_over_the_rate_are_refused_and_told_when_to_come_back() {
    let service = Service::start(options());
    service.knobs(json!({ "rate_limit": 0.01 })).await;
    assert_eq!(service.get("/account").await.status, 200);
    let refused = service.get("/account").await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "100"));
}

#[test]
fn a_taken_port_and_senseless_knobs_are_errors() {
    let first = Emulator::start(options()).unwrap();
    let port = first.address().port();
    let error = Emulator::start(EmulatorOptions { port, ..options() }).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Network);
    assert!(error.message.contains(&port.to_string()), "{error}");
    drop(first);
    Emulator::start(EmulatorOptions { port, ..options() }).unwrap();
    let knobs = Knobs { page_cap: 0, ..Knobs::default() };
    assert!(Emulator::start(EmulatorOptions { knobs, ..options() }).is_err());
}
