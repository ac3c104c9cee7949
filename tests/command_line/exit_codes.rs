//! The exit code says how it went.

use serde_json::json;

use crate::support::{Account, Program};

#[test]
fn a_script_that_ends_well_exits_with_0() {
    let ran = Account::start().program(&["eval", "cliengo.contacts.count()"]).run().code(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("120\n", ""));
}

#[test]
fn a_script_that_fails_exits_with_1() {
    Program::new(&["eval", "error('x')"]).run().code(1).silent().says(&["error: x"]);
    Program::new(&["eval", "syntax error here"]).run().code(1).silent().says(&["error:"]);
    Program::new(&["eval", "--lang", "rhai", "throw 1"]).run().code(1).silent();
    let account = Account::start();
    let missing = "cliengo.contacts.get('6a00000000000000000000ff')";
    account.program(&["eval", missing]).run().code(1).silent().says(&["error:", "not found"]);
    account.fault(json!({ "route": "GET /account", "fault": { "kind": "status", "code": 501 } }));
    account.program(&["eval", "cliengo.account.get()"]).run().code(1).silent();
}

#[test]
fn a_call_that_makes_no_sense_exits_with_2_and_says_what_was_meant() {
    for (arguments, words) in [
        (&["emulater"][..], "'emulator'"),
        (&["run", "--timeuot", "1s", "x.lua"], "--timeout"),
        (&["eval", "--lang", "python", "1"], "lua"),
        (&["eval", "-o", "jsn", "1"], "json"),
        (&["eval", "--timeout", "soon", "1"], "500ms"),
        (&["eval", "--max-memory", "lots", "1"], "256M"),
        (&["eval", "--max-operations", "0", "1"], "1"),
        (&["eval"], "CODE"),
        (&["run"], "FILE"),
        (&["emulator", "--port", "99999"], "port"),
    ] {
        Program::new(arguments).run().code(2).silent().says(&["error:", words]);
    }
    Program::new(&[]).run().code(2).silent().says(&["Usage"]);
}

#[test]
fn help_and_version_are_results() {
    for arguments in [&["--help"][..], &["run", "--help"], &["--version"], &["help", "eval"]] {
        let ran = Program::new(arguments).run().code(0);
        assert!(!ran.stdout.is_empty() && ran.stderr.is_empty(), "{ran:?}");
    }
}

#[test]
fn a_script_that_is_not_there_exits_with_2() {
    let ran = Program::new(&["run", "gone.lua"]).run().code(2).silent();
    ran.says(&["error: cannot read gone.lua", "No such file"]);
    let folder = Program::new(&["run", "folder.lua"]).file("folder.lua/x", "").run().code(2);
    folder.silent().says(&["error: cannot read folder.lua", "directory"]);
    let other = Program::new(&["run", "s.py"]).file("s.py", "1").run().code(2).silent();
    other.says(&["error: the language of s.py is not known", "hint:", "--lang"]);
}

#[test]
fn missing_or_refused_credentials_exit_with_3() {
    let ran = Program::new(&["eval", "cliengo.contacts.count()"]).run().code(3).silent();
    ran.says(&["error: there is no API key", "hint:", "CLIENGO_API_KEY", "--emulator"]);
    let account = Account::start();
    let wrong = account.program(&["eval", "cliengo.account.get()"]);
    let wrong = wrong.variable("CLIENGO_API_KEY", "11111111-0000-4000-8000-000000000000");
    wrong.run().code(3).silent().says(&["error:", "(401)", "call: GET /account", "hint:", "key"]);
    let spoilt = account.program(&["eval", "1"]).variable("CLIENGO_API_KEY", "two words");
    spoilt.run().code(3).silent().says(&["error: the API key", "hint:"]);
}

#[test]
fn a_script_that_calls_nothing_needs_no_key() {
    assert_eq!(Program::new(&["eval", "1 + 1"]).run().code(0).stdout, "2\n");
}

#[test]
fn an_api_that_cannot_be_reached_exits_with_4() {
    let nobody = {
        let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        socket.local_addr().unwrap()
    };
    let account = Account::start();
    let program = account.program(&["eval", "cliengo.account.get()"]);
    let ran = program.variable("CLIENGO_BASE_URL", &format!("http://{nobody}/1.0")).run().code(4);
    ran.silent().says(&["error:", "no connection to", "call: GET /account", "hint:", "base URL"]);
    account.fault(json!({ "route": "*", "fault": { "kind": "drop_before" } }));
    account.program(&["eval", "cliengo.account.get()"]).run().code(4).silent().says(&["broke"]);
}

#[test]
fn an_error_that_the_script_catches_does_not_change_the_code() {
    let code = "pcall(cliengo.account.get) return 'went on'";
    assert_eq!(Program::new(&["eval", code]).run().code(0).stdout, "went on\n");
}

#[test]
fn a_base_url_that_lacks_its_version_is_pointed_out() {
    let account = Account::start();
    let url = account.emulator.base_url();
    let url = url.strip_suffix("/1.0").unwrap();
    let ran = account.program(&["export"]).variable("CLIENGO_BASE_URL", url).run().code(1).silent();
    ran.says(&["(404)", "hint: check the base URL: Cliengo's ends in /1.0"]);
}
