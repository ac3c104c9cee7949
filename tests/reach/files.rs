//! What the functions of `fs` do with files that the run may reach.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use crate::desk::Desk;

const ALL: &[&str] = &["--allow-read", ".", "--allow-write", "."];

#[test]
fn a_text_is_written_read_added_to_and_removed() {
    let desk = Desk::new();
    let text = "read(\"out/ñ 1.md\")";
    let write = "write(\"out/ñ 1.md\", \"año\\n\")";
    assert_eq!(desk.both(ALL, &[write, text]).json(), "año\n");
    let ran = desk.both(ALL, &[write, "append(\"out/ñ 1.md\", \"más\")", text]);
    assert_eq!(ran.json(), "año\nmás");
    let ran = desk.both(ALL, &[write, "remove(\"out/ñ 1.md\")", "exists(\"out/ñ 1.md\")"]);
    assert_eq!(ran.json(), false);
    assert_eq!(desk.both(ALL, &[write, "remove(\"out/ñ 1.md\")"]).json(), true);
    assert_eq!(desk.both(ALL, &["remove(\"out/ñ 1.md\")"]).json(), false);
    assert_eq!(desk.both(ALL, &["write(\"a\", \"\")"]).json(), json!(null));
}

#[test]
fn a_file_is_replaced_as_a_whole_and_keeps_its_permissions() {
    let desk = Desk::new();
    let path = desk.path("project/data/note.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let opened = fs::File::open(&path).unwrap();
    desk.both(ALL, &["write(\"data/note.txt\", \"new\")"]).code(0);
    assert_eq!(std::io::read_to_string(opened).unwrap(), "inside");
    assert_eq!(desk.content("project/data/note.txt").unwrap(), "new");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    let left = fs::read_dir(desk.path("project/data")).unwrap().count();
    assert_eq!(left, 1, "something was left beside it");
}

#[test]
fn a_folder_is_listed_by_name() {
    let desk = Desk::new();
    desk.file("project/data/b/deep.txt", "");
    desk.link("note.txt", "project/data/a");
    assert_eq!(desk.both(ALL, &["list(\"data\")"]).json(), json!(["a", "b", "note.txt"]));
    let listed = desk.both(ALL, &["entries(\"data\")"]).json();
    let of = |name: &str| {
        listed.as_array().unwrap().iter().map(|it| it[name].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("name"), ["a", "b", "note.txt"]);
    assert_eq!(of("kind"), ["link", "folder", "file"]);
    assert_eq!(listed[2]["size"], 6);
    let modified = listed[2]["modified"].as_str().unwrap();
    assert!(modified.len() == 24 && modified.ends_with('Z'), "{modified}");
    assert_eq!(desk.both(ALL, &["list(\"data/b\")"]).json().as_array().unwrap().len(), 1);
}

#[test]
fn a_folder_exists_and_is_neither_read_nor_written_nor_removed_as_a_file() {
    let desk = Desk::new();
    assert_eq!(desk.both(ALL, &["exists(\"data\")"]).json(), true);
    assert_eq!(desk.both(ALL, &["exists(\".\")"]).json(), true);
    for call in
        ["read(\"data\")", "write(\"data\", \"\")", "append(\".\", \"\")", "remove(\"data\")"]
    {
        desk.both(ALL, &[call]).code(1).says(&["is a folder"]);
    }
    desk.both(ALL, &["list(\"data/note.txt\")"]).code(1).says(&["is no folder", "fs.read"]);
    desk.both(ALL, &["read(\"data/note.txt/deep\")"])
        .code(1)
        .says(&["a part of the path is no folder"]);
    assert_eq!(desk.both(ALL, &["exists(\"data/note.txt/deep\")"]).json(), false);
}

#[test]
fn a_misspelt_name_is_told_with_the_one_that_was_meant() {
    let desk = Desk::new();
    let ran = desk.both(ALL, &["read(\"data/noet.txt\")"]).code(1);
    ran.says(&["there is no \"data/noet.txt\"", "did you mean \"note.txt\"?"]);
    desk.both(ALL, &["list(\"dta\")"]).code(1).says(&["there is no", "did you mean \"data\"?"]);
}

#[test]
fn bytes_that_are_no_text_are_an_error_that_says_where() {
    let desk = Desk::new();
    fs::write(desk.path("project/latin1.csv"), b"a\xf1o").unwrap();
    let ran = desk.both(ALL, &["read(\"latin1.csv\")"]).code(1);
    ran.says(&["is not UTF-8, from byte 2 on", "save it as UTF-8"]);
}

#[test]
fn a_file_that_the_system_protects_is_not_replaced() {
    let desk = Desk::new();
    let path = desk.path("project/data/note.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    // Nothing is protected from the superuser.
    if fs::OpenOptions::new().write(true).open(&path).is_err() {
        let ran = desk.both(ALL, &["write(\"data/note.txt\", \"new\")"]).code(1);
        ran.says(&["the system does not permit it"]);
        assert_eq!(desk.content("project/data/note.txt").unwrap(), "inside");
    }
}

#[test]
fn arguments_are_checked_like_those_of_all_functions() {
    let desk = Desk::new();
    desk.both(ALL, &["read(5)"]).code(1).says(&["fs.read: path must be text"]);
    desk.both(ALL, &["write(\"a\")"]).code(1).says(&["fs.write needs text"]);
    desk.both(ALL, &["read(\"a\", \"b\")"]).code(1).says(&["fs.read takes 1 argument, not 2"]);
}
