//! Who is told of failures, and of runs that went well.

use cliengo::store::EventState;

use crate::listener::Listener;
use crate::place::{Place, WAIT, watch};

#[test]
fn a_function_is_told_of_a_dead_event() {
    let hook = "on_failure = function(f) print(f.watch, f.contact, f.attempt, f.error) end";
    let options = format!("id = 'leads', max_attempts = 1, {hook}");
    let place = Place::of(0, "leads.lua", &watch(&options, "error('no luck')"));
    let mut daemon = place.serve();
    place.watching("leads");
    let id = place.contact(1);
    let line = daemon.line();
    assert!(line.starts_with(&format!("leads\t{id}\t1\t")) && line.contains("no luck"), "{line}");
}

#[test]
fn an_address_is_told_of_a_dead_event() {
    let listener = Listener::start(200);
    let options = format!("id = 'leads', max_attempts = 1, on_failure = '{}'", listener.url);
    let place = Place::of(0, "leads.lua", &watch(&options, "error('no luck')"));
    let _daemon = place.serve();
    place.watching("leads");
    let id = place.contact(1);
    let (first, told) = listener.call();
    assert!(first.starts_with("POST /hook?secret=s3cr3t"), "{first}");
    assert_eq!((&told["watch"], &told["contact"]), (&"leads".into(), &id.into()));
    assert!(told["error"].as_str().unwrap().contains("no luck"), "{told}");
}

#[test]
fn a_failure_at_the_very_end_is_told_before_the_daemon_is_gone() {
    let listener = Listener::start(200);
    let options = format!("id = 'leads', max_attempts = 1, on_failure = '{}'", listener.url);
    let body = "print('begun') wait() error('no luck')";
    let place = Place::of(0, "leads.lua", &format!("{WAIT}{}", watch(&options, body)));
    place.gate(false);
    let mut daemon = place.serve();
    place.watching("leads");
    let id = place.contact(1);
    daemon.line();
    daemon.signal("TERM");
    daemon.said(&["stops"]);
    place.gate(true);
    daemon.end().code(0);
    assert_eq!(listener.call().1["contact"], id.as_str());
}

#[test]
fn a_hook_that_fails_is_said_without_its_address_and_changes_nothing() {
    let listener = Listener::start(500);
    let options = format!("id = 'leads', max_attempts = 1, on_failure = '{}'", listener.url);
    let place = Place::of(0, "leads.lua", &watch(&options, "print('called') error('no luck')"));
    let mut daemon = place.serve();
    place.watching("leads");
    place.contact(1);
    daemon.said(&["error", "on_failure failed", "500"]);
    assert!(!daemon.heard().contains("s3cr3t"));
    place.events(EventState::Dead, 1);
    place.contact(2);
    assert_eq!((daemon.line(), daemon.line()), ("called\n".into(), "called\n".into()));
}

#[test]
fn a_hook_that_is_a_failing_function_is_said() {
    let hook = "on_failure = function(f) error('hook broke') end";
    let options = format!("id = 'leads', max_attempts = 1, {hook}");
    let place = Place::of(0, "leads.lua", &watch(&options, "error('no luck')"));
    let mut daemon = place.serve();
    place.watching("leads");
    place.contact(1);
    daemon.said(&["on_failure failed", "hook broke"]);
}

#[test]
fn a_schedule_tells_of_failed_runs_and_beats_after_good_ones() {
    let (hook, beat) = (Listener::start(200), Listener::start(200));
    let code = format!(
        "local count = 0
         cliengo.schedule.every('1s', {{ id = 's', heartbeat = '{}', on_failure = '{}' }}, function(run)
             count = count + 1
             if count == 1 then error('first') end
         end)",
        beat.url, hook.url
    );
    let place = Place::of(0, "s.lua", &code);
    let _daemon = place.serve();
    let (_, told) = hook.call();
    assert_eq!(told["schedule"], "s");
    assert!(told["error"].as_str().unwrap().contains("first"), "{told}");
    let (first, _) = beat.call();
    assert!(first.starts_with("GET /hook"), "{first}");
}

#[test]
fn a_function_is_told_of_a_failed_run() {
    let code = "cliengo.schedule.every('1s', { id = 's', on_failure = function(f) print(f.schedule, f.due ~= nil) end },
        function(run) error('bad') end)";
    let place = Place::of(0, "s.lua", code);
    assert_eq!(place.serve().line(), "s\ttrue\n");
}

/// A hook that waits at the gate.
const SLOW_HOOK: &str = "on_failure = function() print('told') wait() print('heard') end";

#[test]
fn a_hook_that_hangs_keeps_no_event_waiting_and_has_its_time_at_the_end() {
    let options = format!("id = 'leads', max_attempts = 1, {SLOW_HOOK}");
    let code = format!("{WAIT}{}", watch(&options, "print(contact.name) error('no luck')"));
    let place = Place::of(0, "leads.lua", &code);
    place.gate(false);
    let mut daemon = place.serve();
    place.watching("leads");
    place.contact(1);
    assert_eq!([daemon.line(), daemon.line()], ["contact 1\n", "told\n"]);
    place.contact(2);
    assert_eq!(daemon.line(), "contact 2\n");
    place.events(EventState::Dead, 2);
    daemon.signal("TERM");
    daemon.said(&["stops"]);
    place.gate(true);
    assert_eq!(daemon.end().code(0).stdout, "heard\ntold\nheard\n");
}

#[test]
fn a_hook_that_hangs_does_not_let_the_next_run_be_passed_over() {
    let code = format!(
        "{WAIT}cliengo.schedule.every('1s', {{ id = 's', {SLOW_HOOK} }}, function() print('run') error('no luck') end)"
    );
    let place = Place::of(0, "s.lua", &code);
    place.gate(false);
    let mut daemon = place.daemon("--drain 1ms").start();
    let lines: Vec<_> = (0..4).map(|_| daemon.line()).collect();
    assert_eq!(lines.iter().filter(|line| *line == "run\n").count(), 3, "{lines:?}");
    daemon.signal("TERM");
    daemon.end().code(0);
}

#[test]
fn a_heartbeat_that_is_not_answered_does_not_keep_the_next_run_from_beginning() {
    // Nobody ever answers there.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/beat", silent.local_addr().unwrap());
    let code = format!(
        "cliengo.schedule.every('1s', {{ id = 's', heartbeat = '{url}' }}, function() print('run') end)"
    );
    let place = Place::of(0, "s.lua", &code);
    let mut daemon = place.serve();
    (0..4).for_each(|_| assert_eq!(daemon.line(), "run\n"));
    daemon.signal("TERM");
    daemon.said(&["stops"]);
    daemon.signal("TERM");
    assert!(!daemon.end().code(0).stderr.contains("passed over"));
}

#[test]
fn a_mistyped_address_is_said_without_itself_for_it_may_be_a_secret() {
    let good = watch("id = 'good'", "");
    for url in ["https://hooks.example/SECRET ", "htps://hooks.example/SECRET"] {
        for code in [
            format!("cliengo.watch.new_contacts({{ id = 'w', on_failure = '{url}' }}, print)"),
            format!("cliengo.schedule.every('1h', {{ id = 's', on_failure = '{url}' }}, print)"),
            format!("cliengo.schedule.every('1h', {{ id = 's', heartbeat = '{url}' }}, print)"),
        ] {
            let place = Place::of(0, "bad.lua", &code);
            place.script("good.lua", &good);
            let mut daemon = place.serve();
            let said = daemon.said(&["bad.lua", "cannot be loaded", " is no "]);
            assert!(!said.contains("SECRET"), "{said}");
        }
    }
}
