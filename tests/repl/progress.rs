//! Point 7: how far a long walk is.

use serde_json::json;

use crate::prompt::Language::Lua;
use crate::prompt::{Prompt, slow_pages};
use crate::support::{Account, key};

#[test]
fn a_walk_shows_how_far_it_is_and_is_ended() {
    let account = Account::start();
    account.admin("POST", "/reset", json!({ "contacts": 400 }));
    slow_pages(&account, 600);
    let mut prompt = Prompt::on(account, Lua, |program| program);
    prompt.enters("cliengo.contacts.list()");
    prompt.shows("[=").shows("of 400");
    prompt.types(key::CTRL_C).shows("cancelled").prompt();
    assert!(!prompt.now().visible().contains("[="), "the bar stayed");
}

#[test]
fn a_bar_goes_when_the_walk_has_ended() {
    let account = Account::start();
    account.admin("POST", "/reset", json!({ "contacts": 150 }));
    slow_pages(&account, 600);
    let mut prompt = Prompt::on(account, Lua, |program| program);
    prompt.enters("cliengo.contacts.list()");
    prompt.shows("[=").shows("150 contacts").prompt();
    assert!(!prompt.now().visible().contains("[="), "the bar stayed");
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
