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

/// The call failed for want of memory, which the script may catch; the program did not.
#[track_caller]
fn is_refused_for_its_memory(language: &str, script: &str) {
    let ran = run(language, script, &["--max-memory", "32M", "--timeout", "50s"]);
    assert_eq!(ran.code, Some(1), "{script}\n{ran:#?}");
    let words = ["error:", "more memory than the script has left", "hint:", "--max-memory"];
    ran.silent().says(&words);
}

#[test]
fn arguments_that_weigh_more_than_the_script_itself_are_refused() {
    let shared = "local t = { 1 } for _ = 1, 40 do t = { t, t } end";
    is_refused_for_its_memory("lua", &format!("{shared} return require('json').encode(t)"));
    is_refused_for_its_memory("lua", &format!("{shared} cliengo.log.info('x', {{ t = t }})"));
    is_refused_for_its_memory("lua", &format!("{shared} return t"));
    let texts = "local s, t = string.rep('x', 1e6), {} for n = 1, 100 do t['n' .. n] = s end";
    is_refused_for_its_memory("lua", &format!("{texts} return require('json').encode(t)"));
    let step = "require('retry') return cliengo.once('k', function() return t end)";
    is_refused_for_its_memory("lua", &format!("{shared} {step}"));
}

#[test]
fn a_module_that_makes_much_of_little_ends_by_the_scripts_memory() {
    for script in [
        "local n = string.rep('n', 1e5)
            return #require('csv').parse(n .. ',b\\n' .. string.rep('1,2\\n', 1000))",
        "local rows = {} for n = 1, 3000 do rows[n] = { ['c' .. n] = 1 } end
            return require('csv').format(rows)",
        "local rows = { { string.rep('w', 1e5), 'x' } }
            for n = 2, 1000 do rows[n] = { 'x', 'y' } end
            return require('report').table(rows)",
        "local rows = {} for n = 1, 3000 do rows[n] = { ['c' .. n] = 1 } end
            return require('report').html{ title = 'x', sections = { { table = rows } } }",
    ] {
        is_refused_for_its_memory("lua", script);
    }
    let lists = "import \"json\" as json; let t = \"[],\"; for n in 0..20 { t += t; }";
    let ran = run("rhai", &format!("{lists} json::decode(`[${{t}}[]]`)"), &["--max-memory", "32M"]);
    ran.code(1).silent().says(&["memory", "hint:", "--max-memory"]);
}

#[test]
fn a_call_that_does_not_fit_can_be_caught_and_a_smaller_one_made() {
    let lua = "local json, t = require('json'), { 1 } for _ = 1, 40 do t = { t, t } end
        local ok, problem = pcall(json.encode, t)
        return { ok, problem.kind, json.encode({ 1 }) }";
    let rhai = "import \"csv\" as csv; let n = \"n\"; n.pad(100000, 'n'); let rows = \"1,2\\n\"; let kind = ();
        for n in 0..10 { rows += rows; }
        try { csv::parse(`${n},b\n${rows}`); } catch (problem) { kind = problem.kind; }
        [false, kind, csv::format([[1]], #{ header: false }).trim()]";
    let lua = run("lua", lua, &["--max-memory", "32M", "-o", "json"]);
    assert_eq!(lua.stdout, "[false,\"limit\",\"[1]\"]\n", "{lua:#?}");
    let rhai = run("rhai", rhai, &["--max-memory", "32M", "-o", "json"]);
    assert_eq!(rhai.stdout, "[false,\"limit\",()]\n".replace("()", "null"), "{rhai:#?}");
}

#[test]
fn garbage_of_the_script_is_no_reason_to_refuse_a_call() {
    let lua = "local json, s = require('json'), string.rep('x', 2e6)
        for n = 1, 200 do assert(#json.encode(s .. n) > 2e6) end
        return 'fine'";
    run("lua", lua, &["--max-memory", "32M"]).code(0);
}

#[test]
fn texts_that_are_no_names_and_no_addresses_are_not_compared_letter_by_letter() {
    let lua = "local long = string.rep('ab ', 1e6)
        local found = require('dedupe').find{ { name = long .. 'x' }, { name = long .. 'y' } }
        local meant = require('email').suggest('ana@' .. string.rep('x', 1e6) .. '.com')
        return { found[1].reasons[1], meant == nil }";
    let ran = run("lua", lua, &["--max-memory", "64M", "-o", "json"]);
    assert_eq!(ran.stdout, "[\"same name\",true]\n", "{ran:#?}");
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
