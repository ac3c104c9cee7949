//! A script that goes wrong costs no other script anything.

use cliengo::store::EventState;

use crate::place::{Place, watch};
use crate::support::Running;

/// Another script, which goes on whatever happens.
fn with(bad: &str, code: &str) -> (Place, Running) {
    let place = Place::of(0, "z-good.lua", &watch("id = 'good'", "print('good ' .. contact.name)"));
    place.script(bad, code);
    let daemon = place.daemon("--timeout 1s --max-memory 32M").start();
    (place, daemon)
}

/// Puts a contact in: the good script handles it.
#[track_caller]
fn the_other_goes_on(place: &Place, daemon: &mut Running, number: u32) {
    place.watching("good");
    place.contact(number);
    assert_eq!(daemon.line(), format!("good contact {number}\n"));
}

#[test]
fn one_that_cannot_be_loaded() {
    let (place, mut daemon) = with("bad.lua", "local x =");
    daemon.said(&["error", "cannot be loaded", "bad.lua:1"]);
    the_other_goes_on(&place, &mut daemon, 1);
}

#[test]
fn one_that_raises_while_it_is_loaded() {
    let (place, mut daemon) = with("bad.rhai", "let x = 1;\nthrow \"not today\";");
    daemon.said(&["cannot be loaded", "not today", "bad.rhai:2"]);
    the_other_goes_on(&place, &mut daemon, 1);
}

#[test]
fn one_that_hangs_while_it_is_loaded_and_is_mended() {
    let (place, mut daemon) = with("bad.lua", "while true do end");
    the_other_goes_on(&place, &mut daemon, 1);
    place.script("bad.lua", &watch("id = 'bad', from = 'beginning'", "print('mended')"));
    assert_eq!(daemon.line(), "mended\n");
    daemon.signal("TERM");
    daemon.end().code(0);
}

/// A handler that goes wrong with one contact, and the words of its failure.
fn fails(script: &str, code: &str, words: &[&str]) {
    let (place, mut daemon) = with(script, code);
    place.watching("bad");
    the_other_goes_on(&place, &mut daemon, 1);
    daemon.said(words);
    place.events(EventState::Dead, 1);
    // The script goes on too, with the next contact.
    the_other_goes_on(&place, &mut daemon, 2);
    place.events(EventState::Dead, 2);
    daemon.signal("TERM");
    daemon.end().code(0);
}

fn bad(body: &str) -> String {
    watch("id = 'bad', max_attempts = 1", body)
}

#[test]
fn one_whose_handler_hangs() {
    let words = ["dead", "longer than its 1 s"];
    fails("bad.lua", &bad("while true do end"), &words);
    fails("bad.lua", &bad("while true do pcall(function() while true do end end) end"), &words);
    fails("bad.lua", &bad("cliengo.sleep('1h')"), &words);
    let rhai = "cliengo.watch.new_contacts(#{ id: \"bad\", every: \"1s\", max_attempts: 1 }, \
                |contact, event| loop {});";
    fails("bad.rhai", rhai, &words);
}

#[test]
fn one_whose_handler_cannot_be_interrupted() {
    // A search that goes back and back, in the language's own library.
    let code = bad("string.find(('a'):rep(5000), ('.-'):rep(8) .. 'b')");
    fails("bad.lua", &code, &["dead", "longer than its 1 s"]);
}

#[test]
fn one_whose_handler_eats_memory() {
    let words = ["dead after attempt 1", "memory"];
    fails(
        "bad.lua",
        &bad("local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end"),
        &words,
    );
}

#[test]
fn one_whose_handler_calls_itself_without_end() {
    let code = format!("local function f(n) return 1 + f(n + 1) end\n{}", bad("f(1)"));
    fails("bad.lua", &code, &["dead after attempt 1", "stack"]);
    let rhai = "fn f(n) { 1 + f(n + 1) }\n\
                cliengo.watch.new_contacts(#{ id: \"bad\", every: \"1s\", max_attempts: 1 }, \
                |contact, event| f(1));";
    fails("bad.rhai", rhai, &["dead after attempt 1", "too deep"]);
}

#[test]
fn one_whose_handler_raises() {
    fails("bad.lua", &bad("error({ odd = true })"), &["dead after attempt 1"]);
    fails("bad.lua", &bad("contact.nothing.more = 1"), &["dead after attempt 1", "bad.lua:2"]);
}
