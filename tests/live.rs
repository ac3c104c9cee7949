//! A watch that is followed while a person looks on.
#![cfg(feature = "emulator")]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

use std::time::Duration;

use cliengo::client::{Client, NewContact};
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::runtime::{Live, LiveEvent, LiveNews};
use cliengo::watch::{WatchDefinition, WatchKind};
use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

fn account() -> (Emulator, Client) {
    let options = EmulatorOptions { contacts: 20, ..EmulatorOptions::default() };
    let emulator = Emulator::start(options).unwrap();
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    (emulator, client.build().unwrap())
}

fn definition() -> WatchDefinition {
    let every = Duration::from_millis(10);
    WatchDefinition { every, ..WatchDefinition::new(WatchKind::New, "w") }
}

/// Follows new contacts, and gives what is told.
fn follow(client: &Client) -> (Live, UnboundedReceiver<LiveNews>) {
    let (tell, told) = unbounded_channel();
    let tell = move |news| drop(tell.send(news));
    (Live::follow(definition(), client, &Handle::current(), tell), told)
}

async fn until<T>(told: &mut UnboundedReceiver<LiveNews>, is: impl Fn(LiveNews) -> Option<T>) -> T {
    loop {
        let news = tokio::time::timeout(Duration::from_secs(120), told.recv()).await;
        if let Some(found) = is(news.unwrap().unwrap()) {
            return found;
        }
    }
}

fn event(news: LiveNews) -> Option<LiveEvent> {
    if let LiveNews::Event(event) = news { Some(event) } else { None }
}

async fn create(client: &Client, name: &str) -> String {
    let sites = client.sites().list().await.unwrap();
    let new = NewContact {
        website_id: sites[0]["id"].as_str().unwrap().into(),
        name: name.into(),
        phone: "+54 9 11 5555 0100".into(),
        ..NewContact::default()
    };
    client.contacts().create(&new).await.unwrap().id.unwrap()
}

async fn fault(emulator: &Emulator, rule: Value) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let url = format!("{}/faults", emulator.admin_url());
    reqwest::Client::new().post(url).json(&rule).send().await.unwrap().error_for_status().unwrap();
}

#[tokio::test]
async fn what_comes_after_the_beginning_is_told_as_a_handler_is_given_it() {
    let (_emulator, client) = account();
    let (_live, mut told) = follow(&client);
    until(&mut told, |news| matches!(news, LiveNews::Began).then_some(())).await;
    let id = create(&client, "Ana").await;
    let event = until(&mut told, event).await;
    let contact: Value = serde_json::from_slice(&event.contact).unwrap();
    assert_eq!((contact["id"].as_str(), event.kind.as_str()), (Some(id.as_str()), "new"));
    let told: Value = serde_json::from_slice(&event.event).unwrap();
    assert_eq!((&told["watch"], &told["attempt"]), (&json!("w"), &json!(1)));
    assert_eq!(told["key"], format!("w/{id}"));
}

#[tokio::test]
async fn a_poll_that_fails_is_told_and_ends_nothing() {
    let (emulator, client) = account();
    let (_live, mut told) = follow(&client);
    until(&mut told, |news| matches!(news, LiveNews::Began).then_some(())).await;
    let status = json!({ "kind": "status", "code": 401 });
    fault(&emulator, json!({ "route": "GET /contacts", "first": 1, "fault": status })).await;
    until(&mut told, |news| matches!(news, LiveNews::Problem(_)).then_some(())).await;
    until(&mut told, |news| matches!(news, LiveNews::Recovered).then_some(())).await;
    let id = create(&client, "Luz").await;
    let contact: Value = serde_json::from_slice(&until(&mut told, event).await.contact).unwrap();
    assert_eq!(contact["id"], id);
}

#[tokio::test]
async fn a_watch_that_is_dropped_tells_nothing_more() {
    let (_emulator, client) = account();
    let (live, mut told) = follow(&client);
    until(&mut told, |news| matches!(news, LiveNews::Began).then_some(())).await;
    drop(live);
    // Its end of the channel goes with it.
    while told.recv().await.is_some() {}
}
