//! Point 7: Ctrl-C ends what runs and keeps the state; Ctrl-D leaves.

use serde_json::json;

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Language, Prompt};
use crate::support::{key, never_answered};

/// What a line shows once it runs: not what it says in the line itself.
const BEGUN: &str = "begun";

/// Enters a line that does not end, ends it, and expects that a variable is as it was.
#[track_caller]
fn is_ended(language: Language, line: &str) {
    let mut prompt = Prompt::open(language);
    prompt.answers(language.of("kept = 42", "let kept = 42;"));
    let line =
        format!("{} {line}", language.of("print('be' .. 'gun')", "print(\"be\" + \"gun\");"));
    prompt.enters(&line);
    prompt.shows(BEGUN).types(key::CTRL_C).shows("cancelled").prompt();
    assert_eq!(prompt.answers("kept"), "42", "{line}");
    assert_eq!(prompt.answers("cliengo.contacts.count()"), "120", "{line}");
}

#[test]
fn a_loop_without_end() {
    is_ended(Lua, "while true do end");
    is_ended(Rhai, "while true { }");
}

#[test]
fn a_loop_that_catches_every_error() {
    is_ended(Lua, "while true do pcall(function() while true do end end) end");
    is_ended(Rhai, "loop { try { loop { } } catch { } }");
}

#[test]
fn a_coroutine_and_a_sort_without_end() {
    is_ended(
        Lua,
        "coroutine.wrap(function() while true do coroutine.wrap(function() end)() end end)()",
    );
    is_ended(
        Lua,
        "local t = table.create(1e6, 1) while true do table.sort(t, function(a, b) return a < b end) end",
    );
}

#[test]
fn a_sleep() {
    is_ended(Lua, "cliengo.sleep('10m')");
    is_ended(Rhai, "cliengo.sleep(\"10m\")");
    is_ended(Lua, "while true do pcall(cliengo.sleep, '10m') end");
}

#[test]
fn a_server_that_never_answers() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        prompt.answers(language.of("kept = 42", "let kept = 42;"));
        prompt.account.fault(never_answered("GET /contacts"));
        prompt.enters("cliengo.contacts.list()");
        prompt.account.wait_until_fired(1);
        prompt.types(key::CTRL_C).shows("cancelled").prompt();
        assert_eq!(prompt.answers("kept"), "42");
    }
}

#[test]
fn a_long_wait_that_the_api_asks_for_is_told_once_for_a_line() {
    let mut prompt = Prompt::open(Lua);
    let fault = json!({ "kind": "status", "code": 429, "retry_after": 60 });
    prompt.account.fault(json!({ "route": "GET /contacts", "first": 1, "fault": fault }));
    let told = " s (429); Ctrl-C ends it";
    for line in ["cliengo.contacts.count()", "cliengo.contacts.list()"] {
        // The second line makes no call: the API wants silence still.
        prompt.enters(line);
        prompt.shows(told);
        let shown = prompt.now().visible();
        assert_eq!(shown.matches("the API asks to wait").count(), 1, "{shown}");
        prompt.types(key::CTRL_C).shows("cancelled").prompt();
        prompt.types("\x0c").prompt();
    }
    assert_eq!(prompt.account.calls().len(), 1);
}

#[test]
fn the_making_and_the_showing_of_a_big_list() {
    let big = [
        (Lua, "big = table.create(2e6, 'x')", "while true do big = table.clone(big) end"),
        (Rhai, "let big = []; big.pad(100000, \"x\");", "loop { big = big.map(|x| x); }"),
    ];
    for (language, make, _) in big {
        let mut prompt = Prompt::open(language);
        prompt.answers(make);
        prompt.enters(".json big");
        prompt.until("rows", |shown| shown.visible().matches("\"x\",\n").count() > 9);
        prompt.types(key::CTRL_C).prompt();
        // The screen may have forgotten the lines before by now.
        prompt.enters("40 + 2");
        prompt.shows("\n42\n").prompt();
    }
    for (language, make, again) in big {
        is_ended(language, &format!("{make} {again}"));
    }
}

#[test]
fn what_is_typed_while_a_line_runs_is_the_next_line() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        let line = language.of(
            "print('be' .. 'gun') cliengo.sleep('300ms')",
            "print(\"be\" + \"gun\"); cliengo.sleep(\"300ms\")",
        );
        prompt.enters(line);
        prompt.shows(BEGUN).types("40 + 2\r").shows("42").prompt();
    }
}

#[test]
fn the_writes_that_were_made_are_told() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        let id = prompt.newest();
        let line = language.of(
            "cliengo.contacts.update('ID', { rating = 5 }) print('be' .. 'gun') while true do end",
            "cliengo.contacts.update(\"ID\", #{ rating: 5 }); print(\"be\" + \"gun\"); loop { }",
        );
        prompt.enters(&line.replace("ID", &id));
        prompt.shows(BEGUN).types(key::CTRL_C).prompt();
        let shown = prompt.now().visible();
        let told = shown.split(BEGUN).last().unwrap();
        assert!(told.contains("PATCH") && told.contains(&id[..8]), "{shown}");
    }
}
