//! What happens to an account, as a stream.

use std::time::Duration;

use cliengo::runtime::{LiveEvent, LiveNews};
use cliengo::watch::{WatchDefinition, WatchKind};
use cliengo::{ErrorKind, Host};
use futures_util::StreamExt;
use serde_json::Value;

use super::{account, on};

fn new() -> WatchDefinition {
    let every = Duration::from_millis(10);
    WatchDefinition { every, ..WatchDefinition::new(WatchKind::New, "new-leads") }
}

fn create(name: &str) -> String {
    format!(
        "cliengo.contacts.create{{ name = '{name}', phone = '+541155550100',
                                   websiteId = cliengo.sites.list()[1].id }}.id"
    )
}

/// The contact of the event: its id and its name.
fn told(event: &LiveEvent) -> (String, String) {
    let contact: Value = serde_json::from_slice(&event.contact).unwrap();
    let text = |name: &str| contact[name].as_str().unwrap().to_owned();
    (text("id"), text("name"))
}

#[tokio::test(flavor = "current_thread")]
async fn what_comes_is_told_in_order_as_a_stream() {
    let emulator = account(5);
    let host = on(&emulator).build();
    let mut events = host.events(new()).unwrap();
    while !matches!(events.next().await.unwrap(), LiveNews::Began) {}
    let mut created = Vec::new();
    for name in ["Ana", "Bruno"] {
        created.push((host.lua().eval::<String>(create(name)).await.unwrap(), name.to_owned()));
    }
    // Other combinators of streams work as well.
    let only = events.filter_map(async |news| match news {
        LiveNews::Event(event) => Some(told(&event)),
        _ => None,
    });
    assert_eq!(only.take(2).collect::<Vec<_>>().await, created);
}

#[test]
fn what_comes_is_told_without_a_runtime() {
    let emulator = account(5);
    let host = on(&emulator).build().blocking();
    let mut events = host.events(new()).unwrap();
    while !matches!(events.next().unwrap(), LiveNews::Began) {}
    let id: String = host.lua().eval(create("Ana")).unwrap();
    let event = events.find_map(|news| match news {
        LiveNews::Event(event) => Some(event),
        _ => None,
    });
    assert_eq!(told(&event.unwrap()), (id, "Ana".to_owned()));
}

#[test]
fn a_host_without_a_client_has_no_events() {
    let error = Host::builder().build().events(new()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unauthorized);
}
