//! Point 4: what is remembered, and what is not.

use std::os::unix::fs::PermissionsExt;

use crate::prompt::Language::Lua;
use crate::prompt::{Prompt, repl};
use crate::support::{Account, key};

#[test]
fn each_language_has_a_history_of_its_own_that_nobody_else_reads() {
    let state = tempfile::tempdir().unwrap();
    let folder = state.path().join("new");
    let mut prompt = Prompt::with(Lua, |program| {
        program.argument("--state-dir").argument(folder.to_str().unwrap())
    });
    prompt.answers("local of_lua = 1");
    prompt.answers(".lang rhai");
    prompt.answers("let of_rhai = 1;");
    prompt.types(key::UP).until("line of Rhai", |shown| shown.line().0.contains("of_rhai"));
    prompt.types(key::CTRL_U).prompt().types(key::CTRL_D);
    assert_eq!(prompt.leaves(), Some(0));
    for (file, own, other) in
        [("history.lua", "of_lua", "of_rhai"), ("history.rhai", "of_rhai", "of_lua")]
    {
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(own) && !text.contains(other), "{file}: {text}");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
}

/// All that the state folder holds.
fn kept(folder: &std::path::Path) -> String {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = files.filter(|path| path.is_file()).map(|path| std::fs::read(path).unwrap());
    texts.map(|text| String::from_utf8_lossy(&text).into_owned()).collect()
}

#[test]
fn secrets_are_not_remembered() {
    let state = tempfile::tempdir().unwrap();
    let folder = state.path().to_str().unwrap();
    let mut prompt = Prompt::on(Account::with_key("a-key-of-this-account"), Lua, |program| {
        program.variable("CLIENGO_STATE_DIR", folder)
    });
    let secrets = [
        ("local k = 'a-key-of-this-account'", "a-key-of-this-account"),
        ("local u = '123e4567-e89b-42d3-a456-426614174000'", "123e4567"),
        ("local api_key = 'hush-one'", "hush-one"),
        ("t = { password = 'hush-two' }", "hush-two"),
        ("h = { Authorization = 'Bearer hush-three' }", "hush-three"),
        ("token = \"hush-four\"", "hush-four"),
        ("s = 'sk_live_hush5'", "hush5"),
    ];
    prompt.answers("local harmless = 1");
    for (line, _) in secrets {
        prompt.answers(line);
    }
    prompt.types(key::UP).until("harmless line", |shown| shown.line().0.contains("harmless"));
    prompt.types(key::CTRL_U).prompt().types(key::CTRL_D);
    assert_eq!(prompt.leaves(), Some(0));
    let kept = kept(state.path());
    assert!(kept.contains("harmless"), "{kept}");
    for (_, secret) in secrets {
        assert!(!kept.contains(secret), "{secret} was kept: {kept}");
    }
}

#[test]
fn two_prompts_at_once_keep_each_others_history() {
    let state = tempfile::tempdir().unwrap();
    let folder = state.path().to_str().unwrap();
    let open = || Prompt::with(Lua, |program| program.variable("CLIENGO_STATE_DIR", folder));
    let (mut first, mut second) = (open(), open());
    first.answers("local of_the_first = 1");
    second.answers("local of_the_second = 2");
    first.answers("local again_first = 3");
    for mut prompt in [first, second] {
        prompt.types(key::CTRL_D);
        assert_eq!(prompt.leaves(), Some(0));
    }
    let kept = kept(state.path());
    for line in ["of_the_first", "of_the_second", "again_first"] {
        assert_eq!(kept.matches(line).count(), 1, "{kept}");
    }
}

#[test]
fn a_line_that_is_repeated_is_remembered_once() {
    let mut prompt = Prompt::open(Lua);
    for line in ["1 + 1", "2 + 2", "2 + 2"] {
        prompt.answers(line);
    }
    prompt.types(key::UP).until("last line", |shown| shown.line().0.ends_with("2 + 2"));
    prompt.types(key::UP).until("line before", |shown| shown.line().0.ends_with("1 + 1"));
}

#[test]
fn the_history_is_searched_backwards() {
    let mut prompt = Prompt::open(Lua);
    for line in ["local needle_one = 1", "2 + 2", "'hay'"] {
        prompt.answers(line);
    }
    prompt.types(key::CTRL_R).types("needle");
    prompt.until("line found", |shown| {
        let (before, after) = shown.line();
        before.contains("search") && format!("{before}{after}").contains("local needle_one = 1")
    });
    prompt.types(key::ENTER).prompt();
    let lines = prompt.now().lines();
    assert!(lines[lines.len() - 2].contains("local needle_one = 1"), "{lines:?}");
}

#[test]
fn a_folder_that_cannot_be_written_is_said_once_and_is_no_end() {
    let account = Account::start();
    let program = repl(&account, Lua).file("occupied", "a file, no folder");
    let path = program.path("occupied");
    let mut screen = program.variable("CLIENGO_STATE_DIR", path.to_str().unwrap()).screen();
    assert_eq!(screen.prompt().answers("1 + 1"), "2");
    assert_eq!(screen.answers("1 + 2"), "3");
    screen.shows("history");
}
