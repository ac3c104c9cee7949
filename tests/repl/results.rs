//! Point 2: results that people can read.

use serde_json::Value;

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Prompt};
use crate::reading::{fits, has};

#[test]
fn a_contact_is_a_sheet_in_groups() {
    for language in BOTH {
        let mut prompt = Prompt::sized(language, 60, 80);
        let answer = prompt.answers("cliengo.contacts.find()");
        fits(&answer, 80);
        let contact: Value = serde_json::from_str(&prompt.account.snapshot()[0]).unwrap();
        let at = |words: &str| answer.find(words).unwrap_or_else(|| panic!("no {words}: {answer}"));
        assert!(at("Contact") < at("Follow-up") && at("Follow-up") < at("Origin"), "{answer}");
        for field in ["id", "name", "phone", "status", "websiteName"] {
            let value = contact[field].as_str().unwrap();
            let row = answer.lines().find(|row| row.trim_start().starts_with(&format!("{field} ")));
            let row = row.unwrap_or_else(|| panic!("no {field}: {answer}"));
            assert!(row.contains(value.trim()), "{row}");
        }
        assert!(!answer.contains("null") && !answer.contains("nil"), "{answer}");
    }
}

#[test]
fn nested_values_are_indented() {
    for (language, line) in [
        (Lua, "{ outer = { inner = { deepest = 1 } }, list = { 'a', 'b' } }"),
        (Rhai, "#{ outer: #{ inner: #{ deepest: 1 } }, list: [\"a\", \"b\"] }"),
    ] {
        let answer = Prompt::open(language).answers(line);
        let indent = |word: &str| {
            let row = answer.lines().find(|row| row.trim_start().starts_with(word));
            row.unwrap_or_else(|| panic!("no {word}: {answer}")).find(word).unwrap()
        };
        assert!(indent("outer") < indent("inner"), "{answer}");
        assert!(answer.contains("deepest") && answer.contains('a'), "{answer}");
    }
}

#[test]
fn long_text_in_a_field_is_cut_and_long_text_alone_is_not() {
    for (language, object, text) in [
        (Lua, "{ name = ('x'):rep(500) }", "('x'):rep(500)"),
        (Rhai, "let t = \"\"; t.pad(500, 'x'); #{ name: t }", "t"),
    ] {
        let mut prompt = Prompt::open(language);
        let answer = prompt.answers(object);
        fits(&answer, 80);
        assert!(answer.contains('…') && answer.contains("xxxx"), "{answer}");
        assert_eq!(prompt.answers(text).matches('x').count(), 500);
    }
}

#[test]
fn values_have_a_colour_by_their_type() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        let object = language.of(
            "{ n = 123456, t = 'letters', b = true }",
            "#{ n: 123456, t: \"letters\", b: true }",
        );
        prompt.answers(object);
        // The line that was typed has its colours too: the answer is below it.
        let colour = |words: &str| prompt.now().cell(words).map(vt100::Cell::fgcolor);
        let (number, truth) = (colour("123456"), colour("true"));
        assert!(prompt.now().is_painted("123456") && prompt.now().is_painted("true"));
        assert_ne!(number, truth);
        assert_ne!(number, colour("letters"));
    }
}

#[test]
fn no_color_means_no_colour() {
    for (name, value, coloured) in
        [("NO_COLOR", "1", false), ("TERM", "dumb", false), ("NO_COLOR", "", true)]
    {
        let mut prompt = Prompt::with(Lua, |program| program.variable(name, value));
        prompt.answers("{ n = 123456, b = true }");
        prompt.answers("cliengo.contacts.find()");
        prompt.answers("pritn('x')");
        prompt.answers(".help");
        let bytes = prompt.now().bytes.clone();
        assert_eq!(
            is_coloured(&bytes),
            coloured,
            "{name}={value}: {}",
            String::from_utf8_lossy(&bytes)
        );
    }
}

/// True where a text has a sequence that sets a colour or a weight.
fn is_coloured(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.split("\x1b[").skip(1).any(|rest| {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ';');
        end.is_some_and(|end| rest[end..].starts_with('m') && !["", "0"].contains(&&rest[..end]))
    })
}

#[test]
fn every_value_of_a_line_of_lua_is_shown_and_the_first_is_the_last_result() {
    let mut prompt = Prompt::open(Lua);
    assert_eq!(prompt.answers("return 1, 'two', nil, true"), "1\ntwo\nnil\ntrue");
    assert_eq!(prompt.answers("_ + 1"), "2");
    assert_eq!(prompt.answers("pcall(error, 'oh')"), "false\noh");
    assert_eq!(prompt.answers("nil, 'no such lead'"), "nil\nno such lead");
    has(
        &prompt.answers("1, { 'ana', 'luz' }, { name = 'Ana' }, print"),
        &["ana", "luz", "name", "Ana"],
    );
    assert_eq!(prompt.answers("return nil"), "");
}

#[test]
fn text_of_the_account_cannot_steer_the_terminal() {
    let prompt = &mut Prompt::open(Lua);
    let text = r#""\27[31mred\27]0;title\7\27[2J""#;
    let answer = prompt.answers(&format!("print({text})"));
    assert!(answer.contains("red"), "{answer}");
    prompt.answers(text);
    prompt.answers(&format!("{{ name = {text} }}"));
    prompt.answers(&format!("error({text})"));
    let bytes = prompt.now().bytes.clone();
    for steering in ["\x1b[31mred", "\x1b]0;", "\x1b[2J"] {
        let steered = bytes.windows(steering.len()).any(|window| window == steering.as_bytes());
        assert!(!steered, "{steering:?} reached the terminal");
    }
}

#[test]
fn lists_of_plain_values_and_empty_ones_are_readable() {
    for (language, plain, empty) in
        [(Lua, "{ 'ana', 'luz', 3 }", "{}"), (Rhai, "[\"ana\", \"luz\", 3]", "[]")]
    {
        let mut prompt = Prompt::open(language);
        let answer = prompt.answers(plain);
        for item in ["ana", "luz", "3"] {
            assert!(answer.contains(item), "{answer}");
        }
        assert!(!prompt.answers(empty).is_empty(), "an empty list is something");
    }
}

#[test]
fn what_has_no_form_as_data_is_named() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        let function = language.of("function(contact) end", "|contact| 1");
        let answer = prompt.answers(function);
        assert!(answer.contains("function"), "{answer}");
        let answer = prompt.answers("cliengo.contacts");
        assert!(answer.contains("create") && answer.contains("find"), "{answer}");
        let answer = prompt.answers("cliengo.contacts.each()");
        assert!(answer.contains("for"), "{answer}");
    }
}

#[test]
fn an_object_with_functions_shows_a_line_for_each_member() {
    let mut prompt = Prompt::open(Lua);
    assert_eq!(prompt.answers("{ a = 1, long = function(x) end }"), "a     1\nlong  function(x)");
    has(
        &prompt.answers(
            "(function() local t = {} for n = 1, 90 do t['f' .. n] = print end return t end)()",
        ),
        &["… and 71 more"],
    );
}
