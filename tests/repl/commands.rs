//! Point 5: the dot-commands.

use serde_json::json;

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Prompt};
use crate::reading::has;
use crate::support::key;

#[test]
fn variables_are_listed_with_what_they_are() {
    for (language, lines) in [
        (Lua, ["local leads = { 1, 2, 3 }", "city = 'Rosario'", "function greet(person) end"]),
        (Rhai, ["let leads = [1, 2, 3];", "let city = \"Rosario\";", "fn greet(person) { }"]),
    ] {
        let mut prompt = Prompt::open(language);
        for line in lines {
            prompt.answers(line);
        }
        let vars = prompt.answers(".vars");
        let row = |name: &str| {
            let row = vars.lines().find(|row| row.trim_start().starts_with(name));
            row.unwrap_or_else(|| panic!("no {name}: {vars}")).to_owned()
        };
        has(&row("leads"), &["list", "3"]);
        has(&row("city"), &["text", "Rosario"]);
        has(&row("greet"), &["function", "person"]);
        assert!(!vars.contains("cliengo") && !vars.contains("print"), "{vars}");
    }
}

#[test]
fn the_type_of_an_expression() {
    for (language, cases) in [
        (Lua, [("'x'", "text"), ("{ 1, 2 }", "list"), ("1", "number"), ("print", "function")]),
        (Rhai, [("\"x\"", "text"), ("[1, 2]", "list"), ("1", "number"), ("|a| a", "function")]),
    ] {
        let mut prompt = Prompt::open(language);
        for (expression, kind) in cases {
            has(&prompt.answers(&format!(".type {expression}")), &[kind]);
        }
        has(&prompt.answers(".type cliengo.contacts.find()"), &["contact"]);
    }
}

#[test]
fn time_tells_of_the_calls_and_their_weight() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        prompt.account.fault(json!({ "route": "GET /contacts", "first": 1, "fault": { "kind": "status", "code": 503 } }));
        let answer = prompt.answers(".time cliengo.contacts.count()");
        has(&answer, &["ms", "2 calls", "1 retr"]);
        has(&answer, &[" B"]);
        assert_eq!(prompt.answers("_"), "120", "its result is the last one");
        has(&prompt.answers(".time 1 + 1"), &["0 calls"]);
    }
}

#[test]
fn the_screen_is_cleared() {
    let mut prompt = Prompt::open(Lua);
    prompt.answers("'something to clear'");
    prompt.typed(".clear").types(key::ENTER);
    prompt.until("empty screen", |shown| {
        shown.waits_for_a_line() && !shown.visible().contains("something")
    });
    assert_eq!(prompt.answers("1 + 1"), "2");
}

#[test]
fn it_is_left_by_command_with_code_0() {
    for command in [".quit", ".exit"] {
        let mut prompt = Prompt::open(Rhai);
        prompt.enters(command);
        assert_eq!(prompt.leaves(), Some(0), "{command}");
    }
}

#[test]
fn a_command_that_takes_nothing_refuses_more() {
    let mut prompt = Prompt::open(Lua);
    for command in [".quit now", ".vars x", ".more 5", ".curl x", ".clear all"] {
        let answer = prompt.answers(command);
        assert!(answer.contains("takes nothing"), "{command}: {answer}");
    }
}
