//! Point 6: watches that are followed are listed, stopped and replaced, and outlive a trouble.

use serde_json::json;

use crate::live::{above_what_is_typed, arrives, open, watches};
use crate::prompt::Language::{Lua, Rhai};
use crate::support::key;

#[test]
fn watches_are_listed_and_stopped() {
    let mut prompt = open(Lua);
    assert!(!prompt.answers(".watch").is_empty(), "it says that there is none");
    watches(
        &mut prompt,
        "cliengo.watch.new_contacts({ id = 'greeter', every = '1s' }, function(contact) print('greeted ' .. contact.name) end)",
    );
    watches(&mut prompt, ".watch new 1s");
    let listed = prompt.answers(".watch");
    assert!(listed.contains("greeter") && listed.contains("new"), "{listed}");
    arrives(&prompt, 1, "Ana");
    prompt.shows("greeted Ana").until("the line of the other", |shown| {
        shown.visible().lines().any(|row| row.contains("new ") && row.contains("Ana"))
    });
    prompt.answers(".unwatch greeter");
    assert!(!prompt.answers(".watch").contains("greeter"));
    arrives(&prompt, 2, "Luz");
    // The watch that goes on tells when the one that was stopped would have.
    prompt.until("Luz", |shown| shown.visible().contains("Luz"));
    assert!(!prompt.now().visible().contains("greeted Luz"));
    prompt.answers(".unwatch");
    let calls = prompt.account.calls().len();
    assert!(!prompt.answers(".watch").contains("1 s"), "all are stopped");
    assert_eq!(prompt.account.calls().len(), calls);
    let unknown = prompt.answers(".unwatch nobody");
    assert!(unknown.contains("nobody"), "{unknown}");
}

#[test]
fn the_same_id_again_replaces_the_handler() {
    let mut prompt = open(Lua);
    let watch = |word: &str| {
        format!(
            "cliengo.watch.new_contacts({{ id = 'one', every = '1s' }}, function(contact) print('{word} ' .. contact.name) end)"
        )
    };
    watches(&mut prompt, &watch("first"));
    let answer = prompt.answers(&watch("second"));
    assert!(answer.contains("replaced"), "{answer}");
    arrives(&prompt, 1, "Ana");
    prompt.shows("second Ana");
    assert!(!prompt.now().visible().contains("first Ana"));
}

#[test]
fn an_error_of_a_handler_is_shown_and_ends_nothing() {
    for (language, line) in [
        (
            Lua,
            ".watch new 1s function(contact) if contact.name == 'Ana' then pritn('x') end print('well ' .. contact.name) end",
        ),
        (
            Rhai,
            ".watch new 1s |contact| { if contact.name == \"Ana\" { pritn(\"x\") } print(\"well \" + contact.name) }",
        ),
    ] {
        let mut prompt = open(language);
        watches(&mut prompt, line);
        above_what_is_typed(&mut prompt, 1, "Ana", &["pritn", "print"]);
        above_what_is_typed(&mut prompt, 2, "Luz", &["well Luz"]);
    }
}

#[test]
fn a_trouble_of_the_account_is_told_and_the_watch_goes_on() {
    let mut prompt = open(Lua);
    watches(&mut prompt, ".watch new 1s");
    prompt.account.fault(
        json!({ "route": "GET /contacts", "first": 1, "fault": { "kind": "status", "code": 401 } }),
    );
    prompt.until("the trouble", |shown| {
        shown.visible().contains("401") || shown.visible().contains("unauthorized")
    });
    arrives(&prompt, 1, "Ana");
    prompt.shows("Ana");
}

#[test]
fn an_event_waits_for_the_line_that_runs() {
    let mut prompt = open(Lua);
    watches(&mut prompt, ".watch new 1s function(contact) print('came ' .. contact.name) end");
    prompt.enters("print('be' .. 'gun') cliengo.sleep('600s')");
    prompt.shows("begun");
    arrives(&prompt, 1, "Ana");
    let polls = || prompt.account.calls().len();
    let before = polls();
    let begun = std::time::Instant::now();
    while polls() < before + 2 {
        assert!(begun.elapsed().as_secs() < 120, "it does not poll while a line runs");
        std::thread::yield_now();
    }
    assert!(!prompt.now().visible().contains("came Ana"));
    prompt.types(key::CTRL_C).shows("came Ana").prompt();
}

#[test]
fn a_handler_without_end_is_cancelled_like_a_line() {
    let mut prompt = open(Lua);
    watches(
        &mut prompt,
        ".watch new 1s function(contact) print('came ' .. contact.name) while true do end end",
    );
    arrives(&prompt, 1, "Ana");
    prompt.shows("came Ana").prompt();
    prompt.types(key::CTRL_C).shows("cancelled").prompt();
    // The word about the handler may come above this line or below it.
    prompt.enters("20 + 22");
    prompt.shows("\n42").prompt();
}

#[test]
fn of_several_watches_each_event_and_each_failure_names_its_own() {
    let mut prompt = open(Lua);
    watches(&mut prompt, ".watch new 1s");
    arrives(&prompt, 1, "Ana");
    prompt.shows("new  Ana");
    assert!(!prompt.now().visible().contains("new: new  Ana"), "one alone needs no name");
    prompt.answers(
        "cliengo.watch.new_contacts({ id = 'second', every = '1s' }, function() error('oh') end)",
    );
    prompt.shows("as \"second\"");
    arrives(&prompt, 2, "Luz");
    prompt.shows("new: new  Luz").shows("second: new  Luz").shows("the watch \"second\" failed");
}

#[test]
fn a_line_that_waits_for_a_handler_says_so() {
    let mut prompt = open(Lua);
    watches(
        &mut prompt,
        ".watch new 1s function(contact) print('came ' .. contact.name) while true do end end",
    );
    arrives(&prompt, 1, "Ana");
    prompt.shows("came Ana").prompt();
    prompt.enters("20 + 22");
    prompt.shows("a handler of \"new\" is running; Ctrl-C ends it");
    prompt.types(key::CTRL_C).shows("is ended").prompt();
    // The word about the line may come above the next one or below it.
    prompt.enters("20 + 22");
    prompt.shows("\n42").prompt();
}
