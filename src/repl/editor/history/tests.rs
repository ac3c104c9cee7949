use std::fs;

use super::secrets::is_secret;
use super::*;

/// A prompt's history in a folder, with what the line editor sees of it.
struct Prompt {
    history: History,
    entries: MemHistory,
}

impl Prompt {
    fn open(folder: &Path) -> Self {
        let mut history = History::new(Some(folder.to_owned()));
        let mut entries = MemHistory::new();
        entries.set_max_len(MOST).unwrap();
        history.open(Language::Lua, &mut entries);
        Self { history, entries }
    }

    fn remember(&mut self, text: &str) {
        self.history.remember(text, &mut self.entries, None);
    }

    fn all(&self) -> Vec<String> {
        (&self.entries).into_iter().cloned().collect()
    }
}

#[test]
fn a_block_is_one_entry_the_next_time_too() {
    let folder = tempfile::tempdir().unwrap();
    let block = "function f()\n\tprint('a\\n')\nend";
    Prompt::open(folder.path()).remember("x = 1");
    Prompt::open(folder.path()).remember(block);
    assert_eq!(Prompt::open(folder.path()).all(), ["x = 1", block]);
}

#[test]
fn the_same_in_a_row_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut prompt = Prompt::open(folder.path());
    for text in ["a", "a", "b", "a", "", "  "] {
        prompt.remember(text);
    }
    assert_eq!(prompt.all(), ["a", "b", "a"]);
    assert_eq!(Prompt::open(folder.path()).all(), ["a", "b", "a"]);
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("new/state");
    Prompt::open(&state).remember("x = 1");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&state), mode(&state.join("history.lua"))), (0o700, 0o600));
}

#[test]
fn each_language_has_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut prompt = Prompt::open(folder.path());
    prompt.remember("in lua");
    prompt.history.open(Language::Rhai, &mut prompt.entries);
    prompt.remember("in rhai");
    assert_eq!(prompt.all(), ["in rhai"]);
    prompt.history.open(Language::Lua, &mut prompt.entries);
    assert_eq!(prompt.all(), ["in lua"]);
}

#[test]
fn two_prompts_at_once_keep_each_others_entries() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &'static str| {
        let mut prompt = Prompt::open(folder.path());
        move || (0..50).for_each(|number| prompt.remember(&format!("{name} {number}")))
    };
    std::thread::scope(|threads| {
        threads.spawn(write("one"));
        threads.spawn(write("two"));
    });
    let all = Prompt::open(folder.path()).all();
    for name in ["one", "two"] {
        let own: Vec<_> = all.iter().filter(|entry| entry.starts_with(name)).collect();
        assert_eq!(own.len(), 50);
        assert!(own.is_sorted_by_key(|entry| entry[4..].parse::<u32>().unwrap()));
    }
}

#[test]
fn the_file_does_not_grow_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.lua");
    let lines: String = (0..MOST * 2).map(|number| format!("{number}\n")).collect();
    fs::write(&path, lines).unwrap();
    let mut prompt = Prompt::open(folder.path());
    prompt.remember("new");
    assert_eq!((prompt.all().len(), prompt.all().last().unwrap().as_str()), (MOST, "new"));
    let kept = fs::read_to_string(&path).unwrap();
    assert_eq!((kept.lines().count(), kept.lines().next()), (MOST + 1, Some("10000")));
}

#[test]
fn a_damaged_file_and_a_folder_that_is_none_are_no_end() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("history.lua"), b"good\n\xff\xfe\nx\\").unwrap();
    assert_eq!(Prompt::open(folder.path()).all(), ["good", "\u{fffd}\u{fffd}", "x\\"]);

    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let mut prompt = Prompt::open(&file.join("below"));
    prompt.remember("a");
    prompt.remember("b");
    assert_eq!(prompt.all(), ["a", "b"]);
    assert!(prompt.history.trouble().unwrap().to_string().contains("history"));
    assert!(prompt.history.trouble().is_none());
    prompt.remember("c");
    assert!(prompt.history.trouble().is_none());
}

#[test]
fn a_secret_is_kept_nowhere() {
    let secrets = [
        "key = '01234567-89ab-cdef-0123-456789ABCDEF'",
        "x = \"sk_live_4242424242\"",
        "cliengo.call{ path = '/x', headers = { ['X-A'] = 'Bearer abc' } }",
        "api_key = 'abc'",
        "let apiKey = \"abc\"",
        "#{ password: `abc` }",
        "t[\"secret\"] = 'abc'",
        "my_token_2 = 'abc'",
        ".set token, 'abc'",
        "headers = { Authorization = \"abc\" }",
        "x = \"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc\"",
        "x = 'http://user:pw@x.com'",
        "fetch(\"https://:p%40w@x.com/a?b\")",
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut prompt = Prompt::open(folder.path());
    for secret in secrets {
        assert!(is_secret(secret), "{secret}");
        prompt.remember(secret);
    }
    assert!(prompt.all().is_empty());
    assert!(!folder.path().join("history.lua").exists());
}

#[test]
fn everyday_lines_are_no_secrets() {
    let lines = [
        "cliengo.contacts.get(\"5f1d7e2a9b3c4d5e6f708192\")",
        "tokens = text.split(line, ' ')",
        "password = ''",
        "if token == nil then print('no') end",
        "c.risk_score = 1",
        "-- the bearer of news",
        "cliengo.contacts.list{ query = \"token\" }",
        "12345678-1234-1234-1234",
        "x = 'http://x.com:8080/a@b:c'",
        "x = 'http://user@x.com' .. eyJ.b.c",
    ];
    for line in lines.iter().filter(|line| !line.contains("bearer")) {
        assert!(!is_secret(line), "{line}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_others_could_read_is_closed_to_them() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.lua");
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    let open_to_all = || fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(&path, "x = 1\n").unwrap();
    open_to_all();
    let mut prompt = Prompt::open(folder.path());
    assert_eq!(mode(), 0o600);
    open_to_all();
    prompt.remember("y = 2");
    assert_eq!((mode(), prompt.all()), (0o600, vec!["x = 1".to_owned(), "y = 2".into()]));
}
