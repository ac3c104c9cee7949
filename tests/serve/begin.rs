//! How a daemon begins, and where it does not.

use cliengo::store::Store;

use crate::place::{Place, shown, watch};
use crate::support::Program;

const GOOD: &str =
    "cliengo.watch.new_contacts({ from = 'beginning' }, function(c) print(c.id) end)";

#[test]
fn a_second_daemon_is_refused_and_names_the_first() {
    let place = Place::of(1, "a.lua", GOOD);
    let mut first = place.serve();
    first.line();
    let said = place.serve().end().code(5);
    said.says(&["serves", "already (process", "hint:", "CLIENGO_STATE_DIR"]);
    first.signal("TERM");
    first.end().code(0);
}

#[test]
fn without_a_key_it_does_not_begin() {
    let place = Place::of(1, "a.lua", GOOD);
    let daemon = place.daemon("").variable("CLIENGO_API_KEY", "");
    daemon.run().code(3).silent().says(&["error:", "key", "hint:"]);
}

#[test]
fn with_nothing_to_serve_it_does_not_begin() {
    let place = Place::with(0);
    place.daemon("").run().code(2).says(&["error:", "no script has a watch or a schedule"]);
    place.script("a.lua", "print('only this')");
    let said = place.daemon("").run().code(2);
    said.says(&["error:", "no script has a watch or a schedule", "hint:"]);
    let missing = place.program("serve").argument(place.scripts().join("missing.lua")).run();
    missing.code(2).says(&["error:", "missing.lua"]);
    place.script("a.lua", "local x =");
    place.daemon("").run().says(&["cannot be loaded", "a.lua:1", "error:"]);
    Program::new(&["serve"]).run().code(2).says(&["FILE|DIR"]);
}

#[test]
fn the_key_of_another_account_ends_it_before_it_does_anything() {
    let place = Place::of(1, "a.lua", GOOD);
    let store = cliengo::store::SqliteStore::open(&place.state()).unwrap();
    store.set_setting("account", &"5e8f0a1b2c3d4e5f60718999".into()).unwrap();
    place.daemon("").run().code(5).silent().says(&["5e8f0a1b2c3d4e5f60718999", "hint:"]);
}

#[test]
fn a_state_that_is_deleted_under_it_ends_it() {
    let place = Place::of(1, "a.lua", GOOD);
    let mut daemon = place.serve();
    daemon.line();
    for file in ["state.db", "state.db-wal", "state.db-shm"] {
        drop(std::fs::remove_file(place.state().join(file)));
    }
    daemon.end().code(5).says(&["deleted or replaced", "hint:"]);
}

#[test]
fn what_a_script_writes_at_its_top_level_is_refused_for_it_runs_at_each_load() {
    let place = Place::of(3, "a.lua", GOOD);
    let one_shot = "for c in cliengo.contacts.each() do cliengo.contacts.delete(c.id) end";
    place.script("b.lua", &format!("{one_shot}\n{}", watch("id = 'b'", "")));
    let mut daemon = place.serve();
    daemon.said(&["b.lua", "cannot be loaded", "may not write", "b.lua:1", "handler"]);
    daemon.line();
    daemon.signal("HUP");
    daemon.said(&["b.lua", "cannot be loaded"]);
    assert_eq!(place.account.snapshot().len(), 3);
}

#[test]
fn a_refused_key_at_the_start_is_said_and_begins_when_it_is_mended() {
    let place = Place::of(1, "a.lua", GOOD);
    place.account.fault(serde_json::json!({
        "route": "*", "fault": { "kind": "status", "code": 401 },
    }));
    let mut daemon = place.serve();
    daemon.said(&["error", "stands still until the API key is mended", "SIGHUP"]);
    let place_shown = place.run("watches list -o json").stdout;
    assert!(place_shown.contains("paused"), "{place_shown}");
    place.account.admin("DELETE", "/faults", serde_json::Value::Null);
    daemon.signal("HUP");
    daemon.line();
}

#[test]
fn of_two_scripts_with_one_id_the_second_is_refused_and_both_places_are_named() {
    let place = Place::of(1, "b.lua", &watch("id = 'leads', from = 'beginning'", "print('b')"));
    place.script(
        "a.lua",
        &format!("\n\n{}", watch("id = 'leads', from = 'beginning'", "print('a')")),
    );
    let mut daemon = place.serve();
    daemon.said(&[
        "b.lua",
        "cannot be loaded",
        "two watches have the id \"leads\"",
        "a.lua:3",
        "b.lua:1",
    ]);
    assert_eq!(daemon.line(), "a\n");
    // Where the first one gives the id up, the second one gets it.
    place.script("a.lua", &watch("id = 'other'", ""));
    place.script("b.lua", &watch("id = 'leads'", "print('b ' .. contact.name)"));
    daemon.said(&["b.lua", "loaded: 1 watch"]);
    place.contact(1);
    assert_eq!(daemon.line(), "b contact 1\n");
}

#[test]
fn a_script_that_is_named_twice_is_one() {
    let place = Place::of(1, "a.lua", GOOD);
    let file = place.scripts().join("a.lua");
    let mut daemon =
        place.daemon("").argument(&file).argument(place.scripts().join("./a.lua")).start();
    daemon.line();
    let heard = daemon.heard();
    assert!(!heard.contains("cannot be loaded"), "{heard} {}", shown(&file));
}
