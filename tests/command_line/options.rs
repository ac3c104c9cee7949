//! What the options of `run` and `eval` do.

use serde_json::Value;

use crate::support::{Account, Program};

#[test]
fn the_language_is_the_extensions_unless_told() {
    let text = Program::new(&["run", "--lang", "rhai", "s.txt"]).file("s.txt", "let x = 2; x");
    assert_eq!(text.run().code(0).stdout, "2\n");
    let luau = Program::new(&["run", "s.luau"]).file("s.luau", "return 3");
    assert_eq!(luau.run().code(0).stdout, "3\n");
    assert_eq!(Program::new(&["eval", "--lang", "rhai", "[1].len()"]).run().stdout, "1\n");
}

#[test]
fn a_script_comes_from_standard_input_too() {
    let program = Program::new(&["run", "--lang", "lua", "-", "a", "-b"]);
    let ran = program.input("return table.concat(cliengo.args, ',')").run();
    assert_eq!(ran.code(0).stdout, "a,-b\n");
    let failing = Program::new(&["run", "--lang", "rhai", "-"]).input("\nthrow \"x\";").run();
    failing.code(1).says(&["error: x", "(standard input):2", "2 | throw"]);
    let unknown = Program::new(&["run", "-"]).input("1").run().code(2);
    unknown.says(&["error:", "hint:", "--lang"]);
}

#[test]
fn a_run_that_may_only_read_writes_nothing() {
    let account = Account::start();
    for (language, code) in [
        ("lua", "cliengo.contacts.delete(cliengo.contacts.find{}.id)"),
        ("rhai", "cliengo.contacts.delete(cliengo.contacts.find(#{}).id)"),
        ("lua", "cliengo.call{ method = 'post', path = '/contacts', body = {} }"),
    ] {
        let ran = account.program(&["eval", "--read-only", "--lang", language, code]).run();
        ran.code(1).silent().says(&["error: this run may only read", "hint:", "--read-only"]);
    }
    assert!(account.calls().iter().all(|call| call.starts_with("GET ")));
    account.program(&["eval", "--read-only", "cliengo.contacts.count()"]).run().code(0);
}

#[test]
fn only_a_variable_that_is_allowed_can_be_read() {
    let program = |options: &[&str]| {
        let code = "{ cliengo.env('SHOWN'), cliengo.env('UNSET') == nil }";
        let arguments = [&["eval", "-o", "json"], options, &[code]].concat();
        Program::new(&arguments).variable("SHOWN", "5 ñ").run()
    };
    let allowed = program(&["--allow-env", "SHOWN", "--allow-env", "UNSET"]);
    assert_eq!(allowed.code(0).stdout, "[\"5 ñ\",true]\n");
    let denied = program(&["--allow-env", "OTHER"]).code(1).silent();
    denied.says(&["error: this run may not read", "SHOWN", "hint:", "--allow-env SHOWN"]);
}

#[test]
fn the_debug_log_is_shown_where_it_is_asked_for() {
    let code = "cliengo.log.debug('quiet') cliengo.log.info('loud', { n = 1 })";
    let ran = Program::new(&["eval", code]).run().code(0);
    assert!(!ran.stderr.contains("quiet") && ran.stderr.contains("info loud n=1"), "{ran:?}");
    Program::new(&["eval", "-v", code]).run().code(0).says(&["debug quiet", "info loud"]);
}

#[test]
fn the_log_is_one_json_document_a_line_where_it_is_asked_for() {
    let code = "cliengo.log.warn('a\\nb', { n = 1, t = 'x' }) cliengo.log.error('c')";
    let ran = Program::new(&["eval", "--log-format", "json", code]).run().code(0);
    let lines: Vec<Value> =
        ran.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["level"], "warn");
    assert_eq!(lines[0]["message"], "a\nb");
    assert_eq!(lines[0]["fields"].to_string(), r#"{"n":1,"t":"x"}"#);
}

#[test]
fn a_log_message_stays_on_its_line_and_cannot_write_to_the_terminal() {
    let code = "cliengo.log.info('a\\nerror: forged \\27[2J') ";
    let ran = Program::new(&["eval", code]).run().code(0);
    assert_eq!(ran.stderr.lines().count(), 1, "{:?}", ran.stderr);
    assert!(!ran.stderr.contains('\x1b'), "{:?}", ran.stderr);
}

#[test]
fn an_embedded_emulator_serves_the_run() {
    let ran = Program::new(&["eval", "--emulator=7", "cliengo.contacts.count()"]).run();
    assert_eq!(ran.code(0).stdout, "7\n");
    let ran = Program::new(&["eval", "cliengo.contacts.count()", "--emulator"]).run();
    assert_eq!(ran.code(0).stdout, "250\n");
}

#[test]
fn an_option_counts_wherever_it_stands_and_two_dashes_end_ours() {
    for (arguments, seen) in [
        (&["run", "s.lua", "first", "--mine", "-o", "json"][..], r#"["first","--mine"]"#),
        (&["run", "-o", "json", "s.lua", "--", "first", "-o"], r#"["first","-o"]"#),
    ] {
        let ran = Program::new(arguments).file("s.lua", "return cliengo.args").run();
        assert_eq!(ran.code(0).stdout, format!("{seen}\n"));
    }
    let write = "cliengo.contacts.delete('5e8f0a1b2c3d4e5f60718301')";
    let arguments = ["run", "s.lua", "2", "--read-only", "--emulator"];
    Program::new(&arguments).file("s.lua", write).run().code(1).says(&["this run may only read"]);
}
