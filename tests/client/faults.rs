//! What a call does when the API fails, in every way that the emulator can fail.

use std::time::Duration;

use cliengo::client::{Client, ContactChanges, NewContact, RetryPolicy, Timeouts};
use cliengo::{Error, ErrorKind};
use serde_json::{Value, json};

use crate::support::Service;

/// Faults after which a read goes through when it is sent again.
fn passing() -> Vec<Value> {
    vec![
        json!({ "kind": "status", "code": 429 }),
        json!({ "kind": "status", "code": 429, "retry_after": 0 }),
        json!({ "kind": "status", "code": 429, "retry_after": 0, "retry_after_as_date": true }),
        json!({ "kind": "status", "code": 500 }),
        json!({ "kind": "status", "code": 502 }),
        json!({ "kind": "status", "code": 503 }),
        json!({ "kind": "status", "code": 504 }),
        json!({ "kind": "html", "code": 502 }),
        json!({ "kind": "html", "code": 200 }),
        json!({ "kind": "drop_before" }),
        json!({ "kind": "drop_after" }),
        json!({ "kind": "reset_mid_body" }),
        json!({ "kind": "truncated_json" }),
    ]
}

/// Faults that a hasty client takes for no answer in time.
fn slow() -> Vec<Value> {
    vec![
        json!({ "kind": "slow_headers", "ms": 5_000 }),
        json!({ "kind": "slow_body", "ms": 1_000, "chunks": 5 }),
        json!({ "kind": "delay", "ms": 5_000 }),
    ]
}

#[tokio::test]
async fn a_read_survives_every_passing_fault() {
    for fault in passing() {
        let service = Service::start(60);
        service.fault(json!({ "route": "GET /contacts", "first": 2, "fault": fault })).await;
        let contacts = service.client().contacts().list(Default::default()).await;
        assert_eq!(
            contacts.map(|contacts| contacts.len()).map_err(|e| e.to_string()),
            Ok(60),
            "{fault}"
        );
    }
}

#[tokio::test]
async fn a_read_survives_a_slow_answer() {
    for fault in slow() {
        let service = Service::start(1);
        service.fault(json!({ "route": "GET /account", "first": 1, "fault": fault })).await;
        assert!(service.hasty().account().await.is_ok(), "{fault}");
    }
}

#[tokio::test]
async fn an_update_survives_every_passing_fault_and_is_done_in_the_end() {
    for fault in passing() {
        let service = Service::start(3);
        let client = service.client();
        let id = client.contacts().find(Default::default()).await.unwrap().unwrap().id.unwrap();
        service.fault(json!({ "route": "PATCH /contacts/:id", "first": 2, "fault": fault })).await;
        let changes = ContactChanges { rating: 5.into(), ..Default::default() };
        let updated = client.contacts().update(&id, &changes).await;
        assert_eq!(
            updated.map(|contact| contact.rating).map_err(|e| e.to_string()),
            Ok(Some(5.0)),
            "{fault}"
        );
    }
}

#[tokio::test]
async fn a_delete_whose_answer_was_lost_is_done() {
    let service = Service::start(3);
    let client = service.client();
    let id = client.contacts().find(Default::default()).await.unwrap().unwrap().id.unwrap();
    let lost =
        json!({ "route": "DELETE /contacts/:id", "first": 1, "fault": { "kind": "drop_after" } });
    service.fault(lost).await;
    client.contacts().delete(&id).await.unwrap();
    assert_eq!(service.snapshot().await.len(), 2);
}

async fn create_under(service: &Service, fault: Value) -> Result<(), Error> {
    create_with(service, &service.hasty(), fault).await
}

async fn create_with(service: &Service, client: &Client, fault: Value) -> Result<(), Error> {
    service.fault(json!({ "route": "POST /contacts", "first": 1, "fault": fault })).await;
    let new = NewContact { website_id: "5e8f0a1b2c3d4e5f60718301".into(), ..Default::default() };
    client.contacts().create(&new).await.map(drop)
}

#[tokio::test]
async fn a_create_is_repeated_where_it_was_refused_unprocessed() {
    for code in [429, 503] {
        let service = Service::start(0);
        create_under(&service, json!({ "kind": "status", "code": code })).await.unwrap();
        assert_eq!(service.snapshot().await.len(), 1, "{code}");
    }
}

#[tokio::test]
async fn a_create_that_may_have_been_done_is_never_repeated_and_says_so() {
    let lost = [
        json!({ "kind": "drop_after" }),
        json!({ "kind": "reset_mid_body" }),
        json!({ "kind": "truncated_json" }),
        json!({ "kind": "slow_headers", "ms": 5_000 }),
        json!({ "kind": "status", "code": 500, "processed": true }),
        json!({ "kind": "html", "code": 502, "processed": true }),
    ];
    for fault in lost {
        let service = Service::start(0);
        let error = create_under(&service, fault.clone()).await.unwrap_err();
        assert!(
            error.hint.as_deref().unwrap_or("").contains("outcome is unknown"),
            "{fault}: {error}"
        );
        assert!(!error.retryable, "{fault}");
        assert_eq!(service.snapshot().await.len(), 1, "{fault}");
        assert_eq!(service.calls("POST").await, 1, "{fault}");
    }
}

#[tokio::test]
async fn a_fault_that_stays_is_an_error_that_says_what_it_is() {
    let cases = [
        (json!({ "kind": "status", "code": 429 }), ErrorKind::RateLimited),
        (json!({ "kind": "status", "code": 503 }), ErrorKind::Server),
        (json!({ "kind": "html", "code": 502 }), ErrorKind::Server),
        (json!({ "kind": "html", "code": 200 }), ErrorKind::Decode),
        (json!({ "kind": "truncated_json" }), ErrorKind::Decode),
        (json!({ "kind": "drop_before" }), ErrorKind::Network),
        (json!({ "kind": "reset_mid_body" }), ErrorKind::Network),
    ];
    for (fault, kind) in cases {
        let service = Service::start(1);
        service.fault(json!({ "route": "GET /account", "fault": fault })).await;
        let error = service.client().account().await.unwrap_err();
        assert_eq!(error.kind, kind, "{fault}: {error}");
        assert!(error.retryable, "{fault}");
        assert_eq!(
            (error.method, error.path.as_deref()),
            (Some("GET"), Some("/account")),
            "{fault}"
        );
        assert!(error.message.contains("gave up after"), "{fault}: {error}");
    }
}

#[tokio::test]
async fn a_wrong_shape_and_the_apis_own_no_are_not_repeated() {
    let service = Service::start(1);
    let wrong = json!({ "route": "GET /contacts", "fault": { "kind": "wrong_shape" } });
    service.fault(wrong).await;
    let error = service.client().contacts().list(Default::default()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Decode, "{error}");
    assert_eq!(service.calls("GET").await, 1);
}

#[tokio::test]
async fn an_asked_wait_that_is_longer_than_the_call_may_take_ends_it_at_once() {
    let service = Service::start(1);
    let asked = json!({ "kind": "status", "code": 429, "retry_after": 3_600 });
    service.fault(json!({ "route": "GET /account", "fault": asked })).await;
    let error = service.client().account().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::RateLimited);
    assert!(error.hint.as_deref().unwrap().contains("3600 s"), "{error}");
    assert_eq!(service.calls("GET").await, 1);
}

#[tokio::test]
async fn a_whole_call_ends_with_its_operation_time() {
    let service = Service::start(1);
    service
        .fault(json!({ "route": "GET /account", "fault": { "kind": "status", "code": 500 } }))
        .await;
    let operation = Duration::from_millis(200);
    let timeouts = Timeouts { operation, ..Timeouts::default() };
    let base = Duration::from_secs(10);
    let retry = RetryPolicy { base, max_attempts: 50, ..RetryPolicy::default() };
    let client = service.builder().timeouts(timeouts).retry(retry).build().unwrap();
    let error =
        tokio::time::timeout(Duration::from_secs(10), client.account()).await.unwrap().unwrap_err();
    assert!(error.retryable, "{error}");
    // Nobody but this client asked for the wait.
    assert!(!error.to_string().contains("asks to wait"), "{error}");
}

#[tokio::test]
async fn an_update_that_may_have_been_done_says_so_however_it_ends() {
    let refusals = [
        (json!({ "kind": "status", "code": 429 }), true),
        (json!({ "kind": "status", "code": 429, "retry_after": 3_600 }), true),
        (json!({ "kind": "status", "code": 400 }), false),
        (json!({ "kind": "redirect", "location": "https://example.com" }), false),
    ];
    for (refusal, retryable) in refusals {
        let service = Service::start(1);
        let client = service.client();
        let id = client.contacts().find(Default::default()).await.unwrap().unwrap().id.unwrap();
        let lost = json!({ "kind": "drop_after" });
        let rule = |fault: &Value| json!({ "route": "PATCH /contacts/:id", "fault": fault });
        let mut once = rule(&lost);
        once["first"] = json!(1);
        service.fault(json!([once, rule(&refusal)])).await;
        let changes = ContactChanges { rating: 5.into(), ..Default::default() };
        let error = client.contacts().update(&id, &changes).await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{refusal}: {error}");
        assert_eq!(error.retryable, retryable, "{refusal}: {error}");
    }
}

#[tokio::test]
async fn a_write_whose_answer_is_too_large_may_have_been_done() {
    let service = Service::start(0);
    let fault = json!({ "kind": "oversized", "bytes": 40 << 20 });
    let error = create_with(&service, &service.client(), fault).await.unwrap_err();
    assert_eq!((error.kind, error.is_outcome_unknown()), (ErrorKind::Limit, true), "{error}");
}

#[tokio::test]
async fn a_service_that_limits_the_rate_is_paced_and_not_failed() {
    let knobs = cliengo::emulator::Knobs { rate_limit: Some(40.0), ..Default::default() };
    let service = Service::with(2_000, knobs);
    let contacts = service.client().contacts().list(Default::default()).await.unwrap();
    assert_eq!(contacts.len(), 2_000);
}

#[tokio::test]
async fn a_server_that_echoes_the_key_does_not_put_it_into_an_error_or_a_body() {
    let service = Service::start(1);
    let key = service.emulator.api_key().to_owned();
    let body = json!({ "message": format!("bad key {key}") });
    let echo = json!({ "kind": "status", "code": 400, "body": body });
    service.fault(json!({ "route": "GET /account", "times": 1, "fault": echo })).await;
    let error = service.client().account().await.unwrap_err();
    assert!(error.message.contains("bad key"), "{error}");
    assert!(!format!("{error} {error:?}").contains(&key), "{error}");
    let shown = json!({ "kind": "wrong_shape", "body": { "apiKey": key } });
    service.fault(json!({ "route": "GET /account", "times": 1, "fault": shown })).await;
    let account = service.client().account().await.unwrap();
    assert!(!account.to_string().contains(&key), "{account}");
}
