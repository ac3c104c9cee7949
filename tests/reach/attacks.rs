//! Paths that are made to lead out of what was granted, and files that are no files.

use std::fs::{self, File};
use std::process::Command;

use crate::desk::Desk;

const DATA: &[&str] = &["--allow-read", "data", "--allow-write", "data"];

#[test]
fn no_path_leads_out_of_the_folder() {
    let desk = Desk::new();
    let whole = desk.text("secret.txt");
    let paths = [
        "data/../../secret.txt",
        "data/./.././../secret.txt",
        "data/missing/../../../secret.txt",
        "../secret.txt",
        "data//..//..//secret.txt",
        "data/../data/../../secret.txt",
        &whole,
        &format!("data/{}/../../secret.txt", "a/../".repeat(200)),
        &format!("/{}", whole.trim_start_matches('/')),
        &format!("//{whole}"),
        "/dev/fd/0",
        "~/secret.txt",
        "data\u{2044}..\u{2044}secret.txt",
        "data%2f..%2fsecret.txt",
        "data\\..\\..\\secret.txt",
        "file:///etc/passwd",
    ];
    for path in paths {
        let quoted = serde_json::to_string(path).unwrap();
        desk.refused(DATA, &[&format!("read({quoted})")], "--allow-read");
        desk.refused(DATA, &[&format!("write({quoted}, \"taken\")")], "--allow-write");
    }
    for path in ["/proc/self/root", "/proc/thread-self/root/", "/proc/self/cwd/../x"] {
        let calls = [format!("read(\"{path}{whole}\")"), format!("write(\"{path}{whole}\", \"\")")];
        calls.iter().for_each(|call| {
            desk.both(DATA, &[call]).code(1).silent().says(&["no script may reach"]);
        });
    }
    assert_eq!(desk.content("secret.txt").unwrap(), "SECRET");
    assert_eq!(fs::read_dir(desk.path("project")).unwrap().count(), 1);
}

#[test]
fn a_name_that_begins_like_the_folder_is_not_in_it() {
    let desk = Desk::new();
    desk.file("project/data-secret/a.txt", "SECRET");
    desk.file("project/data.txt", "SECRET");
    desk.refused(DATA, &["read(\"data-secret/a.txt\")"], "--allow-read data-secret");
    desk.refused(DATA, &["read(\"data.txt\")"], "--allow-read data.txt");
    desk.refused(DATA, &["list(\"data-secret\")"], "--allow-read data-secret");
    desk.refused(DATA, &["list(\".\")"], "--allow-read .");
}

#[test]
fn what_is_denied_tells_nothing_of_what_is_there() {
    let desk = Desk::new();
    let said = |name: &str| {
        let quoted = format!("exists(\"../outside/{name}\")");
        desk.both(DATA, &[&quoted]).code(1).stderr.replace(name, "NAME")
    };
    // As long as each other, for the caret below the line.
    assert_eq!(said("secret.txt"), said("nobody.txt"));
}

#[test]
fn a_path_with_a_null_byte_or_without_a_letter_is_none() {
    let desk = Desk::new();
    let long = format!("write(\"data/{}a\", \"\")", "a/".repeat(3000));
    for call in ["read(\"\")", "write(\"\", \"\")", "list(\"\")", &long] {
        desk.both(DATA, &[call]).code(1).silent().says(&["is no path"]);
    }
    let lua = desk.lua(DATA, &["read('data/note.txt\\0.png')"]).code(1).silent();
    lua.says(&["is no path"]);
    let rhai = desk.rhai(DATA, &["read(\"data/note.txt\\x00.png\")"]).code(1).silent();
    rhai.says(&["is no path"]);
}

#[test]
fn a_pipe_a_device_and_a_socket_hold_nobody_up() {
    let desk = Desk::new();
    let pipe = desk.path("project/data/pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(desk.path("project/data/socket")).unwrap();
    desk.link("/dev/zero", "project/data/zero");
    for name in ["data/pipe", "data/socket", "/dev/zero", "/dev/full", "data/zero"] {
        for call in ["read(\"NAME\")", "write(\"NAME\", \"a\")", "append(\"NAME\", \"a\")"] {
            let call = call.replace("NAME", name);
            let ran = desk.both(&["--allow-all"], &[&call]).code(1).silent();
            ran.says(&["it is a pipe, a socket or a device"]);
        }
    }
    let ran = desk.both(&["--allow-all"], &["remove(\"data/pipe\")"]).code(1);
    ran.says(&["it is a pipe, a socket or a device"]);
}

#[test]
fn a_giant_file_is_refused_and_not_read() {
    let desk = Desk::new();
    let giant = File::create(desk.path("project/data/giant")).unwrap();
    giant.set_len(1 << 40).unwrap();
    let ran = desk.both(DATA, &["read(\"data/giant\")"]).code(1).silent();
    ran.says(&["\"data/giant\" is larger than 64 MiB"]);
}

#[test]
fn a_module_never_comes_from_outside() {
    let desk = Desk::new();
    desk.file("secret.lua", "return 'SECRET'");
    desk.file("secret.rhai", "const SECRET = 1;");
    desk.link("../secret.lua", "project/linked.lua");
    desk.link("../secret.rhai", "project/linked.rhai");
    let whole = desk.text("secret");
    for name in ["../secret", "data/../../secret", &whole, "linked", "/proc/self/root/etc/passwd"] {
        desk.file("project/main.lua", &format!("return require '{name}'"));
        desk.file("project/main.rhai", &format!("import \"{name}\" as it; 1"));
        for script in ["main.lua", "main.rhai"] {
            let ran = desk.program(&["run", "--allow-all", script]).run().code(1).silent();
            assert!(!ran.stderr.contains("SECRET"), "{ran:#?}");
            ran.says(&["error:", "outside the script's folder"]);
        }
    }
}
