//! Point 3: hints and colours while one types.

use vt100::Color;

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Language, Prompt};
use crate::support::{Screen, key};

/// Types this, and waits until the hint stands behind the cursor.
#[track_caller]
fn hints(prompt: &mut Screen, typed: &str, hint: &[&str]) {
    prompt.types(key::CTRL_U).prompt().types(typed);
    prompt.until(&format!("hint {hint:?} behind {typed:?}"), |shown| {
        let (before, after) = shown.line();
        before.ends_with(typed) && hint.iter().all(|word| after.contains(word))
    });
}

#[test]
fn the_signature_stands_behind_a_call_while_it_is_typed() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        hints(&mut prompt, "cliengo.contacts.update(", &["id", "fields"]);
        let dim = prompt.now().cell("fields").is_some_and(vt100::Cell::dim);
        let grey = prompt.now().cell("fields").is_some_and(|cell| cell.fgcolor() != Color::Default);
        assert!(dim || grey, "the hint looks like what was typed");
        hints(&mut prompt, "cliengo.contacts.update(lead_id, ", &["fields"]);
        assert!(!prompt.now().line().1.contains("id,"), "what is given already is hinted again");
        hints(&mut prompt, "print(cliengo.contacts.set_status(", &["id", "status"]);
    }
}

#[test]
fn a_hint_is_no_part_of_the_line() {
    let mut prompt = Prompt::open(Lua);
    hints(&mut prompt, "cliengo.contacts.count(", &["filter"]);
    prompt.types(")").types(key::ENTER).shows("120");
}

#[test]
fn a_hint_goes_with_the_line_that_ctrl_c_drops_and_the_line_stays() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        hints(&mut prompt, "cliengo.contacts.update(", &["id", "fields"]);
        prompt.types(key::CTRL_C).prompt();
        let lines = prompt.now().lines();
        assert_eq!(
            lines[lines.len() - 2],
            format!("{}> cliengo.contacts.update(", language.name())
        );
        // What was dropped counts for nothing: leaving takes the key twice still.
        prompt.types(key::CTRL_C).shows("Ctrl-C again").prompt();
        assert_eq!(prompt.answers("40 + 2"), "42");
    }
}

#[test]
fn the_next_line_of_a_block_says_that_the_block_goes_on() {
    for (language, line, rest) in [(Lua, "function f()", "end"), (Rhai, "fn f() {", "}")] {
        let mut prompt = Prompt::open(language);
        prompt.typed(line).types(key::ENTER);
        prompt.until("word of the block", |shown| {
            shown.line().1.starts_with("... the block goes on")
        });
        prompt.typed(rest);
        assert_eq!(prompt.now().line().1, "", "it stands behind what is typed");
        prompt.types(key::ENTER).prompt();
        assert!(!prompt.now().visible().contains("goes on"), "it stays");
    }
}

#[test]
fn the_signature_of_ones_own_function_is_hinted() {
    for (language, define) in
        [(Lua, "function greet(person, times) end"), (Rhai, "fn greet(person, times) { }")]
    {
        let mut prompt = Prompt::open(language);
        prompt.answers(define);
        hints(&mut prompt, "greet(", &["person", "times"]);
    }
}

#[test]
fn the_newest_line_that_began_so_is_hinted_and_taken_with_a_key() {
    let mut prompt = Prompt::open(Lua);
    prompt.answers("1234 + 4321");
    prompt.answers("5 + 5");
    hints(&mut prompt, "1234", &["+ 4321"]);
    prompt.types(key::RIGHT);
    prompt.until("whole line", |shown| shown.line().0.ends_with("1234 + 4321"));
    prompt.types(key::ENTER).shows("5555");
}

/// The colours of these words in a line that is typed.
fn colours<const N: usize>(language: Language, line: &str, words: [&str; N]) -> [Color; N] {
    let mut prompt = Prompt::open(language);
    prompt.typed(line);
    words.map(|word| prompt.now().cell(word).unwrap().fgcolor())
}

#[test]
fn both_languages_are_coloured_while_one_types() {
    for (language, line, words) in [
        (
            Lua,
            "local plain = 'text' .. 4321 -- remark",
            ["local", "plain", "text", "4321", "remark"],
        ),
        (
            Rhai,
            "let plain = \"text\" + 4321; // remark",
            ["let", "plain", "text", "4321", "remark"],
        ),
    ] {
        let [keyword, name, text, number, comment] = colours(language, line, words);
        let named = [keyword, text, number];
        assert!(named.iter().all(|colour| *colour != Color::Default), "{named:?}");
        assert_eq!(name, Color::Default);
        assert!(keyword != text && text != number && comment != text, "{named:?} {comment:?}");
    }
}
