//! The command itself.

use serde_json::{Value, json};

use crate::support::Program;

#[test]
fn a_finding_is_shown_with_its_line_a_mark_and_a_hint_and_counted_at_the_end() {
    let program = Program::new(&["check", "leads.lua", "fine.rhai"]);
    let code = "-- Leads.\nreturn cliengo.contacts.lst{ status = \"NEW\" }\n";
    let ran = program.file("leads.lua", code).file("fine.rhai", "1 + 1").run();
    let expected = "error: cliengo.contacts has no \"lst\"\n  at leads.lua:2:25\n    2 | return \
                    cliengo.contacts.lst{ status = \"NEW\" }\n      |                         ^~~\n  \
                    hint: did you mean \"list\"?\n";
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), expected));
    assert_eq!(ran.stderr, "1 error in 2 files\n");
}

#[test]
fn json_is_a_list_with_the_file_and_the_place_of_each_finding() {
    let program = Program::new(&["check", "-o", "json", "leads.lua"]);
    let ran = program.file("leads.lua", "cliengo.contacts.count()").run();
    let expected = json!([{
        "file": "leads.lua", "line": 1, "column": 18, "end_column": 23, "severity": "warning",
        "code": "unused_result", "message": "the result of contacts.count is not used",
        "hint": "return it, put it into a variable, or leave the call out",
    }]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(serde_json::from_str::<Value>(&ran.stdout).unwrap(), expected);
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_folder_is_gone_through_for_scripts_of_either_language() {
    let program = Program::new(&["check", "work"])
        .file("work/a.lua", "print(one)")
        .file("work/deep/er/b.rhai", "print(two);")
        .file("work/deep/c.luau", "print(three)")
        .file("work/.hidden/d.lua", "print(four)")
        .file("work/notes.txt", "print(five)");
    let ran = program.run();
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), "1 error and 2 warnings in 3 files\n"));
    for name in ["\"one\"", "\"two\"", "\"three\""] {
        assert!(ran.stdout.contains(name), "{}", ran.stdout);
    }
}

#[test]
fn nothing_of_the_script_runs() {
    let code = "error('ran')\nlocal module = require 'beside'\nreturn module";
    let program = Program::new(&["check", "main.lua"]).file("main.lua", code);
    let ran = program.file("beside.lua", "error('ran too')").run();
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""));
    assert_eq!(ran.stderr, "nothing found in 1 file\n");
}

#[test]
fn a_module_beside_the_script_may_set_what_the_script_reads() {
    let program = Program::new(&["check", "main.lua"])
        .file("main.lua", "require 'beside'\nreturn limit + limt")
        .file("beside.lua", "limit = 5");
    let ran = program.run();
    assert!(ran.stdout.contains("\"limt\""), "{ran:?}");
    assert_eq!(ran.stderr, "1 error in 1 file\n");
}

#[test]
fn a_path_that_is_not_there_or_holds_no_script_is_a_mistake_of_usage() {
    for arguments in [["check", "nowhere"], ["check", "empty"], ["check", "notes.txt"]] {
        let program = Program::new(&arguments).file("empty/notes.txt", "").file("notes.txt", "");
        let ran = program.run();
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}: {ran:?}");
        assert!(ran.stderr.contains("hint:"), "{}", ran.stderr);
    }
}

#[test]
fn the_language_can_be_told() {
    let program = Program::new(&["check", "--lang", "rhai", "script"]);
    let ran = program.file("script", "let a = 1;\nprint(b);").run();
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.contains("at script:2:7"), "{}", ran.stdout);
}

#[test]
fn columns_count_letters_and_a_first_line_for_the_shell_is_no_code() {
    for (name, code) in [
        ("a.lua", "#!/usr/bin/env cliengo\nprint('Begoña 🙏', nme)"),
        ("a.rhai", "#!/usr/bin/env cliengo\nprint('Begoña 🙏' + nme);"),
    ] {
        let code = if name.ends_with("rhai") { code.replace('\'', "\"") } else { code.to_owned() };
        let ran = Program::new(&["check", "-o", "json", name]).file(name, code).run();
        let found: Value = serde_json::from_str(&ran.stdout).unwrap();
        let column = if name.ends_with("rhai") { 20 } else { 19 };
        assert_eq!(
            (&found[0]["line"], &found[0]["column"]),
            (&json!(2), &json!(column)),
            "{ran:?}"
        );
    }
}

#[test]
fn a_script_that_is_nested_without_an_end_is_refused_and_ends_nothing() {
    let deep = [("(", ")"), ("{", "}"), ("not ", ""), ("function() return ", " end")];
    for (open, close) in deep {
        let nested = format!("return {}1{}\n", open.repeat(50_000), close.repeat(50_000));
        for code in [nested.clone(), format!("= {nested}")] {
            let ran = Program::new(&["check", "deep.lua"]).file("deep.lua", code).run();
            assert_eq!(ran.code, Some(1), "{open}: {}", ran.stderr);
            assert!(ran.stderr.ends_with("in 1 file\n"), "{open}: {}", ran.stderr);
        }
    }
    let nested = format!("{}1{}", "(".repeat(50_000), ")".repeat(50_000));
    let ran = Program::new(&["check", "deep.rhai"]).file("deep.rhai", nested).run();
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
}

#[test]
fn a_file_that_is_no_text_does_not_hide_what_the_others_of_its_folder_have() {
    let program = Program::new(&["check", "work"])
        .file("work/a.lua", b"print('\xff')")
        .file("work/b.rhai", "prnt(1);");
    let ran = program.run();
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), "2 errors in 2 files\n"));
    for words in ["cannot read work/a.lua", "\"prnt\""] {
        assert!(ran.stdout.contains(words), "{}", ran.stdout);
    }
}

#[test]
fn what_does_not_parse_cannot_be_ignored() {
    let program = Program::new(&["check", "a.lua"]);
    let ran = program.file("a.lua", "local x = = 3 -- cliengo: ignore").run();
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), "1 error in 1 file\n"));
}

#[test]
fn what_is_written_for_editors_is_no_script() {
    let program = Program::new(&["check", "work"])
        .file("work/cliengo.d.lua", "prnt(one)")
        .file("work/cliengo.d.luau", "declare cliengo: {}")
        .file("work/cliengo.d.rhai", "fn list() -> ;")
        .file("work/a.lua", "print(1)");
    let ran = program.run();
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), "nothing found in 1 file\n"));
}

#[test]
fn modules_of_libraries_are_known_and_so_is_that_one_takes_the_place_of_a_builtin_one() {
    for (extension, script, module) in [
        ("lua", "print(require('prices').total(), require('json').anything())", "return {}"),
        (
            "rhai",
            "import \"prices\" as prices; import \"json\" as json;
             print(prices::total() + json::anything());",
            "fn total() { 1 }",
        ),
    ] {
        let file = format!("main.{extension}");
        let of = |options: &[&str]| {
            let program = Program::new(&["check"]).arguments(options).argument(&file);
            let program = program.file(&file, script);
            let program = program.file(&format!("lib/json.{extension}"), module);
            program.file(&format!("lib/prices.{extension}"), module).run()
        };
        of(&["--lib", "lib"]).code(0);
        let missing = of(&[]).code(1);
        for word in ["there is no module \"prices\"", "the module \"json\" has no \"anything\""] {
            assert!(missing.stdout.contains(word), "{missing:#?}");
        }
    }
}

#[test]
fn two_files_of_a_folder_with_one_id_are_told_as_the_daemon_refuses_them() {
    let watch =
        |id: &str| format!("\n\ncliengo.watch.new_contacts({{ id = \"{id}\" }}, function() end)");
    let rhai = "cliengo.watch.updated_contacts(#{ id: \"leads\" }, || ());";
    let program = |arguments: &[&str]| {
        Program::new(arguments)
            .file("work/a.lua", watch("leads"))
            .file("work/b.rhai", rhai)
            .file("work/c.lua", "cliengo.schedule.every('1h', { id = 'leads' }, function() end)")
            // The same script in the other language, and what is kept apart.
            .file("work/a.rhai", rhai)
            .file("work/below/d.lua", watch("leads"))
    };
    let ran = program(&["check", "work"]).run();
    let expected = "warning: another watch has the id \"leads\" already, at work/a.lua:3\n  at work/b.rhai:1:15\n";
    assert!(ran.stdout.starts_with(expected), "{ran:?}");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), "1 warning in 5 files\n"));
    // Who names files says nothing of keeping them together.
    program(&["check", "work/a.lua", "work/b.rhai"]).run().code(0);
}

#[test]
fn standard_input_is_a_script_where_its_language_is_told() {
    let ran = Program::new(&["check", "--lang", "rhai", "-o", "json", "-"]).input("prnt(1);").run();
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((ran.code, &found[0]["file"]), (Some(1), &json!("(standard input)")), "{ran:?}");
    assert_eq!(
        (&found[0]["line"], &found[0]["hint"]),
        (&json!(1), &json!("did you mean \"print\"?"))
    );
    // Its modules are beside it: in the working folder.
    let program = Program::new(&["check", "--lang", "lua", "-"]).file("beside.lua", "return {}");
    program.input("return require 'beside'").run().code(0);
    Program::new(&["check", "-"]).input("print(1)").run().code(2).says(&["--lang"]);
}
