//! Point 7: how far a long walk is.

use serde_json::json;

use crate::prompt::Language::Lua;
use crate::prompt::{Prompt, slow_pages};
use crate::support::{Account, key, never_answered};

/// A prompt on an account of so many contacts, of which the first pages come late: a call that is over soon
/// shows no bar.
fn open(contacts: u32, pages: u32) -> Prompt {
    let account = Account::start();
    account.admin("POST", "/reset", json!({ "contacts": contacts }));
    let fault = json!({ "kind": "delay", "ms": 600 });
    account.fault(json!({ "route": "GET /contacts", "first": pages, "fault": fault }));
    Prompt::on(account, Lua, |program| program)
}

#[test]
fn a_walk_shows_how_far_it_is_and_is_ended() {
    let mut prompt = open(400, 5);
    // The walk stands still from there on, so that its bar cannot go before somebody has seen it.
    prompt.account.fault(never_answered("GET /contacts"));
    prompt.enters("cliengo.contacts.list()");
    prompt.shows("[=").shows("of 400");
    prompt.types(key::CTRL_C).shows("cancelled").prompt();
    assert!(!prompt.now().visible().contains("[="), "the bar stayed");
}

#[test]
fn a_bar_goes_when_the_walk_has_ended() {
    let mut prompt = open(400, 5);
    slow_pages(&prompt.account, 1_500);
    prompt.enters("cliengo.contacts.list()");
    prompt.shows("400 contacts").prompt();
    // It may have come and gone between two looks at the screen.
    let was_there = String::from_utf8_lossy(&prompt.now().bytes).contains("[=");
    assert!(was_there && !prompt.now().visible().contains("[="), "the bar stayed, or never came");
}

#[test]
fn what_is_printed_during_a_walk_stands_above_the_bar() {
    let account = Account::start();
    account.admin("POST", "/reset", json!({ "contacts": 150 }));
    slow_pages(&account, 600);
    let mut prompt = Prompt::on(account, Lua, |program| program);
    let line = "for contact in cliengo.contacts.each() do print('row ' .. contact.id) end";
    let answer = prompt.answers(line);
    assert_eq!(answer.lines().filter(|row| row.starts_with("row ")).count(), 150, "{answer}");
    assert!(!answer.contains("[="), "the bar stayed: {answer}");
}
