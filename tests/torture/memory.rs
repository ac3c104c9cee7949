//! Scripts that want all the memory there is.

use crate::run;

/// The run ended by its memory limit; the program did not.
#[track_caller]
fn ends_by_its_memory(language: &str, script: &str) {
    let ran = run(language, script, &["--max-memory", "32M", "--timeout", "50s"]);
    assert_eq!(ran.code, Some(1), "{script}\n{ran:#?}");
    ran.silent().says(&["error:", "more than its 32 MiB of memory", "hint:", "--max-memory"]);
}

#[test]
fn a_table_that_grows_for_ever_ends_by_its_memory() {
    ends_by_its_memory("lua", "local t = {} while true do t[#t + 1] = { #t } end");
    ends_by_its_memory("rhai", "let t = []; loop { t.push([1, 2, 3]); }");
    ends_by_its_memory("rhai", "let t = #{}; let n = 0; loop { t[n.to_string()] = n; n += 1; }");
}

#[test]
fn a_text_that_doubles_for_ever_ends_by_its_memory() {
    ends_by_its_memory("lua", "local s = 'x' while true do s = s .. s end");
    ends_by_its_memory("rhai", "let s = \"x\"; loop { s += s; }");
    ends_by_its_memory("rhai", "let s = \"xxxxxxxx\"; loop { s = `${s}${s}`; }");
}

#[test]
fn a_list_that_doubles_for_ever_ends_by_its_memory() {
    ends_by_its_memory("rhai", "let t = [1]; loop { t += t; }");
    ends_by_its_memory("rhai", "let t = [1]; loop { t = [t, t]; }");
    ends_by_its_memory("rhai", "let t = blob(16); loop { t += t; }");
}

#[test]
fn one_call_that_makes_something_huge_ends_by_its_memory() {
    ends_by_its_memory("lua", "return #string.rep('x', 2 ^ 30)");
    ends_by_its_memory("lua", "return #table.create(4e7, 1)");
    ends_by_its_memory("lua", "return buffer.create(2 ^ 30)");
    ends_by_its_memory("lua", "return #(string.rep('x', 1e6):gsub('x', string.rep('y', 1e5)))");
    ends_by_its_memory("rhai", "let s = \"x\"; s.pad(1000000000, 'x'); s.len()");
    ends_by_its_memory("rhai", "let s = \"x\"; s.pad(1000000000, \"xy\"); s.len()");
    ends_by_its_memory("rhai", "let t = []; t.pad(1000000000, 1); t.len()");
    ends_by_its_memory("rhai", "blob(1000000000).len()");
    ends_by_its_memory("rhai", "blob(1000000000, 5).len()");
    ends_by_its_memory("rhai", "let b = blob(1); b.pad(1000000000, 1); b.len()");
    ends_by_its_memory(
        "rhai",
        "let s = \"x\"; s.pad(1000000, 'x'); let t = s; t.replace(\"x\", s); t.len()",
    );
    ends_by_its_memory("rhai", "let s = \"x\"; s.pad(1000000, 'x'); s.replace('x', s); s.len()");
}

#[test]
fn memory_that_a_script_catches_is_no_way_out() {
    ends_by_its_memory(
        "rhai",
        "let kept = []; loop { try { loop { kept.push([1, 2]); } } catch { } }",
    );
    // Lua gives the memory back that a failed step took, so the script may go on, within its time.
    let script = "local kept = {}
        while true do pcall(function() while true do kept[#kept + 1] = { 1 } end end) end";
    let ran = run("lua", script, &["--max-memory", "32M", "--timeout", "2s"]);
    ran.code(1).silent().says(&["error: the script ran longer"]);
}

#[test]
fn a_page_that_does_not_fit_is_an_error_that_names_the_way_out() {
    let account = crate::support::Account::start();
    account.admin("POST", "/reset", serde_json::json!({ "contacts": 20_000 }));
    for (name, script) in [
        ("all.lua", "return #cliengo.contacts.list()"),
        ("all.rhai", "cliengo.contacts.list().len()"),
    ] {
        let program = account.program(&["run", "--max-memory", "16M", name]).file(name, script);
        program.run().code(1).silent().says(&["error:", "does not fit", "hint:", "contacts.each"]);
    }
}

#[test]
fn a_script_that_catches_an_answer_too_large_goes_on() {
    let lua = "local ok, problem = pcall(cliengo.contacts.list)
        return { ok, problem.kind, #cliengo.contacts.list{ limit = 10 } }";
    let rhai =
        "let kind = (); try { cliengo.contacts.list(); } catch (problem) { kind = problem.kind; }
        [false, kind, cliengo.contacts.list(#{ limit: 10 }).len()]";
    for (language, script) in [("lua", lua), ("rhai", rhai)] {
        let options = ["--max-memory", "24M", "--emulator=20000", "-o", "json"];
        let ran = run(language, script, &options);
        assert_eq!(ran.stdout, "[false,\"limit\",10]\n", "{ran:#?}");
    }
}

#[test]
fn a_value_that_contains_itself_is_refused() {
    let lua = "local t = {} t.t = t return t";
    run("lua", lua, &["-o", "json"]).code(1).silent().says(&["error:", "contains itself"]);
    let lua = "local t = {} t[1] = t return t";
    run("lua", lua, &["-o", "json"]).code(1).silent().says(&["error:", "contains itself"]);
    let lua = "local t = {} t.t = t cliengo.log.info('x', t)";
    run("lua", lua, &[]).code(1).silent().says(&["error:", "contains itself"]);
    let rhai = "let t = #{}; let f = || t; t.me = t; t";
    run("rhai", rhai, &["--timeout", "5s"]).says(&[]);
}

#[test]
fn a_value_that_is_nested_very_deep_is_refused() {
    let lua = "local t = {} for _ = 1, 1e5 do t = { t } end return t";
    run("lua", lua, &["-o", "json"]).code(1).silent().says(&["error:", "nested too deep"]);
    let rhai = "let t = []; for n in 0..500 { t = [t]; } t";
    run("rhai", rhai, &["-o", "json"]).code(1).silent().says(&["error:", "nested too deep"]);
    let fine = "local t = 1 for _ = 1, 60 do t = { t } end return t";
    run("lua", fine, &["-o", "json"]).code(0);
}

#[test]
fn a_list_that_only_gets_deeper_does_not_break_the_program() {
    let ran = run("rhai", "let t = []; loop { t = [t]; }", &["--timeout", "3s"]);
    assert_eq!(ran.code, Some(1), "{ran:#?}");
}
