//! An error that nobody caught says what happened, where, and what to do next.

use serde_json::json;

use crate::support::{Account, Program};

#[test]
fn an_error_of_the_api_names_the_place_the_calls_and_the_apis_words() {
    let account = Account::start();
    let lua = "-- a comment\nlocal function rate(id)\n    cliengo.contacts.update(id, { rating = 5 })\nend\n\n\
               local function all()\n    rate('6a00000000000000000000ff')\nend\nall()\n";
    let ran = account.program(&["run", "s.lua"]).file("s.lua", lua).run().code(1).silent();
    ran.says(&[
        "error: Contact 6a00000000000000000000ff not found (404)\n",
        "at s.lua:3 in rate",
        "3 |     cliengo.contacts.update(id, { rating = 5 })",
        "call: PATCH /contacts/6a00000000000000000000ff",
        "called from s.lua:7",
        "called from s.lua:9",
    ]);
    let rhai = "// a comment\nfn rate(id) {\n    cliengo.contacts.update(id, #{ rating: 5 });\n}\n\n\
                fn all() {\n    rate(\"6a00000000000000000000ff\");\n}\nall();\n";
    let ran = account.program(&["run", "s.rhai"]).file("s.rhai", rhai).run().code(1).silent();
    ran.says(&[
        "error: Contact 6a00000000000000000000ff not found (404)\n",
        "at s.rhai:3 in rate",
        "3 |     cliengo.contacts.update(id, #{ rating: 5 });",
        "^",
        "call: PATCH /contacts/6a00000000000000000000ff",
        "called from s.rhai:7",
        "called from s.rhai:9",
    ]);
}

#[test]
fn an_error_of_ours_carries_its_hint() {
    let lua = Program::new(&["run", "s.lua"]).file("s.lua", "\ncliengo.contacts.lsit()").run();
    lua.code(1).says(&[
        "cliengo.contacts has no \"lsit\"",
        "s.lua:2",
        "hint: did you mean \"list\"?",
    ]);
    let rhai = Program::new(&["run", "s.rhai"]).file("s.rhai", "\ncliengo.contacts.lsit();").run();
    rhai.code(1).says(&[
        "cliengo.contacts has no \"lsit\"",
        "s.rhai:2",
        "hint: did you mean \"list\"?",
    ]);
}

#[test]
fn a_syntax_error_names_the_line_and_shows_it() {
    let lua = Program::new(&["run", "s.lua"]).file("s.lua", "local a = 1\nlocal = 2\n").run();
    lua.code(1).silent().says(&["error: ", "s.lua:2", "2 | local = 2"]);
    let rhai = Program::new(&["run", "s.rhai"]).file("s.rhai", "let a = 1;\nlet = 2;\n").run();
    rhai.code(1).silent().says(&["error: ", "s.rhai:2", "2 | let = 2;", "^"]);
    let cut = Program::new(&["run", "s.lua"]).file("s.lua", "if true then\n").run();
    cut.code(1).silent().says(&["error: ", "'end'", "s.lua:"]);
}

#[test]
fn an_error_in_a_module_names_the_module_and_who_called_it() {
    let lua = Program::new(&["run", "s.lua"])
        .file("s.lua", "local m = require('lib/m')\n\nm.fail()\n")
        .file("lib/m.lua", "local m = {}\nfunction m.fail()\n    error('broken')\nend\nreturn m\n");
    lua.run().code(1).silent().says(&[
        "error: broken\n",
        "lib/m.lua:3 in fail",
        "3 |     error('broken')",
        "called from s.lua:3",
    ]);
    let rhai = Program::new(&["run", "s.rhai"])
        .file("s.rhai", "import \"lib/m\" as m;\n\nm::fail();\n")
        .file("lib/m.rhai", "\nfn fail() {\n    throw \"broken\";\n}\n");
    rhai.run().code(1).silent().says(&[
        "error: broken\n",
        "lib/m.rhai:3 in fail",
        "3 |     throw \"broken\";",
        "called from s.rhai:3",
    ]);
}

#[test]
fn an_error_while_a_module_loads_names_the_module() {
    let lua = Program::new(&["run", "s.lua"])
        .file("s.lua", "\nrequire('m')\n")
        .file("m.lua", "\n\nlocal x = nil + 1\n");
    lua.run().code(1).silent().says(&["error: ", "m.lua:3", "3 | local x", "called from s.lua:2"]);
    let rhai = Program::new(&["run", "s.rhai"])
        .file("s.rhai", "\nimport \"m\" as m;\n")
        .file("m.rhai", "\n\nlet x = () + 1;\n");
    rhai.run().code(1).silent().says(&["error: ", "m.rhai:3", "3 | let x", "called from s.rhai:2"]);
}

#[test]
fn a_syntax_error_in_a_module_names_the_module() {
    let lua = Program::new(&["run", "s.lua"])
        .file("s.lua", "\nrequire('m')\n")
        .file("m.lua", "\nlocal = 1\n");
    let ran = lua.run().code(1).silent();
    assert!(ran.stderr.contains("m.lua:2") && ran.stderr.contains("s.lua:2"), "{}", ran.stderr);
    let rhai = Program::new(&["run", "s.rhai"])
        .file("s.rhai", "\nimport \"m\" as m;\n")
        .file("m.rhai", "\nlet = 1;\n");
    let ran = rhai.run().code(1).silent();
    assert!(ran.stderr.contains("m.rhai:2") && ran.stderr.contains("s.rhai:2"), "{}", ran.stderr);
}

#[test]
fn a_module_that_is_not_there_says_what_there_is() {
    let lua = Program::new(&["run", "s.lua"]).file("s.lua", "require('lits')").run().code(1);
    lua.says(&["error: there is no module \"lits\"", "s.lua:1", "hint: did you mean \"list\"?"]);
    let rhai =
        Program::new(&["run", "s.rhai"]).file("s.rhai", "import \"zzz\" as z;").run().code(1);
    rhai.says(&["error: there is no module \"zzz\"", "s.rhai:1", "hint: the standard library has"]);
}

#[test]
fn a_failure_that_is_the_services_says_so() {
    let account = Account::start();
    let page = serde_json::json!({ "kind": "html", "code": 200 });
    account.fault(serde_json::json!({ "route": "GET /account", "fault": page }));
    let ran = account.program(&["eval", "cliengo.account.get()"]).run().code(1).silent();
    ran.says(&["error: gave up after", "HTML page", "call: GET /account", "hint:", "base URL"]);
}

#[test]
fn a_write_that_timed_out_at_the_api_is_not_told_as_refused() {
    let account = Account::start();
    let slow = json!({ "kind": "status", "code": 408, "processed": true });
    account.fault(json!({ "route": "POST /contacts", "fault": slow }));
    let code = "cliengo.contacts.create{ websiteId = '5e8f0a1b2c3d4e5f60718301', name = 'Ana' }";
    let ran = account.program(&["eval", code]).run().code(4).silent();
    ran.says(&[
        "hint: the outcome is unknown",
        "these writes:",
        "POST /contacts — outcome unknown",
    ]);
}

#[test]
fn what_would_steer_a_terminal_is_shown() {
    let steering = |stderr: &str| stderr.replace("\u{1b}[1;31m", "").contains("\u{1b}[2J");
    let code = "print('uno\\n\\tdos \\27[2J') error({ message = 'no', hint = 'see \\27[2J' })";
    let shown = Program::new(&["eval", "-o", "json", code]).on_terminal().run().code(1);
    assert!(!steering(&shown.stderr), "{shown:?}");
    shown.says(&["uno\r\n\tdos \\u{1b}[2J"]);
    let sent = Program::new(&["eval", "print('\\27[2J')"]).run().code(0);
    assert_eq!(sent.stdout, "\u{1b}[2J\n");
    // A column's name comes back in a hint.
    let csv = "na\u{1b}[2Jme\nAna\n";
    let ran = Program::new(&["import", "a.csv", "--dry-run"]).file("a.csv", csv).run().code(2);
    assert!(!ran.stderr.contains('\u{1b}'), "{ran:?}");
    ran.says(&["hint: ", "na\\u{1b}[2Jme"]);
}
