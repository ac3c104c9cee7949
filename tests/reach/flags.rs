//! A run reaches nothing unless it is told; what is refused names the flag that would allow it.

use crate::desk::Desk;

#[test]
fn without_a_flag_every_function_of_fs_is_refused_and_names_the_flag() {
    let desk = Desk::new();
    for (call, flag) in [
        ("read('data/note.txt')", "--allow-read data"),
        ("read('note.txt')", "--allow-read note.txt"),
        ("read('/etc/passwd')", "--allow-read /etc"),
        ("exists('data/note.txt')", "--allow-read data"),
        ("list('data')", "--allow-read data"),
        ("list('.')", "--allow-read ."),
        ("write('reports/a.md', 'text')", "--allow-write reports"),
        ("append('reports/a.md', 'text')", "--allow-write reports"),
        ("remove('data/note.txt')", "--allow-write data"),
    ] {
        desk.refused(&[], &[&call.replace('\'', "\"")], flag);
    }
    assert!(!desk.path("project/reports").exists());
    assert_eq!(desk.content("project/data/note.txt").unwrap(), "inside");
}

#[test]
fn a_flag_that_is_named_helps_whatever_the_path_is_like() {
    let desk = Desk::new();
    desk.file("project/-x/y", "dash");
    desk.file("project/d,e/f", "comma");
    desk.refused(&[], &["read(\"-x/y\")"], "--allow-read ./-x");
    assert_eq!(desk.both(&["--allow-read", "./-x"], &["read(\"-x/y\")"]).json(), "dash");
    let ran = desk.both(&[], &["read(\"d,e/f\")"]).code(1).silent();
    let ran = ran.says(&["cliengo.toml (allow_read)", "a comma separates paths"]);
    assert!(!ran.stderr.contains("'d,e'"), "{ran:#?}");
    let ran = desk.program(&["eval", "cliengo.env('A B')"]).run().code(1);
    ran.says(&["--allow-env 'A B'"]);
}

#[test]
fn to_write_is_not_to_read_and_to_read_is_not_to_write() {
    let desk = Desk::new();
    desk.refused(&["--allow-write", "data"], &["read(\"data/note.txt\")"], "--allow-read data");
    desk.refused(&["--allow-write", "data"], &["exists(\"data/note.txt\")"], "--allow-read data");
    desk.refused(&["--allow-read", "data"], &["write(\"data/a\", \"\")"], "--allow-write data");
    desk.refused(&["--allow-read", "data"], &["remove(\"data/note.txt\")"], "--allow-write data");
}

#[test]
fn a_flag_can_be_given_again_and_takes_a_list() {
    let desk = Desk::new();
    desk.file("project/more/a.txt", "a");
    desk.file("project/b.txt", "b");
    for options in [
        &["--allow-read", "data,more,b.txt"][..],
        &["--allow-read", "data", "--allow-read=more", "--allow-read", "./b.txt"],
        &["--allow-all"],
    ] {
        let calls = ["read(\"data/note.txt\")", "read(\"more/a.txt\")", "read(\"b.txt\")"];
        assert_eq!(desk.both(options, &calls).json(), "b");
    }
}

#[test]
fn a_single_file_that_is_granted_brings_no_other() {
    let desk = Desk::new();
    desk.file("project/data/other.txt", "other");
    let options = ["--allow-read", "data/note.txt", "--allow-write", "data/new.txt"];
    assert_eq!(desk.both(&options, &["read(\"data/note.txt\")"]).json(), "inside");
    desk.refused(&options, &["read(\"data/other.txt\")"], "--allow-read data");
    desk.refused(&options, &["list(\"data\")"], "--allow-read data");
    desk.both(&options, &["write(\"data/new.txt\", \"new\")"]).code(0);
    assert_eq!(desk.content("project/data/new.txt").unwrap(), "new");
    desk.refused(&options, &["write(\"data/note.txt\", \"new\")"], "--allow-write data");
}

#[test]
fn what_is_refused_can_be_caught_and_is_of_the_kind_denied() {
    let desk = Desk::new();
    let lua = "local ok, it = pcall(require('fs').read, '/etc/passwd') \
               return it.kind .. ': ' .. it.hint";
    let rhai = "import \"fs\" as fs; try { fs::read(\"/etc/passwd\") } \
                catch (it) { return it.kind + \": \" + it.hint; }";
    for (language, code) in [("lua", lua), ("rhai", rhai)] {
        let ran = desk.program(&["eval", "-o", "json", "--lang", language, code]).run();
        assert_eq!(ran.json(), "denied: allow it with --allow-read /etc");
    }
}

#[test]
fn a_folder_that_is_not_there_can_be_granted() {
    let desk = Desk::new();
    let options = ["--allow-read", "new/deep", "--allow-write", "new/deep"];
    assert_eq!(desk.both(&options, &["exists(\"new/deep/a.txt\")"]).json(), false);
    let calls = ["write(\"new/deep/er/a.txt\", \"a\")", "read(\"new/deep/er/a.txt\")"];
    assert_eq!(desk.both(&options, &calls).json(), "a");
    desk.refused(&options, &["write(\"new/a.txt\", \"a\")"], "--allow-write new");
}

#[test]
fn a_read_only_run_writes_files_where_it_was_let() {
    let desk = Desk::new();
    let options = ["--read-only", "--allow-write", "out"];
    desk.both(&options, &["write(\"out/a.txt\", \"a\")"]).code(0);
    assert_eq!(desk.content("project/out/a.txt").unwrap(), "a");
}

#[test]
fn a_host_that_is_none_and_an_empty_path_are_usage_errors() {
    let desk = Desk::new();
    for options in [["--allow-net", " "], ["--allow-read", ""], ["--allow-write", ""]] {
        desk.program(&[&["eval", "1"], &options[..]].concat()).run().code(2).silent();
    }
}
