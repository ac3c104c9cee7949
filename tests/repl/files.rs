//! Point 5: scripts that are loaded, saved and run.

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::Prompt;
use crate::reading::has;
use crate::support::{Account, Program};

#[test]
fn a_file_is_loaded_into_the_session() {
    for (language, file, text) in [
        (Lua, "tools.lua", "local base = 40\nfunction answer(n) return base + n end\n"),
        (Rhai, "tools.rhai", "const BASE = 40;\nfn answer(n) { 40 + n }\n"),
    ] {
        let mut prompt = Prompt::with(language, |program| program.file(file, text));
        prompt.answers(&format!(".load {file}"));
        assert_eq!(prompt.answers("answer(2)"), "42");
        let base = language.of("base", "BASE");
        assert_eq!(prompt.answers(base), "40", "a local of the file");
        has(&prompt.answers(".load missing.lua"), &["missing.lua"]);
    }
}

#[test]
fn an_error_in_a_loaded_file_names_the_file_and_the_line() {
    let mut prompt =
        Prompt::with(Lua, |program| program.file("bad.lua", "x = 1\n\nerror('boom')\n"));
    has(&prompt.answers(".load bad.lua"), &["bad.lua", "3", "boom"]);
    assert_eq!(prompt.answers("x"), "1");
}

#[test]
fn what_worked_is_saved_as_a_script_that_runs() {
    for (language, lines, file) in [
        (
            Lua,
            ["local x = 40", "error('boom')", "function f(n) return n + 2 end", "print(f(x))"],
            "work.lua",
        ),
        (Rhai, ["let x = 40;", "throw \"boom\"", "fn f(n) { n + 2 }", "print(f(x))"], "work.rhai"),
    ] {
        let mut prompt = Prompt::open(language);
        for line in lines {
            prompt.answers(line);
        }
        has(&prompt.answers(&format!(".save {file}")), &[file]);
        let text = std::fs::read_to_string(prompt.path(file)).unwrap();
        assert!(!text.contains("boom") && !text.contains(".save"), "{text}");
        let ran = Program::new(&["run", "--emulator=1"]).argument(prompt.path(file)).run().code(0);
        assert_eq!(ran.stdout.lines().next(), Some("42"), "{text}");
    }
}

#[test]
fn what_was_asked_is_saved_as_a_script_that_runs() {
    for (language, lines, file) in [
        (
            Lua,
            ["1 + 1", "x = _ * 20", "cliengo.contacts.count() + x", "-- why", "print(_ + 1)"],
            "work.lua",
        ),
        (
            Rhai,
            ["1 + 1", "let x = _ * 20", "cliengo.contacts.count() + x", "// why", "print(_ + 1)"],
            "work.rhai",
        ),
    ] {
        let mut prompt = Prompt::open(language);
        for line in lines {
            prompt.answers(line);
        }
        prompt.answers(&format!(".save {file}"));
        let path = prompt.path(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let ran = prompt.account.program(&["run"]).argument(path).run();
        assert_eq!(ran.stdout.lines().next(), Some("161"), "{text}\n{ran:#?}");
    }
}

#[test]
fn a_file_of_others_is_not_overwritten() {
    let mut prompt = Prompt::with(Lua, |program| program.file("precious.lua", "-- mine"));
    prompt.answers("local x = 1");
    has(&prompt.answers(".save precious.lua"), &["precious.lua", ".save!"]);
    assert_eq!(std::fs::read_to_string(prompt.path("precious.lua")).unwrap(), "-- mine");
    prompt.answers(".save own.lua");
    prompt.answers("local y = 2");
    prompt.answers(".save own.lua");
    let own = std::fs::read_to_string(prompt.path("own.lua")).unwrap();
    assert!(own.contains("x = 1") && own.contains("y = 2"), "{own}");
    prompt.answers(".save! precious.lua");
    assert!(std::fs::read_to_string(prompt.path("precious.lua")).unwrap().contains("x = 1"));
}

#[test]
fn a_script_runs_by_itself_with_its_arguments() {
    for (language, file, text) in [
        (
            Lua,
            "greet.lua",
            "hidden = 1\nprint('hello ' .. cliengo.args[1])\nreturn cliengo.contacts.count()\n",
        ),
        (
            Rhai,
            "greet.rhai",
            "let hidden = 1;\nprint(\"hello \" + cliengo.args[0]);\ncliengo.contacts.count()\n",
        ),
    ] {
        let mut prompt = Prompt::with(language, |program| program.file(file, text));
        has(&prompt.answers(&format!(".run {file} Ana")), &["hello Ana", "120"]);
        let line = language.of("hidden == nil", "is_def_var(\"hidden\")");
        assert_eq!(prompt.answers(line), language.of("true", "false"));
    }
}

#[test]
fn what_was_changed_by_hand_since_it_was_saved_is_not_overwritten() {
    let mut prompt = Prompt::open(Lua);
    prompt.answers("local x = 1");
    prompt.answers(".save own.lua");
    std::fs::write(prompt.path("own.lua"), "-- by hand").unwrap();
    has(&prompt.answers(".save own.lua"), &["own.lua", "changed", ".save!"]);
    assert_eq!(std::fs::read_to_string(prompt.path("own.lua")).unwrap(), "-- by hand");
    std::fs::remove_file(prompt.path("own.lua")).unwrap();
    has(&prompt.answers(".save own.lua"), &["wrote 1 line"]);
}

#[test]
fn no_secret_is_saved() {
    let mut prompt = Prompt::on(Account::with_key("a-key-of-this-account"), Lua, |program| program);
    for line in ["k = 'a-key-of-this-account'", "password = 'hush'", "x = 1"] {
        prompt.answers(line);
    }
    has(&prompt.answers(".save own.lua"), &["wrote 1 line", "left out 2 lines"]);
    assert_eq!(std::fs::read_to_string(prompt.path("own.lua")).unwrap(), "x = 1\n");
}

#[test]
fn what_is_no_file_or_too_large_is_not_read() {
    let mut prompt = Prompt::with(Lua, |program| program.file("large.lua", ""));
    let large = std::fs::File::options().write(true).open(prompt.path("large.lua")).unwrap();
    large.set_len((16 << 20) + 1).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(prompt.path("pipe.lua")).status();
    assert!(pipe.unwrap().success());
    for command in [".load", ".run"] {
        has(&prompt.answers(&format!("{command} pipe.lua")), &["pipe.lua", "no file"]);
        has(&prompt.answers(&format!("{command} large.lua")), &["large.lua", "too large"]);
    }
    has(&prompt.answers(".load /dev/zero"), &["no file"]);
}
