//! Point 8: errors point at their place and give a hint.

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Language, Prompt};
use crate::reading::{error, under_the_caret};

#[test]
fn what_does_not_parse_is_pointed_at() {
    let lua = [
        ("local x = = 5", "= 5"),
        ("print('a') then", "then"),
        ("x = 1 y ! 2", ""),
        ("function f() return 42 f() end", "f() end"),
        ("local function g() x = = 1 end", "= 1 end"),
        ("function(x) x = = 1 end", "= 1 end"),
        ("retrn 42", "42"),
    ];
    let rhai = [("let x = = 5;", "= 5"), ("print(\"a\") then", "then"), ("let = 4;", "= 4")];
    for (language, cases) in [(Lua, lua.as_slice()), (Rhai, &rhai)] {
        let mut prompt = Prompt::open(language);
        for (line, place) in cases {
            let answer = error(&mut prompt, line, &["^"]);
            let pointed = under_the_caret(&answer);
            assert!(pointed.starts_with(place), "{line} is pointed at {pointed:?}: {answer}");
        }
    }
}

#[test]
fn an_error_in_a_block_shows_the_line_it_is_in() {
    for (language, text, wrong) in [
        (Lua, "function f()\n  local x = 1\n  pritn(x)\nend\nf()", "pritn(x)"),
        (Rhai, "fn f() {\n  let x = 1;\n  pritn(x)\n}\nf()", "pritn(x)"),
    ] {
        let mut prompt = Prompt::open(language);
        prompt.pastes(text).shows("f()");
        prompt.types("\r").shows("did you mean").prompt();
        let lines = prompt.now().lines();
        let error = lines.iter().position(|row| row.contains("did you mean")).unwrap();
        let from = lines[..error].iter().rposition(|row| row.contains("error")).unwrap();
        let answer = lines[from..].join("\n");
        let place = under_the_caret(&answer);
        assert!(place.starts_with(wrong), "{place:?}: {answer}");
        assert!(answer.contains('3'), "the line's number: {answer}");
    }
}

#[test]
fn an_error_in_a_function_of_an_earlier_line_shows_that_line() {
    for (language, define) in [
        (Lua, "function later() return missing_thing.field end"),
        (Rhai, "fn later() { missing_thing.field }"),
    ] {
        let mut prompt = Prompt::open(language);
        prompt.answers(define);
        let answer = error(&mut prompt, "later()", &["missing_thing"]);
        assert!(answer.contains(define), "the source line is not shown: {answer}");
    }
}

#[test]
fn the_caret_is_right_behind_wide_letters_and_tabs() {
    for (language, line) in
        [(Lua, "local s = '日本語 🎉' pritn(s)"), (Rhai, "let s = \"日本語 🎉\"; pritn(s)")]
    {
        let mut prompt = Prompt::open(language);
        let answer = error(&mut prompt, line, &["pritn"]);
        assert!(under_the_caret(&answer).starts_with("pritn(s)"), "{answer}");
    }
    let mut prompt = Prompt::open(Lua);
    prompt.pastes("local s = 1\n\t\tpritn(s)").shows("pritn(s)").types("\r");
    prompt.shows("did you mean").prompt();
    let answer = prompt.now().lines();
    let from = answer.iter().position(|row| row.contains("error")).unwrap();
    let answer = answer[from..].join("\n");
    assert!(under_the_caret(&answer).starts_with("pritn(s)"), "{answer}");
}

/// What the API refuses.
fn refused(language: Language) -> &'static str {
    language.of(
        "cliengo.contacts.get('aaaaaaaaaaaaaaaaaaaaaaaa')",
        "cliengo.contacts.get(\"aaaaaaaaaaaaaaaaaaaaaaaa\")",
    )
}

#[test]
fn what_the_api_refuses_comes_with_its_words_and_a_hint() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        let answer = error(&mut prompt, refused(language), &["404", "aaaaaaaaaaaaaaaaaaaaaaaa"]);
        assert!(answer.contains("hint") || answer.lines().count() > 1, "{answer}");
    }
}

#[test]
fn a_key_that_is_refused_says_what_to_do_and_is_not_shown() {
    let account = crate::support::Account::start();
    let wrong = "11111111-2222-4333-8444-555555555555";
    let mut prompt = Prompt::on(account, Lua, |program| program.variable("CLIENGO_API_KEY", wrong));
    error(&mut prompt, "cliengo.contacts.count()", &["401", "key"]);
    assert!(!prompt.now().lines().join("\n").contains(wrong));
}

#[test]
fn a_refused_key_is_looked_for_where_it_came_from() {
    let wrong = "11111111-2222-4333-8444-555555555555";
    let account = crate::support::Account::start();
    let url = account.emulator.base_url();
    let profile = format!("[profiles.branch]\nbase_url = \"{url}\"\napi_key = \"{wrong}\"\n");
    let mut prompt = Prompt::on(account, Lua, |program| {
        let program = program.file("config.toml", profile);
        let file = program.path("config.toml").display().to_string();
        program.variable("CLIENGO_CONFIG", &file).variable("CLIENGO_API_KEY", wrong)
    });
    error(&mut prompt, "cliengo.contacts.count()", &["401", "CLIENGO_API_KEY"]);
    prompt.answers(".profile branch");
    let answer = error(&mut prompt, "cliengo.contacts.count()", &["401", "profile \"branch\""]);
    assert!(!answer.contains("CLIENGO_API_KEY"), "{answer}");
    assert!(!prompt.now().lines().join("\n").contains(wrong));
}

#[test]
fn an_error_of_the_script_itself_is_shown_with_its_line() {
    for (language, line) in [(Lua, "error('my own words')"), (Rhai, "throw \"my own words\"")] {
        let mut prompt = Prompt::open(language);
        error(&mut prompt, line, &["my own words"]);
    }
    error(&mut Prompt::open(Lua), "error({ code = 7 })", &["7"]);
    error(&mut Prompt::open(Lua), "error()", &["error"]);
}

#[test]
fn what_is_no_utf_8_is_left_out_and_is_no_end() {
    let mut prompt = Prompt::open(Lua);
    prompt.answers("kept = 42");
    // "año" as an old terminal sends it.
    prompt.types_bytes(b"'a\xf1o'").shows("UTF-8").prompt();
    assert_eq!(prompt.answers("kept"), "42");
}

#[test]
fn whatever_is_typed_the_prompt_goes_on() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        for line in [
            ")",
            "@#$%",
            "?",
            "\"open",
            "€ñ日🎉",
            "_._._",
            "end }",
            "1 1",
            "!!;;",
            ".5.5.5",
            "return",
        ] {
            prompt.answers(line);
            assert_eq!(prompt.answers("1 + 1"), "2", "after {line}");
        }
    }
}
