//! Scripts that look for a way out.

use crate::support::Program;
use crate::{result, run};

#[test]
fn what_would_reach_the_machine_is_not_there() {
    let names = [
        "io",
        "os.execute",
        "os.exit",
        "os.getenv",
        "os.remove",
        "os.rename",
        "os.tmpname",
        "load",
        "loadstring",
        "loadfile",
        "dofile",
        "getfenv",
        "setfenv",
        "collectgarbage",
        "newproxy",
        "package",
        "ffi",
        "jit",
        "debug.getregistry",
        "debug.sethook",
        "debug.getupvalue",
        "debug.setmetatable",
        "debug.getlocal",
        "string.dump",
    ];
    for name in names {
        run("lua", &format!("assert({name} == nil)"), &[]).code(0);
    }
    for call in ["eval(\"1\")", "import_module(\"x\")", "system(\"true\")"] {
        run("rhai", call, &[]).code(1).silent().says(&["error:"]);
    }
}

#[test]
fn the_functions_and_the_libraries_cannot_be_changed() {
    for target in [
        "cliengo.contacts.list",
        "cliengo.contacts",
        "cliengo.extra",
        "string.upper",
        "table.insert",
        "math.pi",
        "getmetatable('').__index",
        "getmetatable('').__index.upper",
    ] {
        run("lua", &format!("{target} = nil"), &[]).code(1).silent().says(&["error:", "readonly"]);
    }
    let around = "rawset(cliengo.contacts, 'list', 1)";
    run("lua", around, &[]).code(1).silent().says(&["error:", "readonly"]);
    let around = "setmetatable(cliengo, {})";
    run("lua", around, &[]).code(1).silent().says(&["error:"]);
    run("rhai", "cliengo.contacts = 5;", &[]).code(1).silent().says(&["error:"]);
    run("rhai", "cliengo = 5;", &[]).code(1).silent().says(&["error:"]);
}

#[test]
fn a_failure_is_told_even_where_the_script_replaced_what_tells_it() {
    let script = "print = nil pcall = nil error = nil tostring = nil xpcall = nil type = nil\n\
                  cliengo.contacts.get(5)";
    run("lua", script, &[]).code(1).silent().says(&["error: contacts.get: id", "script.lua:2"]);
    let script = "local print = print tostring = function() return 1 end print({}, 5)";
    run("lua", script, &[]).code(0);
}

#[test]
fn a_module_outside_of_the_folder_is_refused() {
    for name in ["../secret", "/etc/passwd", "a/../../secret", "link", "..\\\\secret", "", " "] {
        let lua = format!("return require('{name}')");
        let rhai = format!("import \"{name}\" as m; m::x");
        for (file, script) in [("inner/s.lua", lua), ("inner/s.rhai", rhai)] {
            let program = Program::new(&["run", file])
                .file("secret.lua", "return 'secret'")
                .file("secret.rhai", "const x = \"secret\";")
                .file(file, script);
            for extension in ["lua", "rhai"] {
                let link = program.path(&format!("inner/link.{extension}"));
                let target = program.path(&format!("secret.{extension}"));
                std::os::unix::fs::symlink(target, link).unwrap();
            }
            let ran = program.run().code(1).silent();
            ran.says(&[
                "error: the module",
                "is outside the script's folder",
                "hint: put it beside",
            ]);
        }
    }
}

#[test]
fn a_module_with_a_nul_in_its_name_is_refused() {
    run("lua", "require('list\\0../x')", &[]).code(1).silent().says(&["error: the module"]);
    run("rhai", "import \"list\\x00\" as m;", &[]).code(1).silent().says(&["error: the module"]);
}

#[test]
fn code_from_a_command_line_has_no_modules_of_its_own() {
    let program = Program::new(&["eval", "require('mine')"]).file("mine.lua", "return 1");
    program.run().code(1).silent().says(&["error: there is no module \"mine\"", "hint:"]);
}

#[test]
fn modules_in_a_circle_are_an_error_and_not_a_loop() {
    let lua = Program::new(&["run", "s.lua"])
        .file("s.lua", "require('a')")
        .file("a.lua", "return require('b')")
        .file("b.lua", "return require('a')");
    lua.run().code(1).silent().says(&["error:", "circle", "b.lua:1"]);
    let rhai = Program::new(&["run", "s.rhai"])
        .file("s.rhai", "import \"a\" as a;")
        .file("a.rhai", "import \"b\" as b;")
        .file("b.rhai", "import \"a\" as a;");
    rhai.run().code(1).silent().says(&["error:", "circle"]);
    let itself = Program::new(&["run", "s.rhai"]).file("s.rhai", "import \"s\" as s;").run();
    itself.code(1).silent().says(&["error:"]);
}

#[test]
fn a_module_runs_once() {
    let program = Program::new(&["run", "-o", "json", "s.lua"])
        .file("s.lua", "return { require('m') == require('./m'), require('m').n }")
        .file("m.lua", "print('loaded') return { n = 1 }");
    let ran = program.run();
    assert_eq!((ran.stderr.as_str(), ran.stdout.as_str()), ("loaded\n", "[true,1]\n"));
}

#[test]
fn a_module_cannot_leave_globals_to_the_script() {
    let program = Program::new(&["run", "-o", "json", "s.lua"])
        .file("s.lua", "require('m') return print == nil")
        .file("m.lua", "string.x = nil return 1");
    program.run().code(1).says(&["error:", "m.lua:1", "called from s.lua:1"]);
}

#[test]
fn a_script_never_sees_the_key() {
    let lua = "local ok, problem = pcall(cliengo.env, 'CLIENGO_API_KEY')
        local echoed = cliengo.call{ path = '/account' }
        return { ok, problem.kind, echoed.headers.authorization == nil }";
    assert_eq!(result("lua", lua).to_string(), r#"[false,"denied",true]"#);
}
