//! No event is given away without its handler: not by a handler that was ended, by another account's key, or
//! by a program that was killed.

use cliengo::emulator::EMULATOR_KEY;
use cliengo::store::{EventState, Store};
use serde_json::json;

use crate::script::{Language, Script, new_contacts};
use crate::watched::Watched;

#[test]
fn after_a_handler_was_ended_no_other_watch_of_the_script_loses_an_event() {
    let watched = Watched::empty();
    watched.put([watched.contact(1, -60)]);
    let script = "
        local options = { from = 'beginning', on_error = 'dead' }
        options.id, options.timeout = 'hangs', '200ms'
        cliengo.watch.new_contacts(options, function() while true do end end)
        options.id, options.timeout = 'next', nil
        cliengo.watch.new_contacts(options, function(contact) print(contact.name) end)";
    let ran = watched.program_of("two.lua", script).run().code(1);
    assert_eq!(ran.stdout, "");
    assert!(ran.stderr.contains("wait for the next run"), "{}", ran.stderr);
    let of = |watch: &str| watched.store().event_counts(watch).unwrap();
    assert_eq!(of("hangs"), [(EventState::Dead, 1)]);
    assert_eq!(of("next"), []);
    let ran = watched.program_of("two.lua", script).run().code(0);
    assert_eq!(ran.stdout, "c1\n");
}

#[test]
fn with_the_key_of_another_account_nothing_is_handled() {
    let watched = Watched::empty();
    watched.put([watched.contact(1, -60), watched.contact(2, -50)]);
    let script = new_contacts().option("from", "beginning").option("limit", 1);
    assert_eq!(watched.names(&script), ["c1"]);
    watched.store().set_setting("account", &json!("5e8f0a1b2c3d4e5f60718999")).unwrap();
    let ran = watched.run(&script).code(5).silent();
    assert!(ran.stderr.contains("5e8f0a1b2c3d4e5f60718999"), "{}", ran.stderr);
    assert!(!ran.stderr.contains(EMULATOR_KEY), "{}", ran.stderr);
    assert_eq!(watched.events(EventState::Pending).len(), 1);
}

/// A handler that hangs, and a hook that says which event is dead.
const CUT_OFF: &str = "
    cliengo.watch.new_contacts({
        id = 'w', from = 'beginning', max_attempts = 1, on_error = POLICY,
        on_failure = function(failure) print('dead', failure.contact, failure.error) end,
    }, function(contact)
        print(contact.name)
        if contact.name == 'c1' then cliengo.sleep(600) end
    end)";

/// What the next run does after the first was killed in its handler.
fn after_a_kill(policy: &str) -> (String, Watched) {
    let watched = Watched::empty();
    watched.put([watched.contact(1, -60), watched.contact(2, -50)]);
    let script = CUT_OFF.replace("POLICY", policy);
    let mut running = watched.program_of(Script::file(Language::Lua), &script).start();
    assert_eq!(running.line().trim(), "c1");
    running.signal("KILL");
    running.end();
    let mended = script.replace("cliengo.sleep(600)", "error('seen')");
    let ran = watched.program_of(Script::file(Language::Lua), &mended).run();
    (ran.stdout, watched)
}

#[test]
fn an_event_that_died_without_an_end_is_told_of() {
    let (said, watched) = after_a_kill("'retry'");
    assert!(said.starts_with("dead\t6a0000000000000000000001\t"), "{said}");
    assert!(said.ends_with("c2\n"), "{said}");
    assert_eq!(watched.events(EventState::Dead).len(), 1);
}

#[test]
fn a_watch_that_stops_at_failures_does_not_pass_over_one_that_nobody_saw() {
    let (said, watched) = after_a_kill("'stop'");
    assert!(said.starts_with("c1\n"), "{said}");
    assert!(!said.contains("c2"), "{said}");
    assert_eq!(watched.events(EventState::Dead).len(), 0);
}
