//! The list: its order, its caps, its filters under each reading.

use serde_json::{Value, json};

use crate::harness::{Service, ids, options, send};
use cliengo::emulator::EmulatorOptions;

fn contact(id: &str, created: &str) -> Value {
    json!({ "id": id, "creationDate": created, "status": "NEW" })
}

#[tokio::test]
async fn newest_creation_comes_first_and_nothing_changes_it() {
    let service = Service::start(options());
    let plain = service.get("/contacts").await;
    let rows = plain.json()["results"].clone();
    let dates: Vec<_> =
        rows.as_array().unwrap().iter().map(|row| row["creationDate"].to_string()).collect();
    assert!(dates.is_sorted_by(|newer, older| newer >= older), "{dates:?}");
    for noise in ["sort=creationDate", "order=asc", "orderBy=name", "sortBy=-id", "page=3"] {
        assert_eq!(service.get(&format!("/contacts?{noise}")).await.text, plain.text, "{noise}");
    }
}

#[tokio::test]
async fn ties_are_ordered_by_id_and_contacts_without_a_date_come_last() {
    let service = Service::holding(json!([
        { "id": "no-date" },
        contact("000000000000000000000001", "2026-01-01T00:00:00.000Z"),
        contact("000000000000000000000002", "2026-01-01T00:00:00.000Z"),
        { "id": "000000000000000000000003", "creationDate": 1_767_225_600_001_i64 },
    ]))
    .await;
    let ids = service.get("/contacts").await.ids();
    let ends: Vec<_> = ids.iter().map(|id| &id[id.len() - 1..]).collect();
    assert_eq!(ends, ["3", "2", "1", "e"]);
}

#[tokio::test]
async fn a_page_is_cut_silently_and_its_total_is_exact() {
    let service = Service::start(options());
    let page = service.get("/contacts?limit=500").await;
    assert_eq!((page.ids().len(), page.total()), (50, 60));
    let rest = service.get("/contacts?limit=500&offset=50").await;
    assert_eq!(rest.ids().len(), 10);
    for nonsense in ["limit=0", "limit=abc", "limit=-1", "limit="] {
        assert_eq!(service.get(&format!("/contacts?{nonsense}")).await.ids().len(), 50);
    }
    service.knobs(json!({ "page_cap": 7 })).await;
    assert_eq!(service.get("/contacts?limit=50").await.ids().len(), 7);
}

#[tokio::test]
async fn an_offset_over_1000_is_refused_whatever_the_filters() {
    let service = Service::empty();
    assert_eq!(service.get("/contacts?offset=1000").await.status, 200);
    for path in ["/contacts?offset=1001", "/contacts?status=NEW&offset=5000"] {
        let refused = service.get(path).await;
        assert_eq!(refused.status, 400);
        assert_eq!(refused.json(), json!({ "message": "Offset cannot be greater than 1000" }));
    }
}

#[tokio::test]
async fn since_includes_its_instant_and_until_does_as_the_knob_says() {
    let service = Service::holding(json!([
        contact("a", "2026-01-01T00:00:00.000Z"),
        contact("b", "2026-01-02T00:00:00.000Z"),
        contact("c", "2026-01-02T00:00:00.001Z"),
        { "id": "no-date" },
    ]))
    .await;
    let window = "/contacts?since=2026-01-01&until=2026-01-02T00:00:00.000Z";
    assert_eq!(service.get(window).await.ids(), ["a"]);
    service.knobs(json!({ "until_inclusive": true })).await;
    assert_eq!(service.get(window).await.ids(), ["b", "a"]);
    assert_eq!(service.get("/contacts?until=2025-12-31").await.total(), 0);
    assert_eq!(service.get("/contacts?since=yesterday").await.status, 400);
    assert_eq!(service.get("/contacts?since=7d").await.status, 400);
}

#[tokio::test]
async fn dates_are_compared_as_finely_as_the_knob_says() {
    let service = Service::holding(json!([
        contact("a", "2026-01-01T10:00:00.100Z"),
        contact("b", "2026-01-01T10:00:00.900Z"),
        contact("c", "2026-01-02T09:00:00.000Z"),
    ]))
    .await;
    let since = "/contacts?since=2026-01-01T10:00:00.500Z";
    let until = "/contacts?until=2026-01-02T12:00:00.000Z";
    for (granularity, since_ids, until_ids) in [
        ("millisecond", vec!["c", "b"], vec!["c", "b", "a"]),
        ("second", vec!["c", "b", "a"], vec!["c", "b", "a"]),
        ("day", vec!["c", "b", "a"], vec!["b", "a"]),
    ] {
        service.knobs(json!({ "granularity": granularity })).await;
        assert_eq!(service.get(since).await.ids(), since_ids, "{granularity}");
        assert_eq!(service.get(until).await.ids(), until_ids, "{granularity}");
    }
}

#[tokio::test]
async fn last_update_date_has_the_reading_that_the_knob_names() {
    let service = Service::holding(json!([
        { "id": "a", "lastUpdateDate": "2026-01-01T23:00:00.000Z" },
        { "id": "b", "lastUpdateDate": "2026-01-02T01:00:00.000Z" },
        { "id": "c", "lastUpdateDate": "2026-01-03T01:00:00.000Z" },
    ]))
    .await;
    for (reading, expected) in
        [("ignored", vec!["c", "b", "a"]), ("since", vec!["c", "b"]), ("that_day", vec!["b"])]
    {
        service.knobs(json!({ "last_update_date": reading })).await;
        let found = service.get("/contacts?lastUpdateDate=2026-01-02").await.ids();
        assert_eq!(found, expected, "{reading}");
    }
}

#[tokio::test]
async fn exact_filters_hold_together() {
    let service = Service::start(EmulatorOptions { contacts: 400, ..options() });
    let all = service.snapshot().await;
    let site = all[0]["websiteId"].as_str().unwrap();
    let wanted = |row: &&Value| {
        row["status"] == "NEW" && row["assignedTo"] == "UNASSIGNED" && row["websiteId"] == site
    };
    let expected = all.as_array().unwrap().iter().filter(wanted).count();
    assert!(expected > 0);
    let path = format!("/contacts?status=NEW&assignedTo=UNASSIGNED&websiteId={site}");
    let page = service.get(&path).await;
    assert_eq!(page.total(), expected as u64);
    assert!(page.json()["results"].as_array().unwrap().iter().all(|row| wanted(&row)));
    assert_eq!(service.get("/contacts?status=NONSENSE").await.total(), 0);
}

#[tokio::test]
async fn a_search_finds_phrases_whatever_their_case_and_accents() {
    let service = Service::holding(json!([
        { "id": "a", "name": "María José", "lastName": "Ñáñez" },
        { "id": "b", "email": "NANEZ@example.com" },
        { "id": "c", "message": "otra cosa" },
    ]))
    .await;
    let found = async |query: &str| service.get(&format!("/contacts?query={query}")).await.ids();
    assert_eq!(found("nanez").await, ["b", "a"]);
    assert_eq!(found("jose%20%C3%91a").await, ["a"]);
    service.call("PATCH", "/contacts/c", json!({ "name": "Nañez" })).await;
    assert_eq!(found("nanez").await, ["c", "b", "a"]);
}

#[tokio::test]
async fn a_search_of_seeded_contacts_finds_what_their_fields_say() {
    let service = Service::start(EmulatorOptions { contacts: 300, ..options() });
    let all = service.snapshot().await;
    let phone = all[7]["phone"].as_str().or(all[8]["phone"].as_str()).unwrap();
    let encoded: String = phone.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let found = service.get(&format!("/contacts?query={encoded}")).await;
    let has = |row: &Value| row["phone"].as_str() == Some(phone);
    assert!(found.json()["results"].as_array().unwrap().iter().any(has), "{phone}");
}

#[tokio::test]
async fn rows_come_under_the_name_that_the_knob_says() {
    let service = Service::start(options());
    service.knobs(json!({ "rows_under": "contacts" })).await;
    let page = service.get("/contacts").await.json();
    assert_eq!(ids(&page["contacts"]).len(), 50);
    assert!(page.get("results").is_none());
}

#[tokio::test]
async fn gzip_is_sent_to_those_who_ask_and_only_where_it_is_worth_it() {
    let service = Service::start(options());
    let raw = reqwest::Client::builder().no_gzip().no_proxy().build().unwrap();
    let get = async |path: &str, accept: &'static str| {
        let url = format!("{}{path}", service.emulator.base_url());
        let request = raw.get(url).bearer_auth(service.emulator.api_key());
        let response = request.header("accept-encoding", accept).send().await.unwrap();
        let coding = response.headers().contains_key("content-encoding");
        (coding, response.bytes().await.unwrap().len())
    };
    let (plain, packed) = (get("/contacts", "br").await, get("/contacts", "br, gzip").await);
    assert_eq!((plain.0, packed.0), (false, true));
    assert!(packed.1 * 3 < plain.1, "{packed:?} of {plain:?}");
    assert!(!get("/account", "gzip").await.0);
    assert_eq!(service.get("/contacts").await.ids().len(), 50);
}

#[tokio::test]
async fn the_key_is_taken_in_header_and_query_and_asked_for_everywhere() {
    let service = Service::start(options());
    let url = |query: &str| format!("{}/contacts{query}", service.emulator.base_url());
    let key = service.emulator.api_key();
    let in_query = send(service.client.get(url(&format!("?api_key={key}")))).await.unwrap();
    assert_eq!(in_query.status, 200);
    for request in [
        service.client.get(url("")),
        service.client.get(url("?api_key=wrong")),
        service.client.get(url("")).bearer_auth("wrong"),
        service.client.get(format!("{}/nowhere", service.emulator.base_url())),
    ] {
        let refused = send(request).await.unwrap();
        assert_eq!(refused.status, 401);
        assert!(refused.json()["message"].is_string());
    }
    assert!(!format!("{:?}", service.emulator).contains(key));
}

#[tokio::test]
async fn a_query_looks_at_what_the_knob_says() {
    let service = Service::holding(json!([
        { "id": "a", "name": "Ana Peña", "email": "first@example.com" },
        { "id": "b", "name": "Leo", "email": "ana@example.com" },
    ]))
    .await;
    for (query, ids) in [("texts", &["b", "a"][..]), ("names", &["a"]), ("ignored", &["b", "a"])] {
        service.knobs(json!({ "query": query })).await;
        assert_eq!(service.get("/contacts?query=ANA").await.ids(), ids, "{query}");
    }
    assert_eq!(service.get("/contacts?query=nobody").await.total(), 2);
}
