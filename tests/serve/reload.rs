//! Scripts that change while they are served.

use cliengo::store::{EventState, Store};

use crate::place::{Place, WAIT, until, watch};

fn version(number: u32) -> String {
    watch("id = 'leads'", &format!("print('v{number} ' .. contact.name)"))
}

#[test]
fn a_new_version_goes_on_where_the_one_before_stood() {
    let place = Place::of(10, "leads.lua", &version(1));
    let mut daemon = place.serve();
    place.watching("leads");
    place.contact(1);
    assert_eq!(daemon.line(), "v1 contact 1\n");
    place.script("leads.lua", &version(2));
    daemon.said(&["loaded anew"]);
    place.contact(2);
    assert_eq!(daemon.line(), "v2 contact 2\n");
    assert_eq!(place.events(EventState::Done, 2).len(), 2);
}

#[test]
fn a_new_version_that_does_not_load_leaves_the_one_before() {
    let place = Place::of(0, "leads.lua", &version(1));
    let mut daemon = place.serve();
    place.watching("leads");
    place.script("leads.lua", "-- first\nlocal x = = 1");
    daemon.said(&["cannot be loaded", "leads.lua:2", "the version before goes on"]);
    place.contact(1);
    assert_eq!(daemon.line(), "v1 contact 1\n");
    place.script("leads.lua", &version(3));
    daemon.said(&["loaded anew"]);
    place.contact(2);
    assert_eq!(daemon.line(), "v3 contact 2\n");
}

#[test]
fn a_module_that_changes_is_loaded_anew() {
    let place = Place::with(0);
    place.script("words.luau", "return { hello = 'hola' }");
    let code =
        format!("local words = require('words')\n{}", watch("id = 'leads'", "print(words.hello)"));
    place.script("leads.lua", &code);
    let mut daemon = place.program("serve").argument(place.scripts().join("leads.lua")).start();
    place.watching("leads");
    place.contact(1);
    assert_eq!(daemon.line(), "hola\n");
    place.script("words.luau", "return { hello = 'buenas' }");
    daemon.said(&["loaded anew"]);
    place.contact(2);
    assert_eq!(daemon.line(), "buenas\n");
    place.script("words.luau", "return {");
    daemon.said(&["cannot be loaded", "words.luau:1", "the version before goes on"]);
    place.script("words.luau", "return { hello = 'otra' }");
    daemon.said(&["loaded anew"]);
    place.contact(3);
    assert_eq!(daemon.line(), "otra\n");
}

#[test]
fn a_script_that_could_not_be_loaded_for_its_module_is_tried_again() {
    let place = Place::with(0);
    let code =
        format!("local words = require('words')\n{}", watch("id = 'leads'", "print(words.hello)"));
    place.script("leads.lua", &code);
    place.script("other.lua", &watch("id = 'other'", ""));
    let mut daemon = place.serve();
    daemon.said(&["leads.lua", "cannot be loaded", "words"]);
    place.script("words.luau", "return { hello = 'hola' }\n-- no watch of its own");
    place.watching("leads");
    place.contact(1);
    assert_eq!(daemon.line(), "hola\n");
}

#[test]
fn a_timer_is_there_once_however_often_its_script_is_loaded() {
    let code = |n: u32| {
        format!(
            "cliengo.schedule.every('1s', {{ id = 't' }}, function(run) print(run.due) end) -- {n}"
        )
    };
    let place = Place::of(0, "t.lua", &code(0));
    let mut daemon = place.serve();
    for number in 1..=3 {
        daemon.line();
        place.script("t.lua", &code(number));
        daemon.said(&["loaded anew"]);
    }
    let mut dues: Vec<String> = (0..4).map(|_| daemon.line()).collect();
    let all = dues.len();
    dues.dedup();
    assert_eq!(dues.len(), all, "{dues:?}");
}

#[test]
fn a_handler_that_runs_comes_to_its_end_before_the_new_version_begins() {
    let code = |n: u32| {
        format!(
            "{WAIT}{}",
            watch("id = 'leads'", &format!("print('begun {n}') wait() print('ended {n}')"))
        )
    };
    let place = Place::of(0, "leads.lua", &code(1));
    place.gate(false);
    let mut daemon = place.serve();
    place.watching("leads");
    place.contact(1);
    assert_eq!(daemon.line(), "begun 1\n");
    place.script("leads.lua", &code(2));
    daemon.said(&["loaded anew"]);
    place.contact(2);
    place.gate(true);
    assert_eq!(daemon.line(), "ended 1\n");
    assert_eq!(daemon.line(), "begun 2\n");
    assert_eq!(place.events(EventState::Done, 2).len(), 2);
}

#[test]
fn a_run_that_goes_on_is_not_cut_off_by_a_new_version() {
    let code = |n: u32| {
        format!(
            "{WAIT}cliengo.schedule.every('1s', {{ id = 's' }}, function(run)
                 print('begun {n}') wait() print('ended {n}')
             end)"
        )
    };
    let place = Place::of(0, "s.lua", &code(1));
    place.gate(false);
    let mut daemon = place.serve();
    assert_eq!(daemon.line(), "begun 1\n");
    place.script("s.lua", &code(2));
    daemon.said(&["loaded anew"]);
    place.gate(true);
    assert_eq!([daemon.line(), daemon.line()], ["ended 1\n", "begun 2\n"]);
    assert!(!daemon.heard().contains("cut off"), "{}", daemon.heard());
}

#[test]
fn a_file_that_comes_into_a_folder_is_taken_up_and_one_that_goes_ends() {
    let place = Place::of(0, "a.lua", &watch("id = 'a'", "print('a ' .. contact.name)"));
    let mut daemon = place.serve();
    place.watching("a");
    place.script("b.lua", &watch("id = 'b'", "print('b ' .. contact.name)"));
    place.script("notes.txt", "no script");
    place.script("cliengo.d.luau", "declare cliengo: {}");
    daemon.said(&["b.lua", "loaded: 1 watch"]);
    place.watching("b");
    std::fs::remove_file(place.scripts().join("a.lua")).unwrap();
    daemon.said(&["a.lua", "is gone"]);
    place.contact(1);
    assert_eq!(daemon.line(), "b contact 1\n");
    // Back again, it goes on where it stood: what came meanwhile is new to it.
    place.script("a.lua", &watch("id = 'a'", "print('a ' .. contact.name)"));
    assert_eq!(daemon.line(), "a contact 1\n");
    assert!(!daemon.heard().contains("cliengo.d"), "{}", daemon.heard());
}

#[test]
fn a_named_file_that_is_away_for_a_moment_goes_on() {
    let place = Place::of(0, "a.lua", &version(1));
    let file = place.scripts().join("a.lua");
    let mut daemon = place.program("serve").argument(&file).start();
    place.watching("leads");
    std::fs::remove_file(&file).unwrap();
    daemon.said(&["cannot be loaded", "the version before goes on"]);
    place.contact(1);
    assert_eq!(daemon.line(), "v1 contact 1\n");
    place.script("a.lua", &version(2));
    daemon.said(&["loaded anew"]);
    place.contact(2);
    assert_eq!(daemon.line(), "v2 contact 2\n");
}

#[test]
fn a_signal_loads_every_script_anew() {
    let code = format!("print('loading')\n{}", version(1));
    let place = Place::of(0, "leads.lua", &code);
    let mut daemon = place.serve();
    assert_eq!(daemon.line(), "loading\n");
    place.watching("leads");
    daemon.signal("HUP");
    daemon.said(&["loads every script anew"]);
    assert_eq!(daemon.line(), "loading\n");
    daemon.said(&["loaded anew"]);
    place.contact(1);
    assert_eq!(daemon.line(), "v1 contact 1\n");
}

#[test]
fn a_watch_whose_filter_changed_goes_on_from_its_mark_as_a_new_generation() {
    let place = Place::of(0, "leads.lua", &version(1));
    let mut daemon = place.serve();
    place.watching("leads");
    let before = place.store().watch("leads").unwrap().unwrap().generation;
    place.script("leads.lua", &watch("id = 'leads', status = 'NEW'", ""));
    daemon.said(&["loaded anew"]);
    let store = place.store();
    until("the generation", || (store.watch("leads").unwrap()?.generation > before).then_some(()));
}

#[test]
fn what_a_new_version_no_longer_has_comes_to_its_end_before_the_daemon_does() {
    let other = watch("id = 'other'", "");
    let code =
        format!("{WAIT}{}{other}", watch("id = 'leads'", "print('begun') wait() print('ended')"));
    let place = Place::of(0, "leads.lua", &code);
    place.gate(false);
    let mut daemon = place.serve();
    place.watching("leads");
    place.contact(1);
    assert_eq!(daemon.line(), "begun\n");
    place.script("leads.lua", &other);
    daemon.said(&["loaded anew: 1 watch"]);
    daemon.signal("TERM");
    daemon.said(&["stops"]);
    place.gate(true);
    assert_eq!(daemon.end().code(0).stdout, "ended\n");
    place.events(EventState::Done, 1);
}

#[test]
fn two_scripts_of_one_name_are_warned_of() {
    let place = Place::of(0, "a.lua", &watch("id = 'one'", ""));
    let other = place.scripts().join("more");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("a.lua"), watch("id = 'two'", "")).unwrap();
    let mut daemon = place.daemon("").argument(&other).start();
    daemon.said(&["warn", "has the name of", "a.lua", "cliengo.once"]);
}

#[test]
fn a_module_of_a_library_that_changes_is_loaded_anew() {
    let place = Place::with(0);
    let library = tempfile::tempdir().unwrap();
    let words = library.path().join("words.lua");
    std::fs::write(&words, "return { hello = 'hola' }").unwrap();
    let code =
        format!("local words = require('words')\n{}", watch("id = 'leads'", "print(words.hello)"));
    place.script("leads.lua", &code);
    let program = place.program("serve").arguments(&["--lib"]).argument(library.path());
    let mut daemon = program.argument(place.scripts().join("leads.lua")).start();
    place.watching("leads");
    place.contact(1);
    assert_eq!(daemon.line(), "hola\n");
    std::fs::write(&words, "return { hello = 'buenas' }").unwrap();
    daemon.said(&["loaded anew"]);
    place.contact(2);
    assert_eq!(daemon.line(), "buenas\n");
}
