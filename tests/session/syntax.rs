//! Whether a line goes on in the next one.

use cliengo::api::Registry;
use cliengo::engine::{Language, Syntax};

#[track_caller]
fn check(language: Language, unfinished: &[&str], finished: &[&str]) {
    let syntax = Syntax::new(language, &Registry::builtin());
    for text in unfinished {
        assert!(syntax.is_unfinished(text), "finished: {text}");
    }
    for text in finished {
        assert!(!syntax.is_unfinished(text), "unfinished: {text}");
    }
}

#[test]
fn lua_goes_on_while_something_is_open() {
    let unfinished = [
        "function f(",
        "function f(a)",
        "if x then",
        "if x then y() else",
        "for i = 1, 3 do",
        "repeat",
        "x = {",
        "f(1,",
        "f{",
        "local",
        "local x =",
        "1 +",
        "a and",
        "not",
        "#",
        "'a' ..",
        "x.y:",
        "[[text",
        "x = [==[ ]]",
        "--[[ comment",
        "--[=[ ]]",
        "`text",
        "`text {x",
        "print(\"a\\",
        "print(\"a\\\n",
        "while true do\n  f()",
        "-- it's\nif x then",
        "x = \"[[\" if y then",
    ];
    let finished = [
        "",
        "  ",
        "x",
        "x = 1",
        "return",
        "local x",
        "-- comment",
        "--[[ comment ]]",
        "f() -- [[",
        "x = '[['",
        "function f() return 1 end",
        "print(\"abc",
        "print('abc",
        "end",
        "foo bar(",
        "x = = (",
        "f())",
        "x = \"\\\\\"",
        "type P = { x: number }",
    ];
    check(Language::Lua, &unfinished, &finished);
}

#[test]
fn rhai_goes_on_while_something_is_open() {
    let unfinished = [
        "fn f(",
        "fn f(a)",
        "fn f(a) {",
        "if x {",
        "if x { 1 } else",
        "for i in 0..3 {",
        "#{",
        "[1,",
        "f(1,",
        "let",
        "let x =",
        "1 +",
        "a &&",
        "x.",
        "_ +",
        "`text",
        "`text ${x",
        "\"a \\",
        "\"a \\\n",
        "/* comment",
        "/* a /* b */",
        "switch x { _ =>",
        "cliengo.log.debug(",
        "cliengo.contacts.list(#{",
        "// it's\nif x {",
        "let y = \"/*\"; if x {",
        "let c = '\"'; {",
    ];
    let finished = [
        "",
        "  ",
        "x",
        "let x = 1",
        "let x = 1;",
        "return",
        "// comment",
        "/* comment */",
        "f() // /*",
        "fn f(a) { a }",
        "\"abc",
        "'a",
        "}",
        "foo bar(",
        "cliengo.log.debug(\"x\")",
        "switch x { _ => _ }",
        "|x| x",
        "_",
        "cliengo.contacts.list(#{ until: \"2026-01-01\" })",
        "let y = '\"'",
    ];
    check(Language::Rhai, &unfinished, &finished);
}
