//! Update the contact that matches, or create it: right whatever the API's search does.

use cliengo::ErrorKind;
use cliengo::client::Upserted;
use cliengo::emulator::{Knobs, QueryReading};
use serde_json::{Value, json};

use crate::support::Service;

const SITE: &str = "5e8f0a1b2c3d4e5f60718301";

/// Contacts as other systems left them, older than all that are invented.
async fn with_strangers(contacts: usize, query: QueryReading) -> Service {
    let service = Service::with(contacts, Knobs { query, ..Knobs::default() });
    let stranger = |number: u32, email: &str, phone: &str| {
        json!({
            "id": format!("5a000000000000000000000{number}"), "websiteId": SITE, "name": "Stranger",
            "email": email, "phone": phone, "creationDate": "2018-01-01T00:00:00.000Z",
        })
    };
    let strangers = json!([
        stranger(1, "Ana.Paz@Example.COM", "+54 9 (11) 5555-0001"),
        stranger(2, "leo+casa@example.com", "00541155550002"),
        stranger(3, "ana.paz@example.com.ar", "155550001"),
    ]);
    service.post("contacts", strangers).await;
    service
}

fn id(upserted: &Upserted) -> &str {
    upserted_contact(upserted).id.as_deref().unwrap()
}

fn upserted_contact(upserted: &Upserted) -> &cliengo::client::Contact {
    match upserted {
        Upserted::Created(contact) | Upserted::Updated(contact) | Upserted::Unchanged(contact) => {
            contact
        }
    }
}

/// The searches that were asked.
async fn searches(service: &Service) -> usize {
    let journal = service.journal().await;
    journal.iter().filter(|call| call["query"].as_str().unwrap().contains("query=")).count()
}

#[tokio::test]
async fn the_contact_that_matches_is_found_whatever_the_search_looks_at() {
    for query in [QueryReading::Texts, QueryReading::Names, QueryReading::Ignored] {
        for contacts in [0, 40, 2_500] {
            let service = with_strangers(contacts, query).await;
            let client = service.client();
            for (matching, expected) in [
                (json!({ "email": " ana.paz@example.com " }), 1),
                (json!({ "email": "LEO+CASA@example.com" }), 2),
                (json!({ "phone": "5491155550001" }), 1),
                (json!({ "phone": "+54 11 5555 0002" }), 2),
                (json!({ "name": "Stranger", "phone": "15555-0001" }), 3),
            ] {
                let done =
                    client.contacts().upsert(&matching, &json!({ "rating": 4 })).await.unwrap();
                let expected = format!("5a000000000000000000000{expected}");
                assert!(matches!(done, Upserted::Updated(_)), "{query:?} {contacts} {matching}");
                assert_eq!(id(&done), expected, "{query:?} {contacts} {matching}");
            }
            assert_eq!(service.snapshot().await.len(), contacts + 3);
            let (several, rated) = (json!({ "name": "Stranger" }), json!({ "rating": 1 }));
            let several = client.contacts().upsert(&several, &rated).await;
            let error = several.unwrap_err();
            assert_eq!(error.kind, ErrorKind::Invalid);
            assert!(
                error.message.starts_with("3 contacts have the name \"Stranger\": 5a0"),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn a_search_that_finds_is_asked_and_one_that_does_not_is_asked_once() {
    let rows = 12;
    for (query, most) in [(QueryReading::Texts, 5 + rows), (QueryReading::Ignored, 1)] {
        let service = with_strangers(2_500, query).await;
        let client = service.client();
        for row in 0..rows {
            let matching = json!({ "email": format!("row{row}@example.com") });
            let done =
                client.contacts().upsert(&matching, &json!({ "websiteId": SITE })).await.unwrap();
            assert!(matches!(done, Upserted::Created(_)));
        }
        let searches = searches(&service).await;
        assert!(searches <= most, "{query:?}: {searches}");
        let reads = service.calls("GET").await;
        let expected = if query == QueryReading::Texts { 1 + 5 + rows } else { 2_503 / 50 + 20 };
        assert!(reads <= expected, "{query:?}: {reads} reads");
    }
}

#[tokio::test]
async fn the_same_new_contact_is_created_once_however_many_ask_at_a_time() {
    for contacts in [0, 2_500] {
        let service = Service::start(contacts);
        let client = service.client();
        let fields = json!({ "email": "ana@example.com", "websiteId": SITE, "name": "Ana" });
        let asked =
            (0..8).map(|_| async { client.contacts().upsert("email", &fields).await.unwrap() });
        let done = futures_util::future::join_all(asked).await;
        let created = done.iter().filter(|done| matches!(done, Upserted::Created(_))).count();
        assert_eq!((created, service.calls("POST").await), (1, 1));
        assert!(done.iter().all(|one| id(one) == id(&done[0])));
    }
}

#[tokio::test]
async fn an_update_sends_what_an_update_takes_and_a_create_the_rest_after_it() {
    let service = Service::start(3);
    let client = service.client();
    let fields = json!({
        "email": "ana@example.com", "website_id": SITE, "last_name": "Paz", "rating": 4, "note": "hi",
    });
    let created = client.contacts().upsert("email", &fields).await.unwrap().into_contact();
    assert_eq!((created.last_name.as_deref(), created.rating), (Some("Paz"), Some(4.0)));
    let bodies = |journal: &[Value]| -> Vec<Value> {
        journal
            .iter()
            .filter(|call| call["method"] != "GET")
            .map(|call| call["body"].clone())
            .collect()
    };
    let create = json!({ "email": "ana@example.com", "lastName": "Paz", "websiteId": SITE });
    assert_eq!(bodies(&service.journal().await), [create, json!({ "note": "hi", "rating": 4 })]);

    let again = client.contacts().upsert("email", &fields).await.unwrap();
    assert!(matches!(again, Upserted::Updated(_)));
    assert_eq!(bodies(&service.journal().await)[2..], [json!({ "note": "hi", "rating": 4 })]);

    let nothing = json!({ "email": "ANA@example.com", "websiteId": SITE, "lastName": "Gil" });
    let done = client.contacts().upsert("email", &nothing).await.unwrap();
    assert!(matches!(done, Upserted::Unchanged(_)));
    assert_eq!(upserted_contact(&done).last_name.as_deref(), Some("Paz"));
    assert_eq!(bodies(&service.journal().await).len(), 3);
}

#[tokio::test]
async fn a_contact_that_was_created_but_not_completed_is_named() {
    let service = Service::start(0);
    let broken = json!({ "kind": "status", "code": 400, "body": { "message": "no notes today" } });
    service.fault(json!({ "route": "PATCH /contacts/:id", "fault": broken })).await;
    let fields = json!({ "email": "ana@example.com", "websiteId": SITE, "note": "hi" });
    let error = service.client().contacts().upsert("email", &fields).await.unwrap_err();
    let id = service.snapshot().await[0]["id"].as_str().unwrap().to_owned();
    let expected =
        format!("the contact {id} was created, but note could not be set: no notes today (400)");
    assert_eq!(error.message, expected);
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_looked_for_before_another() {
    let service = Service::start(0);
    let client = service.client();
    service
        .fault(json!({ "route": "POST /contacts", "nth": [1], "fault": { "kind": "drop_after" } }))
        .await;
    let fields = json!({ "email": "ana@example.com", "websiteId": SITE });
    let error = client.contacts().upsert("email", &fields).await.unwrap_err();
    assert!(error.hint.as_deref().unwrap().contains("outcome is unknown"), "{error}");
    let done = client.contacts().upsert("email", &fields).await.unwrap();
    assert!(matches!(done, Upserted::Unchanged(_)));
    assert_eq!(service.snapshot().await.len(), 1);
}

#[tokio::test]
async fn a_contact_that_went_meanwhile_is_created_anew() {
    let service = Service::start(2);
    let client = service.client();
    let fields = json!({ "email": "ana@example.com", "websiteId": SITE, "name": "Ana" });
    let first = client.contacts().upsert("email", &fields).await.unwrap();
    // By somebody else: this client still takes it for there.
    service.client().contacts().delete(id(&first)).await.unwrap();
    let second = client.contacts().upsert("email", &fields).await.unwrap();
    assert!(matches!(second, Upserted::Created(_)));
    let third = client.contacts().upsert("email", &fields).await.unwrap();
    assert_eq!((id(&third), matches!(third, Upserted::Updated(_))), (id(&second), true));
}

#[tokio::test]
async fn a_contact_that_a_search_shows_late_is_not_created_twice() {
    let service = Service::start(2_500);
    let client = service.client();
    let fields = json!({ "email": "ana@example.com", "websiteId": SITE, "name": "Ana" });
    let first = client.contacts().upsert("email", &fields).await.unwrap();
    assert!(searches(&service).await > 0);
    let late =
        json!({ "kind": "wrong_shape", "body": { "results": [], "paging": { "total": 0 } } });
    service.fault(json!({ "route": "GET /contacts", "fault": late })).await;
    let second = client.contacts().upsert("email", &fields).await.unwrap();
    assert_eq!((id(&second), service.calls("POST").await), (id(&first), 1));
}
