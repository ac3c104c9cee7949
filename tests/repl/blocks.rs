//! Point 4: lines that go on, the history, the editor.

use std::os::unix::fs::PermissionsExt;

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Prompt};
use crate::support::{Program, key};

/// A block that is unfinished until its last line, and a line that shows what it did.
fn blocks() -> [(crate::prompt::Language, &'static [&'static str], &'static str, &'static str); 7] {
    [
        (
            Lua,
            &["function f(n)", "  if n > 1 then", "    return n * 2", "  end", "end"],
            "f(21)",
            "42",
        ),
        (Lua, &["t = {", "  a = 1,", "}"], "t.a", "1"),
        (Lua, &["s = [[one", "two]]"], "#s", "7"),
        (Lua, &["x = 1 +", "2"], "x", "3"),
        (Rhai, &["fn f(n) {", "  n * 2", "}"], "f(21)", "42"),
        (Rhai, &["let t = #{", "  a: 1,", "};"], "t.a", "1"),
        (Rhai, &["let s = `one", "two`;"], "s.len()", "7"),
    ]
}

/// Types the lines of a block, each with Enter, and waits in between until the line stands there.
fn block(prompt: &mut Prompt, lines: &[&str]) {
    prompt.prompt();
    for line in lines {
        prompt.typed(line).types(key::ENTER);
    }
    prompt.prompt();
}

#[test]
fn what_is_unfinished_goes_on_in_the_next_line() {
    for (language, lines, line, answer) in blocks() {
        let mut prompt = Prompt::open(language);
        block(&mut prompt, lines);
        assert_eq!(prompt.answers(line), answer, "{lines:?}");
    }
}

#[test]
fn a_mistake_is_not_waited_for() {
    for (language, line) in
        [(Lua, "x = = 1"), (Lua, "print(\"open)"), (Rhai, "let = 1;"), (Lua, "end")]
    {
        let answer = Prompt::open(language).answers(line);
        assert!(!answer.is_empty(), "{line}");
    }
}

#[test]
fn a_block_is_one_entry_of_the_history_in_the_next_session_too() {
    for (language, lines, line, answer) in [blocks()[0], blocks()[4]] {
        let state = tempfile::tempdir().unwrap();
        let state = state.path().to_str().unwrap();
        let mut prompt =
            Prompt::with(language, |program| program.variable("CLIENGO_STATE_DIR", state));
        prompt.answers("1 + 1");
        block(&mut prompt, lines);
        prompt.types(key::CTRL_D).until("end", |shown| shown.ended);
        let mut prompt =
            Prompt::with(language, |program| program.variable("CLIENGO_STATE_DIR", state));
        prompt.types(key::UP).shows(lines[0]).shows(lines[1]).shows(lines[2]);
        prompt.types(key::ENTER).prompt();
        assert_eq!(prompt.answers(line), answer);
    }
}

#[test]
fn what_is_pasted_runs_when_it_is_entered_and_tabs_complete_nothing() {
    for (language, text) in [
        (Lua, "x = 20\nfunction f()\n\treturn x + 1\nend\nprint('ran ' .. f())"),
        (Rhai, "let x = 20;\nfn f(x) {\n\tx + 1\n}\nprint(\"ran \" + f(x));"),
    ] {
        let mut prompt = Prompt::open(language);
        prompt.pastes(text).shows("x + 1");
        // What is typed behind it shows that nothing of it has run, for it is still being edited.
        prompt.types(" ").shows("x = 20");
        assert!(!prompt.now().visible().contains("ran 21"));
        prompt.types(key::ENTER).shows("ran 21").prompt();
        let line = language.of("x", "f(x) - 1");
        assert_eq!(prompt.answers(line), "20");
    }
}

#[test]
fn lines_that_come_at_once_all_run() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        // As from a terminal that does not mark what is pasted.
        prompt.types(language.of("x = 20\rx + 1\r", "let x = 20;\rx + 1\r"));
        prompt.types("x + 2\rx + ").until("both answers, and the rest", |shown| {
            shown.visible().contains("\n21\n") && shown.line().0.ends_with("> x + ")
        });
        prompt.types("3\r").shows("\n23\n");
    }
}

/// A program in place of an editor that puts this text in the file.
fn editor(program: Program, commands: &str) -> Program {
    let program = program.file("editor", format!("#!/bin/sh\necho \"$@\" > called\n{commands}\n"));
    let path = program.path("editor");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o700)).unwrap();
    program.variable("EDITOR", &format!("{} --wait", path.display()))
}

#[test]
fn a_block_is_written_in_the_editor() {
    for language in BOTH {
        let text = language.of("function f()\n  return 6 * 7\nend\n", "fn f() {\n  6 * 7\n}\n");
        let mut prompt = Prompt::with(language, |program| {
            editor(program, &format!("ls -l \"$2\" > mode; printf '%s' '{text}' > \"$2\""))
        });
        let shown = prompt.answers(".edit");
        assert!(shown.contains("6 * 7"), "what runs is not shown: {shown}");
        assert_eq!(prompt.answers("f()"), "42");
        let called = std::fs::read_to_string(prompt.path("called")).unwrap();
        assert!(called.starts_with("--wait "), "{called}");
        let file = called.trim().strip_prefix("--wait ").unwrap().to_owned();
        assert!(file.ends_with(&format!(".{}", language.name())), "{file}");
        assert!(!std::path::Path::new(&file).exists(), "{file} was left behind");
        let mode = std::fs::read_to_string(prompt.path("mode")).unwrap();
        assert!(mode.starts_with("-rw-------"), "{mode}");
    }
}

#[test]
fn the_editor_begins_with_the_last_entry() {
    let mut prompt = Prompt::with(Lua, |program| editor(program, "cp \"$2\" seen"));
    prompt.answers("local seven = 7");
    prompt.answers(".edit");
    let seen = std::fs::read_to_string(prompt.path("seen")).unwrap();
    assert_eq!(seen.trim(), "local seven = 7");
}

#[test]
fn an_editor_that_fails_loses_nothing() {
    let mut prompt = Prompt::with(Lua, |program| editor(program, "exit 3"));
    prompt.answers("local x = 5");
    let answer = prompt.answers(".edit");
    assert!(answer.contains("editor"), "{answer}");
    assert_eq!(prompt.answers("x"), "5");
}
