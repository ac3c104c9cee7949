//! Connections: how many, to whom, and what comes over them.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cliengo::ErrorKind;
use cliengo::client::Client;
use serde_json::json;

use crate::support::Service;

#[tokio::test]
async fn a_refused_connection_is_tried_again_until_the_server_is_back() {
    let service = Service::start(1);
    let base = Duration::from_millis(200);
    let retry = cliengo::client::RetryPolicy { base, max_attempts: 20, ..Default::default() };
    let client = service.builder().retry(retry).build().unwrap();
    service.post("refuse", json!({ "ms": 150 })).await;
    client.account().await.unwrap();
}

#[tokio::test]
async fn nobody_listening_is_a_network_error_that_names_the_host() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Client::builder()
        .api_key("k")
        .base_url(format!("http://{address}/1.0"))
        .retry(cliengo::client::RetryPolicy { max_attempts: 2, ..Default::default() })
        .build()
        .unwrap();
    let error = client.account().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Network);
    assert!(error.message.contains(&address.to_string()), "{error}");
}

#[tokio::test]
async fn a_redirect_to_another_host_is_refused() {
    let service = Service::start(1);
    let elsewhere = Service::start(1);
    for location in [
        elsewhere.emulator.base_url() + "/account",
        "//127.0.0.1:1/1.0/account".into(),
        service.emulator.admin_url() + "/snapshot",
    ] {
        let away = json!({ "kind": "redirect", "location": location });
        service.fault(json!({ "route": "GET /account", "times": 1, "fault": away })).await;
        let error = service.client().account().await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Denied, "{location}: {error}");
    }
    assert_eq!(elsewhere.journal().await.len(), 0);
}

#[tokio::test]
async fn a_redirect_within_the_api_is_followed_and_one_in_a_circle_ends() {
    let service = Service::start(1);
    let on = json!({ "kind": "redirect", "location": "/1.0/users" });
    service.fault(json!({ "route": "GET /account", "fault": on })).await;
    assert!(service.client().account().await.is_ok());
    let circle = json!({ "kind": "redirect", "location": "/1.0/sites" });
    service.fault(json!({ "route": "GET /sites", "fault": circle })).await;
    assert_eq!(service.client().sites().list().await.unwrap_err().kind, ErrorKind::Denied);
}

#[tokio::test]
async fn a_body_over_the_cap_is_refused_even_if_it_comes_small() {
    let service = Service::start(400);
    let client = service.builder().body_cap(20_000).build().unwrap();
    let error = client.contacts().list(Default::default()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Limit, "{error}");
    let huge = json!({ "kind": "oversized", "bytes": 40 << 20 });
    service.fault(json!({ "route": "GET /account", "fault": huge })).await;
    assert_eq!(service.client().account().await.unwrap_err().kind, ErrorKind::Limit);
}

#[tokio::test]
async fn calls_after_one_another_share_a_connection() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let accepted = Arc::clone(&connections);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            accepted.fetch_add(1, Ordering::SeqCst);
            std::thread::spawn(move || answer_all(stream.unwrap()));
        }
    });
    let url = format!("http://{address}/1.0");
    let client = Client::builder().api_key("k").base_url(url).build().unwrap();
    for _ in 0..20 {
        client.account().await.unwrap();
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

/// Answers every request on the connection with an empty object.
fn answer_all(stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        if line.is_empty() {
            (&stream).write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").unwrap();
        }
    }
}
