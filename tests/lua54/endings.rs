//! Scripts that do not end.

use std::time::{Duration, Instant};

use cliengo::ErrorKind;
use cliengo::engine::Limits;

use crate::{fails, run_within};

/// The run ended by its time limit, by itself and not much later.
#[track_caller]
fn ends_by_its_time(code: &str) {
    let begun = Instant::now();
    let timeout = Some(Duration::from_millis(100));
    let failure = run_within(code, Limits::default(), timeout).unwrap_err();
    assert!(failure.error.message.contains("longer than its 0.1 s"), "{code}: {failure}");
    assert!(!failure.error.message.contains("left behind"), "{code}: {:?}", begun.elapsed());
}

#[test]
fn an_endless_loop_ends_by_its_time() {
    ends_by_its_time("while true do end");
    ends_by_its_time("::again:: goto again");
    ends_by_its_time("local function f() return f() end f()");
    ends_by_its_time("for _ in function() return 1 end do end");
}

#[test]
fn a_loop_that_catches_everything_ends_by_its_time() {
    ends_by_its_time("while true do pcall(function() while true do end end) end");
    ends_by_its_time("while true do pcall(error, 'x') end");
    ends_by_its_time("while true do pcall(cliengo.sleep, '1h') end");
    ends_by_its_time("while true do pcall(pcall, pcall, function() while true do end end) end");
}

#[test]
fn a_handler_that_loops_ends_by_its_time() {
    ends_by_its_time("xpcall(function() error('x') end, function() while true do end end)");
    ends_by_its_time("xpcall(function() while true do end end, function() while true do end end)");
    ends_by_its_time(
        "local function again() return xpcall(function() while true do end end, again) end
         while true do again() end",
    );
}

#[test]
fn a_loop_in_a_coroutine_ends_by_its_time() {
    ends_by_its_time("coroutine.wrap(function() while true do end end)()");
    ends_by_its_time(
        "while true do coroutine.resume(coroutine.create(function() while true do end end)) end",
    );
    ends_by_its_time(
        "local function deeper()
             return coroutine.wrap(function() pcall(deeper) while true do end end)()
         end
         deeper()",
    );
}

#[test]
fn a_loop_in_a_callback_ends_by_its_time() {
    ends_by_its_time("table.sort({ 3, 1, 2 }, function() while true do end end)");
    ends_by_its_time("string.gsub('abc', '.', function() while true do end end)");
    ends_by_its_time(
        "local t = setmetatable({}, { __index = function(t, k) return t[k + 1] end })
         while true do pcall(function() return t[1] end) end",
    );
    ends_by_its_time(
        "local function looping() local x <close> = setmetatable({}, { __close = function()
             while true do end end }) end
         while true do pcall(looping) end",
    );
}

#[test]
fn a_finalizer_is_refused_for_it_would_run_unseen() {
    fails("setmetatable({}, { __gc = function() end })", "script.lua:1: __gc is not available");
    let code =
        "local m = {} local t = setmetatable({}, m) m.__gc = function() while true do end end
        t = nil local all = {} for n = 1, 1e6 do all[n % 9] = { n } end";
    assert!(crate::run(code).is_ok());
}

#[test]
fn a_script_that_does_too_much_ends_by_its_operations() {
    let limits = Limits { operations: Some(100_000), ..Limits::default() };
    for code in [
        "while true do pcall(function() end) end",
        "while true do pcall(function() while true do end end) end",
        "coroutine.wrap(function() while true do end end)()",
    ] {
        let failure = run_within(code, limits, None).unwrap_err();
        assert!(failure.to_string().contains("more than its 100000 operations"), "{failure}");
    }
    assert!(run_within("for _ = 1, 1000 do end", limits, None).is_ok());
}

#[test]
fn a_script_that_takes_all_memory_ends() {
    let limits = Limits { memory: Some(16 << 20), ..Limits::default() };
    for code in [
        "local t = {} while true do table.insert(t, {}) end",
        "local s = 'x' while true do s = s .. s end",
        "local t = {} while true do pcall(function() for i = 1, 1e9 do t[i] = {} end end) end",
        "return string.rep('x', 1e9)",
    ] {
        let failure = run_within(code, limits, Some(Duration::from_secs(2))).unwrap_err();
        assert_eq!(failure.error.kind, ErrorKind::Limit, "{code}: {failure}");
    }
}

#[test]
fn a_function_that_calls_itself_for_ever_is_an_error() {
    fails("local function f() return 1 + f() end\nreturn f()", "script.lua:1: stack overflow");
    let nested = format!("return {}1{}", "(".repeat(5_000), ")".repeat(5_000));
    fails(&nested, "overflow");
}
