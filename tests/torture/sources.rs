//! Files that are no ordinary scripts.

use crate::run;
use crate::support::{Program, Running};

fn file(name: &str, content: &[u8]) -> crate::support::Ran {
    Program::new(&["run", "-o", "json", name]).file(name, content).run()
}

#[test]
fn bytecode_is_refused() {
    for bytes in [&b"\x1bLua\x54\x00\x19\r\n"[..], b"\x1bLJ\x02", b"\x06\x03\x01\x04print", b"\x00"]
    {
        file("s.lua", bytes).code(1).silent().says(&["error:"]);
        file("s.rhai", bytes).code(1).silent().says(&["error:"]);
    }
    let module = Program::new(&["run", "s.lua"]).file("s.lua", "require('m')");
    module
        .file("m.lua", b"\x06\x03\x01\x04print")
        .run()
        .code(1)
        .silent()
        .says(&["error:", "m.lua"]);
}

#[test]
fn a_file_that_is_not_utf_8_is_refused() {
    for name in ["s.lua", "s.rhai"] {
        let ran = file(name, b"return '\xff\xfe'").code(2).silent();
        ran.says(&["error: cannot read", name, "UTF-8"]);
    }
}

#[test]
fn an_empty_script_gives_nothing() {
    for name in ["s.lua", "s.rhai"] {
        for content in ["", "\n\n", " "] {
            assert_eq!(file(name, content.as_bytes()).code(0).stdout, "null\n");
        }
    }
    assert_eq!(run("lua", "", &[]).code(0).stdout, "");
}

#[test]
fn a_byte_order_mark_and_a_first_line_for_the_shell_are_no_code() {
    assert_eq!(file("s.lua", b"\xef\xbb\xbfreturn 1").code(0).stdout, "1\n");
    assert_eq!(file("s.rhai", b"\xef\xbb\xbf1").code(0).stdout, "1\n");
    assert_eq!(file("s.lua", b"#!/usr/bin/env cliengo run\nreturn 2").code(0).stdout, "2\n");
    assert_eq!(file("s.rhai", b"#!/usr/bin/env cliengo run\n2").code(0).stdout, "2\n");
    let lua = file("s.lua", b"#!/usr/bin/env cliengo run\n\nerror('x')");
    lua.code(1).says(&["error: x", "s.lua:3", "3 | error('x')"]);
    let rhai = file("s.rhai", b"#!/usr/bin/env cliengo run\n\nthrow \"x\"");
    rhai.code(1).says(&["error: x", "s.rhai:3", "3 | throw"]);
}

#[test]
fn windows_line_ends_are_line_ends() {
    let ran = file("s.lua", b"local a = 1\r\n\r\nerror('x')\r\n").code(1);
    ran.says(&["error: x", "s.lua:3", "3 | error('x')\n"]);
}

#[test]
fn a_huge_line_is_run_and_is_not_quoted_whole() {
    let text = "x".repeat(1 << 20);
    assert_eq!(file("s.lua", format!("return #'{text}'").as_bytes()).code(0).stdout, "1048576\n");
    let ran = file("s.lua", format!("local s = '{text}' error('x')").as_bytes()).code(1);
    assert!(ran.stderr.len() < 1_000, "{} bytes", ran.stderr.len());
    let ran = file("s.rhai", format!("let s = \"{text}\"; throw \"x\"").as_bytes()).code(1);
    assert!(ran.stderr.len() < 1_000, "{} bytes", ran.stderr.len());
}

#[test]
fn megabytes_of_words_come_out_whole() {
    let script = "for n = 1, 40000 do print(string.rep('x', 99)) end";
    let ran = run("lua", script, &[]).code(0);
    assert_eq!(ran.stdout.len(), 4_000_000);
    let script = "let s = \"\"; s.pad(99, 'x'); for n in 0..40000 { print(s); }";
    let ran = run("rhai", script, &["-o", "json"]).code(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.len()), ("null\n", 4_000_000));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for script in [
        "s.lua\0for n = 1, 40000 do print(string.rep('x', 99)) end return { 1, 2, 3 }",
        "s.rhai\0for n in 0..40000 { print(\"words that nobody reads to their end\"); } [1, 2, 3]",
    ] {
        let (name, script) = script.split_once('\0').unwrap();
        let mut running: Running = Program::new(&["run", name]).file(name, script).start();
        running.line();
        running.close_stdout();
        running.end().code(0);
    }
}

#[test]
fn strange_errors_are_told_in_words() {
    let cases = [
        ("lua", "error()", "nil"),
        ("lua", "error({})", "table without a message"),
        ("lua", "error(5)", "5"),
        ("lua", "error(true)", "true"),
        ("lua", "error('a: b: c', 0)", "a: b: c"),
        ("lua", "error({ message = 'own', hint = 'do that' })", "own"),
        ("lua", "local x = nil; x.y = 1", "attempt to index nil with 'y'"),
        ("rhai", "throw", "threw nothing"),
        ("rhai", "throw 5", "5"),
        ("rhai", "throw #{ message: \"own\", hint: \"do that\" }", "own"),
        ("rhai", "let x = 1; x.y.z = 1", "'y'"),
        ("rhai", "nothing_like_this()", "there is no function \"nothing_like_this\""),
        ("rhai", "5 / 0", "zero"),
    ];
    for (language, script, word) in cases {
        run(language, script, &[]).code(1).silent().says(&["error: ", word]);
    }
}
