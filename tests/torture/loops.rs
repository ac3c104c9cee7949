//! Scripts that do not end.

use crate::{ends_by_its_time, run};

#[test]
fn an_endless_loop_ends_by_its_time() {
    ends_by_its_time("lua", "while true do end");
    ends_by_its_time("lua", "repeat until false");
    ends_by_its_time("rhai", "loop { }");
    ends_by_its_time("rhai", "while true { let x = 1; }");
}

#[test]
fn a_loop_that_catches_everything_ends_by_its_time() {
    ends_by_its_time("lua", "while true do pcall(function() while true do end end) end");
    ends_by_its_time("lua", "while true do pcall(error, 'x') end");
    ends_by_its_time("lua", "while true do pcall(cliengo.sleep, '1h') end");
    ends_by_its_time("rhai", "loop { try { loop { } } catch { } }");
    ends_by_its_time("rhai", "loop { try { cliengo.sleep(\"1h\"); } catch (e) { } }");
}

#[test]
fn a_handler_that_loops_ends_by_its_time() {
    ends_by_its_time(
        "lua",
        "xpcall(function() error('x') end, function() while true do end end) while true do end",
    );
    ends_by_its_time(
        "lua",
        "local function again() return xpcall(function() while true do end end, again) end again()
         while true do end",
    );
    ends_by_its_time("rhai", "try { throw 1 } catch { loop { } }");
}

#[test]
fn a_loop_in_a_coroutine_ends_by_its_time() {
    ends_by_its_time("lua", "coroutine.wrap(function() while true do end end)()");
    ends_by_its_time(
        "lua",
        "while true do local c = coroutine.create(function() while true do end end)
         coroutine.resume(c) end",
    );
    ends_by_its_time(
        "lua",
        "local function deeper() return coroutine.wrap(function() pcall(deeper) while true do end end)() end
         deeper()",
    );
}

#[test]
fn a_loop_in_a_callback_ends_by_its_time() {
    ends_by_its_time("lua", "table.sort({ 3, 1, 2 }, function() while true do end end)");
    ends_by_its_time("lua", "string.gsub('abc', '.', function() while true do end end)");
    ends_by_its_time(
        "lua",
        "local t = setmetatable({}, { __index = function(t, k) return t[k + 1] end,
         __eq = function() while true do end end })
         while true do pcall(function() return t[1] end) end",
    );
    ends_by_its_time("lua", "for _ in function() while true do end end do end");
    ends_by_its_time("rhai", "[1, 2, 3].map(|x| { loop { } })");
    ends_by_its_time("rhai", "[3, 1, 2].sort(|a, b| { loop { } })");
}

#[test]
fn a_text_pattern_that_explodes_ends_by_its_time() {
    ends_by_its_time(
        "lua",
        "local text = string.rep('a', 200000)
         while true do string.find(text, '.-.-.-.-.-.-b') end",
    );
}

#[test]
fn a_failure_that_cannot_be_told_is_told_all_the_same() {
    let script = "error(setmetatable({}, { __tostring = function() while true do end end }))";
    let ran = run("lua", script, &["--timeout", "300ms"]);
    ran.code(1).silent().says(&["error:"]);
    let script = "error(setmetatable({}, { __index = function() while true do end end }))";
    run("lua", script, &["--timeout", "300ms"]).code(1).silent().says(&["error:"]);
}

#[test]
fn a_result_that_never_ends_is_no_way_around_the_time() {
    // The result is read after the script has ended; nothing of the script may run then.
    let script = "return setmetatable({}, { __iter = function() while true do end end,
        __index = function() while true do end end, __len = function() return 1e9 end })";
    run("lua", script, &["--timeout", "300ms"]).code(0);
}

#[test]
fn a_script_that_does_too_much_ends_by_its_operations() {
    let most = ["--max-operations", "100000"];
    for (language, script) in [
        ("lua", "while true do pcall(function() end) end"),
        ("lua", "while true do pcall(function() while true do end end) end"),
        ("lua", "coroutine.wrap(function() while true do end end)()"),
        ("rhai", "loop { }"),
        ("rhai", "loop { try { loop { } } catch { } }"),
    ] {
        run(language, script, &most).code(1).silent().says(&[
            "error: the script did more than its 100000 operations",
            "hint:",
            "--max-operations",
        ]);
    }
}

#[test]
fn a_function_that_calls_itself_for_ever_is_an_error() {
    let lua = run("lua", "local function f() return 1 + f() end\nreturn f()", &[]);
    lua.code(1).silent().says(&["error:", "stack overflow", "script.lua:1"]);
    let rhai = run("rhai", "fn f() { 1 + f() }\nf()", &[]);
    rhai.code(1).silent().says(&["error:", "too deep", "hint:"]);
    let caught = "local function f() return 1 + f() end\nreturn (pcall(f))";
    run("lua", caught, &[]).code(0);
    let nested = format!("return {}1{}", "(".repeat(5_000), ")".repeat(5_000));
    run("lua", &nested, &[]).code(1).says(&["error:"]);
    let nested = format!("{}1{}", "(".repeat(5_000), ")".repeat(5_000));
    run("rhai", &nested, &[]).code(1).says(&["error:"]);
}
