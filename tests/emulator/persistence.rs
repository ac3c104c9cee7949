//! The data file.

use std::fs;

use cliengo::ErrorKind;
use cliengo::emulator::{Emulator, EmulatorOptions};
use serde_json::{Value, json};

use crate::harness::{Service, options};

#[tokio::test]
async fn everything_written_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data = Some(folder.path().join("deeper/emulator.json"));
    let with = || EmulatorOptions { data: data.clone(), clock: None, ..options() };
    let service = Service::start(with());
    let ids = service.get("/contacts").await.ids();
    let path = |index: usize, part: &str| format!("/contacts/{}{part}", ids[index]);
    service.call("PATCH", &path(0, ""), json!({ "name": "cambiada" })).await;
    service.call("DELETE", &path(1, ""), Value::Null).await;
    service.call("POST", &path(2, "/messages"), json!({ "message": "hola" })).await;
    let created = service.call("POST", "/contacts", json!({ "websiteId": "w" })).await.json();
    let chat = json!({ "companyId": "c", "websiteId": "w", "channel": "WEB", "from": "x" });
    service.call("POST", "/conversations", chat).await;
    service.admin("PUT", "/clock", json!({ "now": "2031-01-01", "frozen": true })).await;
    let see = async |service: &Service| {
        let mut seen = vec![service.snapshot().await];
        for path in [path(2, "/messages"), "/conversations".into()] {
            seen.push(service.get(&path).await.json());
        }
        seen.push(service.admin("GET", "/clock", Value::Null).await.json());
        seen
    };
    let before = see(&service).await;
    drop(service);
    // What the file holds wins over another number and seed.
    let again = Service::start(EmulatorOptions { contacts: 5, seed: 77, ..with() });
    assert_eq!(see(&again).await, before);
    let next = again.call("POST", "/contacts", json!({ "websiteId": "w" })).await.json();
    assert_ne!(next["id"], created["id"]);
}

#[tokio::test]
async fn a_change_is_on_disk_while_the_emulator_runs() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("emulator.json");
    let service = Service::start(EmulatorOptions { data: Some(data.clone()), ..options() });
    service.call("POST", "/contacts", json!({ "websiteId": "w", "name": "en disco" })).await;
    let start = std::time::Instant::now();
    while !fs::read_to_string(&data).unwrap().contains("en disco") {
        assert!(start.elapsed().as_secs() < 120, "not saved");
        tokio::task::yield_now().await;
    }
    assert!(!fs::read_to_string(&data).unwrap().contains(service.emulator.api_key()));
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("emulator.json");
    for (content, part) in [
        ("{\"format\":\"cliengo-emulator\",\"version\":1,", "damaged"),
        ("", "damaged"),
        ("{\"format\":\"cliengo-emulator\",\"version\":1}", "damaged"),
        ("{\"format\":\"cliengo-emulator\",\"version\":99}", "version 99"),
        ("{\"format\":\"else\",\"version\":1}", "not an emulator's"),
    ] {
        fs::write(&data, content).unwrap();
        let error = Emulator::start(EmulatorOptions { data: Some(data.clone()), ..options() });
        let error = error.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Invalid);
        assert!(error.message.contains(part) && error.message.contains("emulator.json"), "{error}");
        assert_eq!(fs::read_to_string(&data).unwrap(), content);
    }
}

#[test]
fn a_place_that_cannot_be_written_shows_at_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let data = Some(folder.path().join("file/emulator.json"));
    assert!(Emulator::start(EmulatorOptions { data, ..options() }).is_err());
}
