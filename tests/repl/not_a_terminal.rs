//! Point 9: lines from a file, and results into one.

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Language, repl};
use crate::support::{Account, Program, Ran};

/// The lines of a file, run without a terminal.
fn piped(language: Language, lines: &str) -> Ran {
    Program::new(&["repl", "--emulator=30", "--lang", language.name()]).input(lines).run()
}

#[test]
fn each_line_runs_and_prints_its_result_and_nothing_else() {
    for (language, lines) in [
        (Lua, "local x = 40\nx + 2\n\n-- a remark\n'text'\nnil\ncliengo.contacts.count()\n"),
        (Rhai, "let x = 40;\nx + 2\n\n// a remark\n\"text\"\n()\ncliengo.contacts.count()\n"),
    ] {
        let ran = piped(language, lines).code(0);
        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("42\ntext\n30\n", ""));
    }
}

#[test]
fn blocks_go_on_until_they_are_finished() {
    for (language, lines) in [
        (Lua, "function f(n)\n  return n * 2\nend\nf(21)\nt = {\n  a = 1,\n}\nt.a\n"),
        (Rhai, "fn f(n) {\n  n * 2\n}\nf(21)\nlet t = #{\n  a: 1,\n};\nt.a\n"),
    ] {
        assert_eq!(piped(language, lines).code(0).stdout, "42\n1\n");
    }
}

#[test]
fn the_last_line_needs_no_end() {
    assert_eq!(piped(Lua, "1 + 1").code(0).stdout, "2\n");
    assert_eq!(piped(Lua, "").code(0).stdout, "");
    assert_eq!(piped(Lua, "1 + 1\r\n2 + 2\r\n").code(0).stdout, "2\n4\n");
}

#[test]
fn the_first_error_ends_it_with_a_code_that_is_not_0() {
    for (language, wrong) in
        [(Lua, "pritn('x')"), (Rhai, "pritn(\"x\")"), (Lua, "x = = 1"), (Rhai, "let = 1;")]
    {
        let ran = piped(language, &format!("1 + 1\n{wrong}\n3 + 3\n")).code(1);
        assert_eq!(ran.stdout, "2\n", "{ran:#?}");
        assert!(ran.stderr.contains(wrong) && ran.stderr.contains('^'), "{ran:#?}");
    }
    piped(Lua, "pritn('x')\n").code(1).says(&["pritn", "did you mean \"print\""]);
}

#[test]
fn a_command_that_fails_ends_it_too() {
    for command in [".hepl", ".load missing.lua", ".lang python"] {
        let ran = piped(Lua, &format!("{command}\n3 + 3\n"));
        assert!(ran.code != Some(0) && ran.stdout.is_empty(), "{command}: {ran:#?}");
    }
}

#[test]
fn what_is_unfinished_at_the_end_is_an_error() {
    for (language, lines) in
        [(Lua, "1 + 1\nfunction f()\n"), (Rhai, "1 + 1\nfn f() {\n"), (Lua, "x = [[open\n")]
    {
        let ran = piped(language, lines).code(1);
        assert!(!ran.stderr.is_empty(), "{ran:#?}");
    }
}

#[test]
fn the_code_says_what_kind_of_error_it_was() {
    let none = Program::new(&["repl"]).input("cliengo.contacts.count()\n").run().code(3);
    assert!(none.stderr.contains("CLIENGO_API_KEY"), "{none:#?}");
    let nobody = Program::new(&["repl", "--base-url", "http://127.0.0.1:9"]);
    let nobody = nobody.variable("CLIENGO_API_KEY", "key").input("cliengo.contacts.delete('x')\n");
    nobody.run().code(4);
}

#[test]
fn it_is_left_in_the_middle() {
    assert_eq!(piped(Lua, "1 + 1\n.quit\n3 + 3\n").code(0).stdout, "2\n");
}

#[test]
fn commands_work_and_lists_are_whole() {
    let ran = piped(Lua, "cliengo.contacts.list()\n").code(0);
    let rows = ran.stdout.lines().filter(|row| row.contains('@')).count();
    assert!(rows > 20 && !ran.stdout.contains(".more"), "{ran:#?}");
    let ran =
        piped(Lua, "40 + 2\n.lang rhai\nlet x = 7;\nx\n.json #{ a: x }\n.lang lua\n_\n").code(0);
    assert_eq!(ran.stdout.split_whitespace().collect::<String>(), "427{\"a\":7}42", "{ran:#?}");
    piped(Rhai, ".help contacts.update\n").code(0);
}

#[test]
fn nothing_of_a_terminal_is_in_what_is_written() {
    for language in BOTH {
        let lines = "1 + 1\ncliengo.contacts.find()\ncliengo.contacts.list()\n.help\npritn(1)\n";
        let ran = piped(language, lines);
        assert!(ran.stdout.starts_with("2\n") && ran.stderr.contains("pritn"), "{ran:#?}");
        for text in [&ran.stdout, &ran.stderr] {
            assert!(!text.contains('\x1b') && !text.contains("> "), "{ran:#?}");
        }
    }
}

#[test]
fn a_screen_alone_is_not_enough_where_the_lines_come_from_a_file() {
    let account = Account::start();
    let program = repl(&account, Lua).file("lines", "1 + 1\ncliengo.contacts.count()\n");
    let screen = program.after("exec < lines").screen();
    let (code, lines) = screen.end();
    assert_eq!((code, lines), (Some(0), vec!["2".to_owned(), "120".into(), "".into()]));
}

#[test]
fn what_goes_to_a_file_has_no_prompts() {
    let account = Account::start();
    let mut screen = repl(&account, Lua).after("exec > results").screen();
    // The terminal itself echoes what is typed, for nobody edits a line.
    screen.typed("1 + 1").types("\r").typed("2 + 3").types("\r\x04");
    let results = screen.path("results");
    screen.until("end", |shown| shown.ended);
    assert_eq!(std::fs::read_to_string(results).unwrap(), "2\n5\n");
}

#[test]
fn the_key_is_in_nothing_that_is_written() {
    let account = Account::start();
    let lines = ".profile\ncliengo.contacts.count()\n.curl\n.trace on\ncliengo.contacts.count()\n";
    let ran = repl(&account, Lua).input(lines).run().code(0);
    let key = account.emulator.api_key();
    assert!(ran.stdout.contains("$CLIENGO_API_KEY"), "{ran:#?}");
    assert!(!ran.stdout.contains(key) && !ran.stderr.contains(key), "{ran:#?}");
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let program = Program::new(&["repl"]).file("lines", "1 + 1\nerror('went on')\n");
    let full = program.after("exec < lines > /dev/full").run().code(1);
    assert!(full.stderr.contains("standard output"), "{full:#?}");
    assert!(!full.stderr.contains("went on"), "{full:#?}");
}

#[test]
fn a_reader_that_has_read_enough_is_no_failure() {
    for lines in ["while true do print('more') end\n", "print('more')\ncliengo.sleep('1s')\n"] {
        let lines = format!("{lines}while true do print('more') end\nerror('went on')\n");
        let mut running = Program::new(&["repl"]).input(lines).start();
        running.line();
        running.close_stdout();
        let ran = running.end();
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    }
}
