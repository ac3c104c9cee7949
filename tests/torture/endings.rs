//! Runs that are ended from outside: by their time, by Ctrl-C, by a request to terminate.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Account, Ran, never_answered};

const SITE: &str = "5e8f0a1b2c3d4e5f60718301";

/// Two writes: the first is done, the second never answered.
fn scripts() -> [(&'static str, String); 2] {
    [
        (
            "s.lua",
            format!(
                "local made = cliengo.contacts.create{{ websiteId = '{SITE}', name = 'Ana' }}
                 while true do pcall(cliengo.contacts.update, made.id, {{ rating = 5 }}) end"
            ),
        ),
        (
            "s.rhai",
            format!(
                "let made = cliengo.contacts.create(#{{ websiteId: \"{SITE}\", name: \"Ana\" }});
                 loop {{ try {{ cliengo.contacts.update(made.id, #{{ rating: 5 }}); }} catch {{ }} }}"
            ),
        ),
    ]
}

/// The report names the contact that was created, and the change of which nobody knows.
#[track_caller]
fn names_the_writes(ran: Ran, account: &Account) {
    let snapshot = account.admin("GET", "/snapshot", serde_json::Value::Null);
    let created = snapshot.as_array().unwrap().iter().find(|contact| contact["name"] == "Ana");
    let id = created.unwrap()["id"].as_str().unwrap();
    ran.silent().says(&[
        "these writes:",
        &format!("POST /contacts (created {id})"),
        &format!("PATCH /contacts/{id} — outcome unknown"),
    ]);
}

#[test]
fn a_signal_ends_a_run_in_a_pending_call_and_names_its_writes() {
    for ((name, script), signal) in scripts().into_iter().zip(["INT", "TERM"]) {
        let account = Account::start();
        account.fault(never_answered("PATCH /contacts/:id"));
        let running = account.program(&["run", name]).file(name, &script).start();
        account.wait_until_fired(1);
        let begun = Instant::now();
        running.signal(signal);
        let ran = running.end();
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
        names_the_writes(ran.code(130).says(&["error: the run was cancelled"]), &account);
    }
}

#[test]
fn the_time_limit_ends_a_run_in_a_pending_call_and_names_its_writes() {
    for (name, script) in scripts() {
        let account = Account::start();
        account.fault(never_answered("PATCH /contacts/:id"));
        let begun = Instant::now();
        let ran = account.program(&["run", "--timeout", "1s", name]).file(name, &script).run();
        assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
        names_the_writes(
            ran.code(1).says(&["error: the script ran longer than its 1 s"]),
            &account,
        );
    }
}

#[test]
fn a_signal_ends_a_loop_a_sleep_and_a_slow_list() {
    for (name, script) in [
        ("s.lua", "print('ready') while true do pcall(function() while true do end end) end"),
        ("s.lua", "print('ready') cliengo.sleep('1h')"),
        ("s.lua", "print('ready') while true do pcall(cliengo.contacts.list) end"),
        ("s.lua", "print('ready') for c in cliengo.contacts.each() do end"),
        ("s.rhai", "print(\"ready\"); loop { try { loop { } } catch { } }"),
        ("s.rhai", "print(\"ready\"); cliengo.sleep(\"1h\");"),
        ("s.rhai", "print(\"ready\"); loop { try { cliengo.contacts.list(); } catch { } }"),
    ] {
        let account = Account::start();
        account.fault(
            json!({ "route": "GET /contacts", "fault": { "kind": "delay", "ms": 600_000 } }),
        );
        let mut running = account.program(&["run", name]).file(name, script).start();
        assert_eq!(running.line(), "ready\n");
        let begun = Instant::now();
        running.signal("INT");
        let ran = running.end().code(130).says(&["error: the run was cancelled"]);
        assert!(begun.elapsed() < Duration::from_secs(2), "{script}: {:?}", begun.elapsed());
        assert!(!ran.stderr.contains("writes"), "{ran:?}");
    }
}

#[test]
fn a_failed_run_names_what_it_had_done_and_not_what_was_refused() {
    let account = Account::start();
    let script = format!(
        "local made = cliengo.contacts.create{{ websiteId = '{SITE}', name = 'Ana' }}
         cliengo.contacts.add_tag(made.id, 'vip')
         pcall(cliengo.contacts.update, '6a00000000000000000000ff', {{ rating = 1 }})
         error('stop')"
    );
    let ran = account.program(&["run", "s.lua"]).file("s.lua", script).run().code(1);
    let ran = ran.says(&["error: stop", "s.lua:4", "writes:", "POST /contacts (created", "/tags"]);
    assert!(!ran.stderr.contains("6a00000000000000000000ff"), "{}", ran.stderr);
}

#[test]
fn a_create_whose_answer_is_lost_is_told_as_unknown() {
    let account = Account::start();
    account.fault(json!({ "route": "POST /contacts", "fault": { "kind": "drop_after" } }));
    let lua = format!("cliengo.contacts.create{{ websiteId = '{SITE}', name = 'Ana' }}");
    let rhai = format!("cliengo.contacts.create(#{{ websiteId: \"{SITE}\", name: \"Ana\" }});");
    for (calls, (name, script)) in (1..).zip([("s.lua", lua), ("s.rhai", rhai)]) {
        let ran = account.program(&["run", name]).file(name, script).run();
        let ran = ran.code(4).says(&["error:", "broke", "call: POST /contacts", "unknown"]);
        ran.says(&["POST /contacts — outcome unknown"]);
        assert_eq!(account.calls().len(), calls, "it was sent twice: {:?}", account.calls());
    }
}

#[test]
fn a_delay_is_ended_by_the_time_limit_of_the_run() {
    let account = Account::start();
    account.fault(json!({ "route": "*", "fault": { "kind": "slow_body", "ms": 60_000 } }));
    let begun = Instant::now();
    let ran = account.program(&["eval", "--timeout", "500ms", "cliengo.account.get()"]).run();
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    ran.code(1).silent().says(&["error: the script ran longer than its 0.5 s"]);
}

#[test]
fn a_call_that_is_refused_is_made_once() {
    for (name, script) in [
        ("s.lua", "cliengo.call{ method = 'POST', path = '/contacts', body = {} }"),
        ("s.rhai", "cliengo.call(#{ method: \"POST\", path: \"/contacts\", body: #{} });"),
        ("s.lua", "cliengo.contacts.get('x')"),
        ("s.rhai", "cliengo.contacts.get(\"x\");"),
    ] {
        let account = Account::start();
        account.program(&["run", name]).file(name, script).run().code(1);
        assert_eq!(account.calls().len(), 1, "{script}: {:?}", account.calls());
    }
}
