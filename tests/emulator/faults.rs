//! Each fault as a client sees it, and which requests it hits.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::{Reply, Service, options, send};

/// A service whose requests on `route` fail.
async fn failing(route: &str, fault: Value) -> Service {
    let service = Service::start(options());
    let added = service.admin("POST", "/faults", json!({ "route": route, "fault": fault })).await;
    assert_eq!(added.status, 201, "{added:?}");
    service
}

async fn try_get(service: &Service, path: &str) -> reqwest::Result<Reply> {
    send(service.request("GET", path)).await
}

async fn try_create(service: &Service) -> reqwest::Result<Reply> {
    let body = json!({ "websiteId": "w", "name": "created" });
    send(service.request("POST", "/contacts").body(body.to_string())).await
}

/// How many contacts there are, whatever fails.
async fn count(service: &Service) -> usize {
    service.snapshot().await.as_array().unwrap().len()
}

#[tokio::test]
async fn a_status_comes_with_retry_after_in_either_form_or_none() {
    let status = |extra: Value| {
        let mut fault = json!({ "kind": "status", "code": 429 });
        fault.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        fault
    };
    for (extra, expected) in [
        (json!({}), ""),
        (json!({ "retry_after": 3 }), "3"),
        (json!({ "retry_after": 3, "retry_after_as_date": true }), "Thu, 07 May 2026 12:00:03 GMT"),
    ] {
        let service = failing("GET /contacts", status(extra)).await;
        let refused = service.get("/contacts").await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, expected));
    }
}

#[tokio::test]
async fn a_status_can_hide_that_the_request_was_done() {
    for (processed, contacts) in [(false, 60), (true, 61)] {
        let fault = json!({ "kind": "status", "code": 503, "processed": processed });
        let service = failing("POST /contacts", fault).await;
        assert_eq!(try_create(&service).await.unwrap().status, 503);
        assert_eq!(count(&service).await, contacts);
    }
}

#[tokio::test]
async fn a_gateway_answers_html_with_any_code() {
    for code in [502, 200] {
        let service = failing("*", json!({ "kind": "html", "code": code })).await;
        let page = service.get("/account").await;
        assert_eq!((page.status, page.header("content-type")), (code, "text/html"));
        assert!(page.text.starts_with("<!DOCTYPE html>"));
    }
}

#[tokio::test]
async fn a_dropped_connection_hides_whether_the_request_was_done() {
    for (kind, contacts) in [("drop_before", 60), ("drop_after", 61)] {
        let service = failing("POST /contacts", json!({ "kind": kind })).await;
        let error = try_create(&service).await.unwrap_err();
        assert!(error.is_request() && !error.is_connect(), "{kind}: {error:?}");
        assert!(format!("{error:?}").contains("ConnectionReset"), "{kind}: {error:?}");
        assert_eq!(count(&service).await, contacts, "{kind}");
        let journal = service.journal().await;
        assert_eq!((&journal[0]["status"], &journal[0]["fault"]), (&Value::Null, &json!(kind)));
    }
}

#[tokio::test]
async fn a_body_breaks_off_in_the_middle() {
    let service = failing("GET /contacts", json!({ "kind": "reset_mid_body" })).await;
    let mut response = service.request("GET", "/contacts").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(!response.chunk().await.unwrap().unwrap().is_empty());
    let rest = async {
        while response.chunk().await?.is_some() {}
        reqwest::Result::Ok(())
    };
    assert!(rest.await.is_err());
}

#[tokio::test]
async fn truncated_json_comes_as_if_it_were_all() {
    let service = failing("GET /account", json!({ "kind": "truncated_json" })).await;
    let half = service.get("/account").await;
    assert_eq!((half.status, half.header("content-length")), (200, &*half.text.len().to_string()));
    assert!(serde_json::from_str::<Value>(&half.text).unwrap_err().is_eof());
}

#[tokio::test]
async fn json_of_another_shape_is_still_json() {
    let service = failing("GET /contacts", json!({ "kind": "wrong_shape" })).await;
    assert!(service.get("/contacts").await.json().get("results").is_none());
    let service =
        failing("GET /contacts", json!({ "kind": "wrong_shape", "body": { "results": 7 } })).await;
    assert_eq!(service.get("/contacts").await.json(), json!({ "results": 7 }));
}

#[tokio::test]
async fn a_client_that_will_not_wait_meets_its_own_timeout() {
    for (kind, contacts) in [("delay", 60), ("slow_headers", 61)] {
        let service = failing("POST /contacts", json!({ "kind": kind, "ms": 60_000 })).await;
        let body = json!({ "websiteId": "w" }).to_string();
        let request = service.request("POST", "/contacts").body(body);
        let error = send(request.timeout(Duration::from_millis(400))).await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(count(&service).await, contacts, "{kind}");
        assert_eq!(service.journal().await[0]["path"], "/1.0/contacts");
    }
}

#[tokio::test]
async fn slow_answers_come_whole_after_their_time() {
    for (fault, least) in [
        (json!({ "kind": "delay", "ms": 30 }), 30),
        (json!({ "kind": "slow_headers", "ms": 30 }), 30),
        (json!({ "kind": "slow_body", "ms": 10, "chunks": 4 }), 30),
    ] {
        let service = failing("GET /contacts", fault).await;
        let start = Instant::now();
        assert_eq!(service.get("/contacts").await.ids().len(), 50);
        assert!(start.elapsed() >= Duration::from_millis(least));
    }
}

#[tokio::test]
async fn an_oversized_body_has_the_bytes_asked_for() {
    let service =
        failing("GET /contacts", json!({ "kind": "oversized", "bytes": 3_000_001 })).await;
    assert_eq!(service.get("/contacts").await.text.len(), 3_000_001);
}

#[tokio::test]
async fn a_redirect_points_where_it_was_told_to() {
    let location = "http://127.0.0.1:9/elsewhere";
    let service =
        failing("GET /contacts", json!({ "kind": "redirect", "location": location })).await;
    let answer = service.get("/contacts").await;
    assert_eq!((answer.status, answer.header("location")), (302, location));
}

#[tokio::test]
async fn refusing_means_that_connecting_fails_until_it_is_over() {
    let service = Service::start(options());
    assert_eq!(service.get("/account").await.status, 200);
    let start = Instant::now();
    service.admin("POST", "/refuse", json!({ "ms": 200 })).await;
    let error = try_get(&service, "/account").await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    while try_get(&service, "/account").await.is_err() {
        assert!(start.elapsed() < Duration::from_secs(20));
        tokio::task::yield_now().await;
    }
    assert!(start.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn a_rule_says_which_of_its_requests_fail() {
    for (condition, expected) in [
        (json!({}), "xxxxx"),
        (json!({ "always": true }), "xxxxx"),
        (json!({ "nth": [1, 3] }), "x.x.."),
        (json!({ "first": 2 }), "xx..."),
        (json!({ "times": 1 }), "x...."),
        (json!({ "nth": [2, 3, 4], "times": 2 }), ".xx.."),
        (json!({ "probability": 1.0 }), "xxxxx"),
        (json!({ "probability": 0.0 }), "....."),
    ] {
        let service = Service::start(options());
        let mut rule =
            json!({ "route": "GET /contacts/:id", "fault": { "kind": "status", "code": 500 } });
        rule.as_object_mut().unwrap().extend(condition.as_object().unwrap().clone());
        service.admin("POST", "/faults", rule).await;
        let mut seen = String::new();
        for _ in 0..5 {
            assert_eq!(service.get("/contacts").await.status, 200);
            seen.push(if service.get("/contacts/x").await.status == 500 { 'x' } else { '.' });
        }
        assert_eq!(seen, expected, "{condition}");
        let rules = service.admin("GET", "/faults", Value::Null).await.json();
        let fired = expected.matches('x').count();
        assert_eq!((&rules[0]["matched"], &rules[0]["fired"]), (&json!(5), &json!(fired)));
    }
}

#[tokio::test]
async fn a_probability_fails_the_same_requests_under_the_same_seed() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let service = Service::start(options());
        let fault = json!({ "kind": "status", "code": 500 });
        let rule = json!({ "route": "*", "probability": 0.5, "fault": fault });
        service.admin("POST", "/faults", rule).await;
        let mut statuses = Vec::new();
        for _ in 0..40 {
            statuses.push(service.get("/account").await.status);
        }
        assert!(statuses.contains(&200) && statuses.contains(&500));
        runs.push(statuses);
    }
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test]
async fn the_first_rule_that_fires_wins_and_deleting_ends_all() {
    let service = Service::start(options());
    let status = |code: u16| json!({ "kind": "status", "code": code });
    let rules = json!([
        { "route": "* /contacts/*", "first": 1, "fault": status(500) },
        { "route": "GET *", "fault": status(502) },
    ]);
    service.admin("POST", "/faults", rules).await;
    let mut statuses = Vec::new();
    for path in ["/account", "/contacts/x/notes", "/contacts/x/notes"] {
        statuses.push(service.get(path).await.status);
    }
    assert_eq!(statuses, [502, 500, 502]);
    service.admin("DELETE", "/faults", Value::Null).await;
    assert_eq!(service.get("/account").await.status, 200);
}

#[tokio::test]
async fn a_rule_that_makes_no_sense_is_refused() {
    let service = Service::start(options());
    let fault = json!({ "kind": "drop_before" });
    for rule in [
        json!({ "route": "*" }),
        json!({ "route": "*", "fault": { "kind": "explode" } }),
        json!({ "route": "*", "fault": fault, "first": 1, "nth": [1] }),
        json!({ "route": "*", "fault": fault, "probability": 1.5 }),
        json!({ "route": "*", "fault": fault, "frist": 1 }),
        json!({ "route": "*", "fault": { "kind": "status", "code": 42 } }),
        json!({ "route": "*", "fault": { "kind": "status", "code": 500, "retryAfter": 1 } }),
    ] {
        let refused =
            service.admin("POST", "/faults", json!([{ "route": "*", "fault": fault }, rule])).await;
        assert_eq!(refused.status, 400, "{rule}");
    }
    assert_eq!(service.admin("GET", "/faults", Value::Null).await.json(), json!([]));
}
