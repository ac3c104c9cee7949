//! The examples of embedding do what they say. `own_prompt` has its test in `tests/repl/embedded.rs`.
#![cfg(all(feature = "emulator", feature = "lua", feature = "rhai", feature = "serve"))]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

#[allow(dead_code, reason = "its main is not called here")]
#[path = "../examples/axum_tenants.rs"]
mod axum_tenants;
#[allow(dead_code, reason = "its main is not called here")]
#[path = "../examples/batch_job.rs"]
mod batch_job;
#[allow(dead_code, reason = "its main is not called here")]
#[path = "../examples/minimal.rs"]
mod minimal;
#[allow(dead_code, reason = "its main is not called here")]
#[path = "../examples/own_functions.rs"]
mod own_functions;
#[allow(dead_code, reason = "its main is not called here")]
#[path = "../examples/own_store.rs"]
mod own_store;

use std::collections::HashMap;

use axum_tenants::Tenant;
use cliengo::client::Client;
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::engine::Language;
use cliengo::{ErrorKind, Host};
use serde_json::{Value, json};

fn account(contacts: usize) -> Emulator {
    Emulator::start(EmulatorOptions { contacts, ..Default::default() }).unwrap()
}

fn client(emulator: &Emulator) -> Client {
    Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build().unwrap()
}

#[test]
fn the_least_of_all_counts_new_contacts() {
    let emulator = account(120);
    let rhai = Host::builder().client(client(&emulator)).build().blocking().rhai();
    let expected = rhai.eval::<u64>(
        "let n = 0; for c in cliengo.contacts.each() { if c.status == \"NEW\" { n += 1; } } n",
    );
    let counted = minimal::new_contacts(client(&emulator)).unwrap();
    assert_eq!(counted, expected.unwrap());
    assert!(counted > 0);
}

#[tokio::test]
async fn functions_of_a_program_are_called_and_explained_and_kept_from_rehearsals() {
    let emulator = account(120);
    let handed = own_functions::Handed::default();
    let host = own_functions::host(client(&emulator), &handed).unwrap();
    let lua = host.lua();
    let rehearsed: usize = lua.clone().dry_run(true).eval(own_functions::HAND_OVER).await.unwrap();
    assert!(rehearsed > 0);
    assert_eq!(handed.lock().unwrap().len(), 0);
    let best: usize = lua.eval(own_functions::HAND_OVER).await.unwrap();
    assert_eq!((best, handed.lock().unwrap().len()), (rehearsed, rehearsed));
    assert!(handed.lock().unwrap().iter().all(|(_, score)| *score >= 2.0));
    let failure = lua.eval::<String>("crm.greeting('Ana', 'it')").await.unwrap_err();
    assert_eq!(failure.error.hint.as_deref(), Some("one of en, es, pt"));
    let usages: Vec<String> = host
        .registry()
        .functions()
        .filter(|function| function.is_own())
        .map(|function| function.usage())
        .collect();
    assert!(usages.contains(&"crm.greeting(name, language?)".to_owned()), "{usages:?}");
}

#[tokio::test]
async fn a_store_of_a_programs_own_keeps_a_watch_and_tells_its_trail() {
    let (emulator, folder) = (account(3), tempfile::tempdir().unwrap());
    let script = folder.path().join("welcome.lua");
    std::fs::write(&script, own_store::SCRIPT).unwrap();
    let trail = own_store::welcome(client(&emulator), &script, 3).await.unwrap();
    assert_eq!(trail.len(), 3);
    assert!(trail.iter().all(|line| line.ends_with("Done, with 1 writes")), "{trail:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_rehearses_what_it_then_does_and_a_failure_holds_up_nobody() {
    let emulator = account(0);
    let host = Host::builder().client(client(&emulator)).build();
    let create = |name: &str| {
        format!(
            "cliengo.contacts.create(#{{ name: \"{name}\", phone: \"+541155550100\",
                websiteId: cliengo.sites.list()[0].id }}).id"
        )
    };
    for name in ["Ana", " Bruno ", "x", "Carla  "] {
        host.rhai().eval::<String>(create(name)).await.unwrap();
    }
    let rehearsed = batch_job::clean(&host, true).await.unwrap();
    assert_eq!((rehearsed.looked_at, rehearsed.writes.len()), (4, 2));
    let report = batch_job::clean(&host, false).await.unwrap();
    assert_eq!((report.writes.len(), report.failed.len()), (2, 1));
    assert!(report.failed[0].1.error.message.contains("no name"));
    let again = batch_job::clean(&host, false).await.unwrap();
    assert_eq!(again.writes, []);
}

/// The service on a port of its own, with a script for each of these tenants.
async fn service(emulator: &Emulator, tenants: &[(&str, Language, &str)]) -> String {
    let tenants = tenants.iter().map(|(name, language, script)| {
        let host = Host::builder().client(client(emulator)).build();
        let tenant = Tenant { host, language: *language, script: (*script).to_owned() };
        ((*name).to_owned(), tenant)
    });
    let router = axum_tenants::service(tenants.collect::<HashMap<_, _>>());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, router).await });
    format!("http://{address}")
}

async fn lead(base: &str, tenant: &str) -> (u16, Value) {
    let body = json!({ "name": "Ana", "email": "ana@example.com" });
    let request = reqwest::Client::new().post(format!("{base}/{tenant}/leads")).json(&body);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_runs_each_tenants_script_within_its_limits() {
    rustls::crypto::ring::default_provider().install_default().ok();
    let emulator = account(5);
    let greedy = "fn on_lead(lead) { let all = []; loop { all.push(\"x\" + all.len()); } }";
    let broken = "function on_lead(lead)\n  return lead.address.city\nend";
    let base = service(
        &emulator,
        &[
            ("lua", Language::Lua, "function on_lead(lead) return 'Hola ' .. lead.name end"),
            (
                "rhai",
                Language::Rhai,
                "fn on_lead(lead) {
                   let id = cliengo.contacts.list()[0].id;
                   cliengo.contacts.update(id, #{ name: lead.name }).name }",
            ),
            ("endless", Language::Lua, "function on_lead(lead) while true do end end"),
            ("greedy", Language::Rhai, greedy),
            ("broken", Language::Lua, broken),
        ],
    )
    .await;
    let calls = ["lua", "rhai", "endless", "greedy", "broken", "nobody"];
    let [lua, rhai, endless, greedy, broken, nobody] =
        futures_util::future::join_all(calls.map(|tenant| lead(&base, tenant)))
            .await
            .try_into()
            .unwrap();
    assert_eq!(lua, (200, json!({ "value": "Hola Ana", "writes": [], "calls": [] })));
    assert_eq!((rhai.0, &rhai.1["value"]), (200, &"Ana".into()));
    let written = &rhai.1["writes"][0];
    assert_eq!((&written["method"], &written["state"]["done"]), (&"PATCH".into(), &200.into()));
    let calls = rhai.1["calls"].as_array().unwrap();
    assert_eq!((calls.len(), &calls[0]["status"]), (2, &200.into()));
    assert!(calls[0]["took_ms"].as_f64().unwrap() > 0.0);
    for (status, body) in [&endless, &greedy] {
        assert_eq!(
            (*status, &body["failure"]["error"]["kind"]),
            (422, &ErrorKind::Limit.as_str().into()),
            "{body}"
        );
    }
    assert_eq!(
        (broken.0, &broken.1["failure"]["frames"][0]["line"]),
        (422, &2.into()),
        "{}",
        broken.1
    );
    assert_eq!(nobody.0, 404);
}
