//! What is counted, and under which names.

use serde_json::json;

use crate::reader::Listening;
use crate::support::Account;

const GUIDE: &str = include_str!("../../docs/guide/operations.md");

const SCRIPT: &str = r#"
cliengo.watch.new_contacts({ id = "leads", every = "1s", max_attempts = 1 }, function(contact)
    if contact.name == "Bad" then error("no") end
end)
cliengo.schedule.every("1s", { id = "tick" }, function() end)
"#;

fn contact(id: u32, name: &str) -> serde_json::Value {
    json!({ "id": format!("6b{id:022x}"), "name": name, "creationDate": crate::support::NOW })
}

#[test]
fn a_scrape_during_faults_tells_of_polls_events_attempts_requests_and_runs() {
    let account = Account::start();
    account.fault(json!({ "route": "GET /contacts", "times": 2,
        "fault": { "kind": "status", "code": 503 } }));
    let daemon =
        Listening::start(account.program(&["serve", "serve.lua"]).file("serve.lua", SCRIPT));
    daemon.scrape_until(r#"cliengo_polls_total{watch="leads",result="ok"}"#, 1.0);
    account.put(&json!([contact(1, "Ana"), contact(2, "Bad")]).to_string());
    daemon.scrape_until(r#"cliengo_attempts_total{watch="leads",outcome="done"}"#, 1.0);
    daemon.scrape_until(r#"cliengo_attempts_total{watch="leads",outcome="dead"}"#, 1.0);
    let scrape = daemon.scrape_until(r#"cliengo_runs_total{schedule="tick",outcome="done"}"#, 1.0);

    assert_eq!(scrape.known(r#"cliengo_events{watch="leads",state="done"}"#), 1.0);
    assert_eq!(scrape.known(r#"cliengo_dead_letters{watch="leads"}"#), 1.0);
    assert_eq!(scrape.known(r#"cliengo_attempts_total{watch="leads",outcome="done"}"#), 1.0);
    assert_eq!(scrape.known(r#"cliengo_attempts_total{watch="leads",outcome="dead"}"#), 1.0);
    assert_eq!(scrape.known(r#"cliengo_http_requests_total{method="GET",status="503"}"#), 2.0);
    assert_eq!(scrape.known("cliengo_http_retries_total"), 2.0);
    assert!(scrape.known(r#"cliengo_http_requests_total{method="GET",status="200"}"#) >= 3.0);
    assert!(scrape.known("cliengo_rate_wait_seconds_total") >= 0.0);
    assert!(scrape.known(r#"cliengo_watch_lag_seconds{watch="leads"}"#) < 60.0);
    assert_eq!(scrape.known(r#"cliengo_scripts{state="loaded"}"#), 1.0);
    assert_eq!(scrape.known(r#"cliengo_scripts{state="failing"}"#), 0.0);
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(scrape.known(&format!(r#"cliengo_build_info{{version="{version}"}}"#)), 1.0);
}

#[test]
fn polls_that_fail_are_counted_by_the_kind_of_error_and_the_lag_grows() {
    let account = Account::start();
    account.fault(json!({ "route": "GET /contacts", "fault": { "kind": "status", "code": 400 } }));
    let daemon =
        Listening::start(account.program(&["serve", "serve.lua"]).file("serve.lua", SCRIPT));
    let failed = r#"cliengo_polls_total{watch="leads",result="invalid"}"#;
    let lag = r#"cliengo_watch_lag_seconds{watch="leads"}"#;
    let before = daemon.scrape_until(failed, 1.0).known(lag);
    let after = daemon.scrape_until(failed, 2.0).known(lag);
    assert!(after > before, "{before} {after}");
}

#[test]
fn due_times_that_pass_over_a_run_are_misfires() {
    let script =
        r#"cliengo.schedule.every("1s", { id = "slow" }, function() cliengo.sleep("60s") end)"#;
    let account = Account::start();
    let daemon =
        Listening::start(account.program(&["serve", "serve.lua"]).file("serve.lua", script));
    daemon.scrape_until(r#"cliengo_misfires_total{schedule="slow"}"#, 1.0);
}

#[test]
fn names_keep_the_conventions_of_prometheus() {
    let account = Account::start();
    let daemon =
        Listening::start(account.program(&["serve", "serve.lua"]).file("serve.lua", SCRIPT));
    daemon.scrape_until(r#"cliengo_polls_total{watch="leads",result="ok"}"#, 1.0);
    let answer = daemon.ask("GET", "/metrics");
    assert!(answer.head.contains("content-type: text/plain; version=0.0.4"), "{}", answer.head);
    assert!(!answer.body.contains(account.emulator.api_key()));
    let scrape = daemon.scrape();
    for (name, kind) in &scrape.types {
        let letters = |letter: char| letter.is_ascii_lowercase() || letter == '_';
        assert!(name.starts_with("cliengo_") && name.chars().all(letters), "{name}");
        assert_eq!(kind == "counter", name.ends_with("_total"), "{name} is a {kind}");
        assert!(scrape.helps.contains_key(name), "{name} has no help");
        assert!(GUIDE.contains(&format!("| `{name}` |")), "the guide has no {name}");
    }
    for sample in scrape.samples.keys() {
        let name = sample.split('{').next().unwrap();
        assert!(scrape.types.contains_key(name), "{sample} has no type");
    }
}
