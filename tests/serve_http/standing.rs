//! `/healthz`, `/readyz`, and where the daemon listens.

use serde_json::{Value, json};

use crate::reader::{Answer, Listening};
use crate::support::Account;

const WATCH: &str = r#"cliengo.watch.new_contacts({ id = "leads", every = "1s" }, function() end)"#;

fn reasons(answer: &Answer) -> String {
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    body["reasons"].to_string()
}

#[test]
fn a_daemon_whose_scripts_are_loaded_is_alive_and_ready() {
    let account = Account::start();
    let daemon = Listening::start(account.program(&["serve", "a.lua"]).file("a.lua", WATCH));
    daemon.ask_until("/readyz", 200);
    assert_eq!(daemon.ask("GET", "/healthz").status, 200);
}

#[test]
fn a_daemon_is_alive_and_not_ready_while_a_script_cannot_be_loaded() {
    let account = Account::start();
    let program = account.program(&["serve", "a.lua", "b.lua"]);
    let script = program.path("b.lua");
    let program = program.file("a.lua", WATCH).file("b.lua", "error('not yet')");
    let daemon = Listening::start(program);
    let answer = daemon.ask_until("/readyz", 503);
    assert_eq!(daemon.ask("GET", "/healthz").status, 200);
    daemon.scrape_until(r#"cliengo_scripts{state="failing"}"#, 1.0);
    let answer = match reasons(&answer).contains("being loaded") {
        true => daemon.ask("GET", "/readyz"),
        false => answer,
    };
    assert!(reasons(&answer).contains("b.lua cannot be loaded"), "{answer:?}");

    std::fs::write(script, WATCH.replace("leads", "others")).unwrap();
    daemon.ask_until("/readyz", 200);
}

#[test]
fn a_daemon_is_not_ready_while_a_watch_stands_still_because_of_a_refused_key() {
    let account = Account::start();
    let daemon = Listening::start(account.program(&["serve", "a.lua"]).file("a.lua", WATCH));
    daemon.ask_until("/readyz", 200);
    account.fault(json!({ "route": "GET /contacts", "fault": { "kind": "status", "code": 401 } }));
    let answer = daemon.ask_until("/readyz", 503);
    assert!(reasons(&answer).contains("the watch leads stands still"), "{answer:?}");
    assert!(!answer.body.contains(account.emulator.api_key()));

    account.admin("DELETE", "/faults", Value::Null);
    daemon.running.signal("HUP");
    daemon.ask_until("/readyz", 200);
}

#[test]
fn a_watch_whose_very_first_poll_is_refused_goes_on_once_the_key_is_good_and_all_is_loaded_anew() {
    let account = Account::start();
    account.fault(json!({ "route": "GET /contacts", "fault": { "kind": "status", "code": 401 } }));
    let daemon = Listening::start(account.program(&["serve", "a.lua"]).file("a.lua", WATCH));
    let answer = daemon.ask_until("/readyz", 503);
    if !reasons(&answer).contains("stands still") {
        daemon.scrape_until(r#"cliengo_polls_total{watch="leads",result="unauthorized"}"#, 1.0);
        daemon.ask_until("/readyz", 503);
    }
    account.admin("DELETE", "/faults", Value::Null);
    daemon.running.signal("HUP");
    daemon.ask_until("/readyz", 200);
}

#[test]
fn only_what_there_is_can_be_asked_for_and_nothing_can_be_sent() {
    let account = Account::start();
    let daemon = Listening::start(account.program(&["serve", "a.lua"]).file("a.lua", WATCH));
    assert_eq!(daemon.ask("GET", "/").status, 404);
    for method in ["POST", "PUT", "DELETE"] {
        for path in ["/healthz", "/readyz", "/metrics"] {
            assert_eq!(daemon.ask(method, path).status, 405, "{method} {path}");
        }
    }
}

#[test]
fn a_port_is_one_of_this_machine_alone_and_one_in_use_ends_the_daemon_with_code_2() {
    let account = Account::start();
    let daemon = Listening::start(account.program(&["serve", "a.lua"]).file("a.lua", WATCH));
    let port = daemon.address.strip_prefix("127.0.0.1:").unwrap();
    let second = account.program(&["serve", "a.lua", "--listen", port]).file("a.lua", WATCH);
    second.run().code(2).says(&["cannot listen on 127.0.0.1:", "choose another port"]).silent();
    let senseless = account.program(&["serve", "a.lua", "--listen", "here"]).file("a.lua", WATCH);
    senseless.run().code(2).says(&["write it like 9187"]);
}
