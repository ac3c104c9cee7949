//! Modules that are written in the languages themselves: their errors are told where the script called them.

use serde_json::json;

use crate::support::Program;

/// What a script of these lines says where it fails.
fn failing(extension: &str, lines: &[&str]) -> String {
    let file = format!("main.{extension}");
    let program = Program::new(&["run", "--emulator", &file]).file(&file, lines.join("\n"));
    program.run().code(1).stderr
}

#[test]
fn a_wrong_argument_is_an_error_at_the_line_of_the_script() {
    for (extension, import, calls) in [
        (
            "lua",
            "local list, retry = require 'list', require 'retry'",
            ["list.map(5, 'x')", "list.map({ 1 }, 'x')", "retry.run(print, { attemps = 1 })"],
        ),
        (
            "rhai",
            "import \"list\" as list; import \"retry\" as retry;",
            ["list::map(5, \"x\")", "list::map([1], \"x\")", "retry::run(|| 1, #{ attemps: 1 })"],
        ),
    ] {
        for call in calls {
            let said = failing(extension, &[import, "", call]);
            assert!(said.contains(&format!("at main.{extension}:3")), "{call}: {said}");
            assert!(!said.contains("stdlib"), "{call}: {said}");
        }
    }
}

#[test]
fn what_a_function_raises_that_a_module_calls_keeps_its_line_and_has_that_of_the_call() {
    for (extension, lines) in [
        (
            "lua",
            [
                "local list = require 'list'",
                "list.map({ 1 },",
                "function() cliengo.contacts.get('') end)",
            ],
        ),
        (
            "rhai",
            ["import \"list\" as list;", "list::map([1],", "|it| cliengo.contacts.get(\"\"))"],
        ),
    ] {
        let said = failing(extension, &lines);
        assert!(said.contains(&format!("at main.{extension}:3")), "{said}");
        assert!(said.contains(&format!("called from main.{extension}:2")), "{said}");
        assert!(!said.contains("stdlib"), "{said}");
    }
}

#[test]
fn a_copy_of_a_module_that_is_changed_takes_its_place() {
    let text = |file: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("stdlib").join(file);
        std::fs::read_to_string(path).unwrap()
    };
    for (extension, code) in [
        (
            "lua",
            "local list = require 'list'\nreturn list.map(list.chunk({ 1, 2, 3 }, 2), function(it) return #it end)",
        ),
        ("rhai", "import \"list\" as list;\nlist::map(list::chunk([1, 2, 3], 2), |it| it.len())"),
    ] {
        let file = format!("main.{extension}");
        let program = Program::new(&["run", "-o", "json", "--lib", "lib", &file]).file(&file, code);
        let copy = text(&format!("list.{extension}"));
        let ran = program.file(&format!("lib/list.{extension}"), copy).run().code(0);
        assert_eq!(ran.json(), json!([2, 1]));
    }
}
