//! What `cliengo.toml` grants to single scripts.

use crate::desk::Desk;

const READS: &str = "return require('fs').read('data/note.txt')";

fn project(toml: &str) -> Desk {
    let desk = Desk::new();
    desk.file("project/cliengo.toml", toml);
    desk.file("project/scripts/report.lua", READS);
    desk.file("project/scripts/report.rhai", "import \"fs\" as fs; fs::read(\"data/note.txt\")");
    desk.file("project/scripts/other.lua", READS);
    desk
}

#[test]
fn a_script_is_granted_what_the_file_says_and_no_other_is() {
    let desk = project(
        "[scripts.\"scripts/report.lua\"]\nallow_read = [\"data\"]\n\
         [scripts.\"scripts/report.rhai\"]\nallow_all = true\n",
    );
    desk.link("scripts/report.lua", "project/link.lua");
    let whole = desk.text("project/scripts/report.lua");
    let paths = ["scripts/report.lua", "./scripts/../scripts/report.lua", "link.lua", &whole];
    for path in paths.into_iter().chain(["scripts/report.rhai"]) {
        assert_eq!(desk.program(&["run", "-o", "json", path]).run().json(), "inside");
    }
    let ran = desk.program(&["run", "scripts/other.lua"]).run().code(1);
    ran.says(&["may not read", "--allow-read data"]);
    desk.program(&["eval", READS]).run().code(1).says(&["may not read"]);
}

#[test]
fn flags_add_to_what_the_file_grants() {
    let desk =
        project("[scripts.\"scripts/report.lua\"]\nallow_read = [\"data\"]\nallow_env = [\"A\"]\n");
    desk.file("project/more/a.txt", "more");
    let code = "local fs = require 'fs' \
                return fs.read('data/note.txt') .. fs.read('more/a.txt') .. cliengo.env('A')";
    desk.file("project/scripts/report.lua", code);
    let program =
        desk.program(&["run", "-o", "json", "--allow-read", "more", "scripts/report.lua"]);
    assert_eq!(program.variable("A", "!").run().json(), "insidemore!");
}

#[test]
fn a_grant_that_there_is_not_is_an_error_that_says_which_was_meant() {
    for (line, words) in [
        ("allow_raed = [\"data\"]", ["there is no \"allow_raed\"", "did you mean \"allow_read\"?"]),
        ("allow_read = \"data\"", ["allow_read must be a list of texts", "write allow_read = ["]),
        ("allow_write = [5]", ["allow_write must be a list of texts", "write allow_write = ["]),
        (
            "allow_all = \"yes\"",
            ["[scripts.\"scripts/report.lua\"]", "allow_all must be true or false"],
        ),
        ("allow_net = [\"a b\"]", ["cliengo.toml", "\"a b\" is no host"]),
        ("allow_read = [\"\"]", ["allow_read must be a list of texts", "write allow_read = ["]),
    ] {
        let desk = project(&format!("[scripts.\"scripts/report.lua\"]\n{line}\n"));
        desk.program(&["run", "scripts/report.lua"]).run().code(2).silent().says(&words);
    }
}

#[test]
fn a_script_that_is_not_there_is_told_of() {
    let desk = project(
        "[scripts.\"scripts/reprot.lua\"]\nallow_read = [\"data\"]\n\
         [scripts.\"scripts/report.lua\"]\nallow_read = [\"data\"]\n",
    );
    let ran = desk.program(&["run", "-o", "json", "scripts/report.lua"]).run();
    assert_eq!(ran.json(), "inside");
    ran.says(&["warning:", "\"scripts/reprot.lua\"", "did you mean \"report.lua\"?"]);
}

#[test]
fn the_user_configuration_grants_nothing() {
    let desk = Desk::new();
    desk.file("user.toml", "[scripts.\"a.lua\"]\nallow_all = true\n");
    let program = desk.program(&["eval", "1"]).variable("CLIENGO_CONFIG", &desk.text("user.toml"));
    program.run().code(2).says(&["the user configuration grants to scripts", "cliengo.toml"]);
}
