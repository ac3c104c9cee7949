//! Who looks on hears of each call before it is made, and of each attempt after.

use std::sync::{Arc, Mutex};

use cliengo::client::{Exchange, KeyPlace, Method, Observer, Request};
use cliengo::schema::ContactFilter;
use serde_json::json;

use crate::support::Service;

/// Keeps what it hears, in order.
#[derive(Default)]
struct Ears(Mutex<Vec<String>>);

impl Observer for Ears {
    fn requested(&self, base_url: &str, request: &Request) {
        let body = String::from_utf8_lossy(request.body().unwrap_or_default()).into_owned();
        let headers: Vec<_> = request.headers().collect();
        let parameters: Vec<_> = request.parameters().collect();
        let (method, target) = (request.method(), request.target());
        self.0
            .lock()
            .unwrap()
            .push(format!("{method} {base_url}{target} {headers:?} {parameters:?} {body}"));
    }

    fn exchanged(&self, exchange: &Exchange) {
        self.0.lock().unwrap().push(format!("attempt {}", exchange.attempt));
    }
}

#[tokio::test]
async fn a_call_is_told_once_before_its_first_attempt() {
    let service = Service::start(1);
    let ears = Arc::new(Ears::default());
    let client = service.client().observed(Arc::clone(&ears) as _);
    let fault = json!({ "kind": "status", "code": 503 });
    service.fault(json!({ "route": "GET /account", "times": 1, "fault": fault })).await;
    client.account().await.unwrap();
    let call = format!("GET {}/account [] [] ", service.emulator.base_url());
    assert_eq!(*ears.0.lock().unwrap(), [call.as_str(), "attempt 1", "attempt 2"]);
}

#[tokio::test]
async fn a_call_is_told_whole_and_without_the_key_wherever_that_is_sent() {
    for place in [KeyPlace::Header, KeyPlace::Query] {
        let service = Service::start(1);
        let ears = Arc::new(Ears::default());
        let client = service.builder().key_place(place).build().unwrap();
        let client = client.observed(Arc::clone(&ears) as _);
        let filter = ContactFilter { query: Some("José & Ana".into()), ..Default::default() };
        client.contacts().list(filter).walk().next_page().await.unwrap();
        let id = service.snapshot().await[0]["id"].as_str().unwrap().to_owned();
        let changes = Request::new(Method::Patch, &["contacts", &id]).unwrap();
        client.send(&changes.json(&json!({ "rating": 5 }))).await.unwrap();
        let heard = ears.0.lock().unwrap().join("\n");
        assert!(heard.contains("query=Jos%C3%A9%20%26%20Ana"), "{heard}");
        assert!(heard.contains(r#"("query", "José & Ana")"#), "{heard}");
        assert!(heard.contains(&format!(r#"/contacts/{id} [] [] {{"rating":5}}"#)), "{heard}");
        assert!(!heard.contains(service.emulator.api_key()), "{heard}");
    }
}
