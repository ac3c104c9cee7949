//! Symbolic links: they lead as far as the grants go, and no further.

use crate::desk::Desk;

const DATA: &[&str] = &["--allow-read", "data", "--allow-write", "data"];

#[test]
fn a_link_out_of_the_folder_leads_nowhere() {
    let desk = Desk::new();
    desk.link(desk.path("secret.txt"), "project/data/whole");
    desk.link("../../secret.txt", "project/data/upwards");
    desk.link("../..", "project/data/folder");
    desk.link("/", "project/data/root");
    desk.link("folder/secret.txt", "project/data/chain");
    let below_root = format!("data/root{}", desk.text("secret.txt"));
    let paths = ["data/whole", "data/upwards", "data/folder/secret.txt", "data/chain", &below_root];
    for path in paths {
        desk.refused(DATA, &[&format!("read(\"{path}\")")], "--allow-read");
        desk.refused(DATA, &[&format!("exists(\"{path}\")")], "--allow-read");
        desk.refused(DATA, &[&format!("write(\"{path}\", \"taken\")")], "--allow-write");
        desk.refused(DATA, &[&format!("append(\"{path}\", \"taken\")")], "--allow-write");
    }
    desk.refused(DATA, &["list(\"data/folder\")"], "--allow-read");
    desk.refused(DATA, &["remove(\"data/folder/secret.txt\")"], "--allow-write");
    assert_eq!(desk.content("secret.txt").unwrap(), "SECRET");
}

#[test]
fn a_link_to_nowhere_outside_makes_nothing_there() {
    let desk = Desk::new();
    desk.link(desk.path("new.txt"), "project/data/dangling");
    desk.link("../../new", "project/data/folder");
    desk.refused(DATA, &["write(\"data/dangling\", \"taken\")"], "--allow-write");
    desk.refused(DATA, &["append(\"data/dangling\", \"taken\")"], "--allow-write");
    desk.refused(DATA, &["write(\"data/folder/a.txt\", \"taken\")"], "--allow-write");
    assert!(!desk.path("new.txt").exists() && !desk.path("new").exists());
}

#[test]
fn a_link_within_the_grants_is_followed_and_stays() {
    let desk = Desk::new();
    desk.file("project/more/a.txt", "a");
    desk.link("note.txt", "project/data/latest");
    desk.link("../data", "project/data/again");
    desk.link(desk.path("project/data/note.txt"), "project/data/whole");
    desk.link("../more/a.txt", "project/data/to-more");
    desk.link("made.txt", "project/data/dangling");
    for path in ["data/latest", "data/again/again/latest", "data/whole"] {
        assert_eq!(desk.both(DATA, &[&format!("read(\"{path}\")")]).json(), "inside");
    }
    let both = ["--allow-read", "data", "--allow-read", "more"];
    assert_eq!(desk.both(&both, &["read(\"data/to-more\")"]).json(), "a");
    desk.refused(DATA, &["read(\"data/to-more\")"], "--allow-read more");
    desk.both(DATA, &["write(\"data/latest\", \"new\")", "write(\"data/dangling\", \"made\")"])
        .code(0);
    assert_eq!(desk.content("project/data/note.txt").unwrap(), "new");
    assert_eq!(desk.content("project/data/made.txt").unwrap(), "made");
    assert!(desk.path("project/data/latest").is_symlink());
}

#[test]
fn removing_a_link_leaves_what_it_leads_to() {
    let desk = Desk::new();
    for _ in ["lua", "rhai"] {
        desk.link("../../secret.txt", "project/data/link");
        let ran = desk.lua(DATA, &["remove('data/link')"]);
        assert_eq!(ran.json(), true);
    }
    assert!(!desk.path("project/data/link").is_symlink());
    assert_eq!(desk.content("secret.txt").unwrap(), "SECRET");
}

#[test]
fn links_in_a_circle_come_to_an_end() {
    let desk = Desk::new();
    desk.link("b", "project/data/a");
    desk.link("a", "project/data/b");
    desk.link(desk.path("project/data/d"), "project/data/c");
    desk.link(desk.path("project/data/c"), "project/data/d");
    for path in ["data/a", "data/c"] {
        let ran = desk.both(DATA, &[&format!("read(\"{path}\")")]).code(1).silent();
        ran.says(&["leads from link to link"]);
    }
}

#[test]
fn a_grant_that_is_a_link_is_what_it_leads_to() {
    let desk = Desk::new();
    desk.link("../outside", "project/granted");
    let options = ["--allow-read", "granted"];
    let ran = desk.lua(&options, &["read('granted/secret.txt')"]);
    assert_eq!(ran.json(), "SECRET");
    let whole = desk.text("outside/secret.txt");
    assert_eq!(desk.lua(&options, &[&format!("read('{whole}')")]).json(), "SECRET");
    desk.refused(&options, &["read(\"granted/../secret.txt\")"], "--allow-read");
}
