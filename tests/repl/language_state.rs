//! Point 1: both languages, what stays from line to line, and how it opens.

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Prompt};
use crate::support::{Program, Screen};

/// Enters each line, and compares what is answered.
#[track_caller]
fn converse(prompt: &mut Screen, lines: &[(&str, &str)]) {
    for (line, answer) in lines {
        assert_eq!(prompt.answers(line), *answer, "{line}");
    }
}

#[test]
fn expressions_print_their_value() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        let text = language.of(r#""a" .. "b""#, r#""a" + "b""#);
        converse(&mut prompt, &[("1 + 1", "2"), (text, "ab"), ("1 > 2", "false")]);
        converse(&mut prompt, &[("cliengo.contacts.count()", "120")]);
    }
}

#[test]
fn a_line_that_gives_nothing_prints_nothing() {
    for (language, lines) in [
        (Lua, ["x = 5", "nil", "-- only a comment"]),
        (Rhai, ["let x = 5;", "()", "// only a comment"]),
    ] {
        let mut prompt = Prompt::open(language);
        for line in lines {
            assert_eq!(prompt.answers(line), "", "{line}");
        }
        assert_eq!(prompt.answers("1 + 1"), "2");
    }
}

#[test]
fn what_is_printed_stands_before_the_value() {
    for (language, line) in [(Lua, "print('said') return 7"), (Rhai, "print(\"said\"); 7")] {
        assert_eq!(Prompt::open(language).answers(line), "said\n7");
    }
}

#[test]
fn locals_and_functions_of_lua_survive_to_the_next_line() {
    let mut prompt = Prompt::open(Lua);
    converse(
        &mut prompt,
        &[
            ("local x = 41", ""),
            ("x + 1", "42"),
            ("local a, b = 1, 2; local c: number = 4", ""),
            ("a + b + c", "7"),
            ("local function double(n) return n * 2 end", ""),
            ("double(x)", "82"),
            ("function triple(n: number): number return n * 3 end", ""),
            ("triple(double(1))", "6"),
            ("x = x + 1", ""),
            ("local y = x", ""),
            ("y", "42"),
        ],
    );
}

#[test]
fn locals_of_a_block_of_lua_stay_in_it() {
    let mut prompt = Prompt::open(Lua);
    converse(&mut prompt, &[("do local inner = 1 end", ""), ("inner == nil", "true")]);
    converse(
        &mut prompt,
        &[("local function f() local deep = 2 return deep end", ""), ("f()", "2")],
    );
    converse(&mut prompt, &[("deep == nil", "true")]);
}

#[test]
fn variables_functions_and_closures_of_rhai_survive_to_the_next_line() {
    let mut prompt = Prompt::open(Rhai);
    converse(
        &mut prompt,
        &[
            ("let x = 41;", ""),
            ("x + 1", "42"),
            ("fn double(n) { n * 2 }", ""),
            ("double(x)", "82"),
            ("fn quadruple(n) { double(double(n)) }", ""),
            ("quadruple(2)", "8"),
            ("fn double(n) { n * 20 }", ""),
            ("double(1)", "20"),
            ("const LIMIT = 3; let add = |n| n + LIMIT;", ""),
            ("add.call(4)", "7"),
            ("let x = x + 1;", ""),
            ("x", "42"),
        ],
    );
}

#[test]
fn the_underscore_is_the_last_result_that_was_not_nothing() {
    for (language, nothing) in [(Lua, "local y = 1"), (Rhai, "let y = 1;")] {
        let mut prompt = Prompt::open(language);
        converse(&mut prompt, &[("40 + 2", "42"), ("_ + 1", "43"), ("_ + 1", "44")]);
        converse(&mut prompt, &[(nothing, ""), ("_", "44")]);
        prompt.answers("cliengo.contacts.find()");
        let name =
            serde_json::from_str::<serde_json::Value>(&prompt.account.snapshot()[0]).unwrap();
        assert_eq!(prompt.answers("_.name"), name["name"].as_str().unwrap());
    }
}

#[test]
fn the_underscore_of_a_switch_of_rhai_keeps_its_meaning() {
    let mut prompt = Prompt::open(Rhai);
    let line = r#"switch _ { 1 => "one", _ => "other" }"#;
    converse(&mut prompt, &[("1", "1"), (line, "one"), ("_ + \"!\"", "one!"), (line, "other")]);
}

#[test]
fn a_line_that_fails_keeps_what_came_before_it() {
    for (language, line) in [(Lua, "x = 5; error('boom')"), (Rhai, "let x = 5; throw \"boom\"")] {
        let mut prompt = Prompt::open(language);
        let answer = prompt.answers(line);
        assert!(answer.contains("boom"), "{answer}");
        assert_eq!(prompt.answers("x"), "5", "{language:?}");
    }
}

#[test]
fn the_language_is_switched_and_each_keeps_its_state() {
    let mut prompt = Prompt::open(Lua);
    converse(&mut prompt, &[("local x = 'of lua'", "")]);
    prompt.answers(".lang rhai");
    assert!(prompt.now().line().0.starts_with("rhai"));
    converse(&mut prompt, &[("let x = \"of rhai\";", ""), ("x", "of rhai")]);
    prompt.answers(".lang lua");
    assert!(prompt.now().line().0.starts_with("lua"));
    converse(&mut prompt, &[("x", "of lua")]);
    prompt.answers(".lang rhai");
    converse(&mut prompt, &[("x", "of rhai")]);
}

#[test]
fn a_language_that_there_is_not_changes_nothing() {
    let mut prompt = Prompt::open(Lua);
    let answer = prompt.answers(".lang python");
    assert!(answer.contains("lua") && answer.contains("rhai"), "{answer}");
    assert!(prompt.now().line().0.starts_with("lua"));
}

#[test]
fn a_playground_needs_no_key() {
    let mut screen = Program::new(&["repl", "--emulator=33"]).screen();
    let greeting = screen.prompt().now().visible();
    assert!(greeting.contains("33") && greeting.contains("emulator"), "{greeting}");
    assert!(greeting.contains(".help"), "{greeting}");
    assert_eq!(screen.answers("cliengo.contacts.count()"), "33");
    assert_eq!(
        screen.answers("cliengo.contacts.create{ websiteId = 'w', name = 'Ana' }.name"),
        "Ana"
    );
    assert_eq!(screen.answers("cliengo.contacts.count()"), "34");
}

#[test]
fn without_a_key_it_says_how_to_get_one_and_opens() {
    for language in BOTH {
        let mut screen = Program::new(&["repl", "--lang", language.name()]).screen();
        let greeting = screen.prompt().now().visible();
        for way in ["CLIENGO_API_KEY", "--emulator", "key"] {
            assert!(greeting.contains(way), "{way} is missing: {greeting}");
        }
        assert_eq!(screen.answers("1 + 1"), "2");
        let answer = screen.answers("cliengo.contacts.count()");
        assert!(answer.contains("CLIENGO_API_KEY"), "{answer}");
        assert_eq!(screen.answers("1 + 2"), "3");
    }
}

#[test]
fn the_greeting_names_the_account_and_never_the_key() {
    let prompt = Prompt::open(Lua);
    let greeting = prompt.now().visible();
    assert!(greeting.contains(&prompt.account.emulator.base_url()), "{greeting}");
    assert!(!greeting.contains(prompt.account.emulator.api_key()), "{greeting}");
}
