//! A line that is ended from outside, or that goes over a limit, costs nothing but itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cliengo::api::{Cancel, Context, Level, Sink};
use cliengo::engine::{Language, Limits};
use cliengo::{Error, ErrorKind};
use serde_json::{Map, Value};

use crate::support::Prompt;

/// Ends the line once it says that it is under way.
struct Ends {
    cancel: Cancel,
    ended: AtomicBool,
}

impl Sink for Ends {
    fn print(&self, _: &str) {
        if !self.ended.swap(true, Ordering::SeqCst) {
            let cancel = self.cancel.clone();
            let reason = Error::new(ErrorKind::Cancelled, "cancelled");
            std::thread::spawn(move || cancel.cancel(reason));
        }
    }

    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}
}

/// Runs the line, which prints and then never ends by itself, and ends it.
#[track_caller]
fn end(prompt: &mut Prompt, line: &str) {
    let cancel = Cancel::default();
    let sink = Arc::new(Ends { cancel: cancel.clone(), ended: AtomicBool::new(false) });
    let context = Context::builder().cancel(cancel).sink(sink).build();
    let failure = prompt.try_line_under(line, &context).unwrap_err();
    assert_eq!(failure.error.kind, ErrorKind::Cancelled, "{line}");
}

const LUA: &[&str] = &[
    "print(1) while true do end",
    "print(1) while true do pcall(function() while true do end end) end",
    "print(1) local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end",
    "print(1) table.sort({3, 2, 1}, function() while true do end end)",
    "print(1) cliengo.sleep('1h')",
    "print(1) while true do pcall(cliengo.sleep, '1h') end",
    "setmetatable({}, { __index = function() print(1) while true do end end }).x = nil local y = \
     setmetatable({}, { __index = function() print(1) while true do end end }).x",
];

const RHAI: &[&str] = &[
    "print(1); loop { }",
    "print(1); loop { try { loop { } } catch { } }",
    "print(1); let list = [3, 2, 1]; list.sort(|a, b| { loop { } });",
    "print(1); [1].map(|x| { loop { } });",
    "print(1); cliengo.sleep(\"1h\");",
    "print(1); loop { try { cliengo.sleep(\"1h\"); } catch { } }",
];

#[test]
fn the_next_line_runs_at_once_and_knows_everything_still() {
    for (language, before, lines) in
        [(Language::Lua, "kept = 41", LUA), (Language::Rhai, "let kept = 41;", RHAI)]
    {
        let mut prompt = Prompt::new(language);
        prompt.line(before);
        for line in lines {
            end(&mut prompt, line);
            assert_eq!(prompt.value("kept + 1"), 42, "after {line}");
        }
    }
}

#[test]
fn what_the_ended_line_did_before_its_end_stays() {
    let mut prompt = Prompt::new(Language::Lua);
    end(&mut prompt, "local a = 1 print(a) while true do end");
    assert_eq!(prompt.value("a"), 1);
    let mut prompt = Prompt::new(Language::Rhai);
    end(&mut prompt, "let a = 1; fn f() { 2 } print(a); while true { let b = 3; }");
    assert_eq!(prompt.value("a + f()"), 3);
    assert_eq!(prompt.session.variables().len(), 2);
}

#[test]
fn a_line_under_a_cancel_that_has_come_already_does_nothing() {
    for (language, line) in [(Language::Lua, "x = 1"), (Language::Rhai, "let x = 1;")] {
        let mut prompt = Prompt::new(language);
        let cancel = Cancel::default();
        cancel.cancel(Error::new(ErrorKind::Cancelled, "before"));
        let context = Context::builder().cancel(cancel).build();
        assert_eq!(prompt.try_line_under(line, &context).unwrap_err().error.message, "before");
        assert!(prompt.session.variables().is_empty());
    }
}

#[test]
fn a_line_that_needs_too_much_memory_leaves_the_session_usable() {
    let limits = Limits { memory: Some(16 << 20), ..Limits::default() };
    for (language, before, lines) in [
        (
            Language::Lua,
            "kept = 41",
            &[
                "local t = {} while true do t[#t + 1] = string.rep('x', 1000) .. #t end",
                "big = {} while true do big[#big + 1] = string.rep('x', 1000) .. #big end",
                "while true do pcall(function() big[#big + 1] = string.rep('y', 99) .. #big end) end",
            ][..],
        ),
        (
            Language::Rhai,
            "let kept = 41;",
            &[
                "let t = []; loop { t.push(`${t.len()} ${t.len()}`); }",
                "let text = \"x\"; loop { text += text; }",
            ][..],
        ),
    ] {
        let mut prompt = Prompt::under(language, Context::builder(), limits);
        prompt.line(before);
        for line in &lines[..2] {
            let failure = prompt.failure(line);
            assert_eq!(failure.error.kind, ErrorKind::Limit, "{line}: {failure}");
            assert_eq!(prompt.value("kept + 1"), 42, "after {line}");
        }
        if language == Language::Lua {
            prompt.line("local small = {} for i = 1, 100 do small[i] = { i } end");
            prompt.line("big, t = nil, nil");
            prompt.line("local list = {} for i = 1, 50000 do list[i] = 'text ' .. i end");
            assert_eq!(prompt.value("#list"), 50_000);
        }
    }
}

#[test]
fn operations_are_counted_for_each_line_anew() {
    let limits = Limits { operations: Some(10_000), ..Limits::default() };
    for (language, long, short) in [
        (Language::Lua, "while true do end", "for i = 1, 2000 do end"),
        (Language::Rhai, "loop { }", "for i in 0..500 { }"),
    ] {
        let mut prompt = Prompt::under(language, Context::builder(), limits);
        for _ in 0..20 {
            prompt.line(short);
        }
        let failure = prompt.failure(long);
        assert_eq!(failure.error.kind, ErrorKind::Limit, "{failure}");
        assert_eq!(prompt.value("1 + 1"), 2);
    }
}

#[test]
fn functions_that_call_themselves_without_end_are_an_error() {
    for (language, line) in [
        (Language::Lua, "function f(n) return 1 + f(n + 1) end f(1)"),
        (Language::Rhai, "fn f(n) { 1 + f(n + 1) } f(1)"),
    ] {
        let mut prompt = Prompt::new(language);
        prompt.failure(line);
        assert_eq!(prompt.value("1 + 1"), 2);
    }
}

#[test]
fn a_big_list_is_read_in_pages() {
    let limits = Limits { memory: Some(512 << 20), ..Limits::default() };
    for (language, line) in [
        (
            Language::Lua,
            "local big = table.create(300000, 0) for i = 1, 300000 do big[i] = { n = i } end return big",
        ),
        (Language::Rhai, "let big = []; for i in 0..300000 { big.push(#{ n: i }); } big"),
    ] {
        let mut prompt = Prompt::under(language, Context::builder(), limits);
        prompt.line(line);
        for page in 0..100 {
            assert_eq!(prompt.session.items(page * 20, 20).unwrap().len(), 20);
        }
        assert!(prompt.session.items(299_990, 20).unwrap().len() == 10);
        assert!(prompt.session.items(usize::MAX, usize::MAX).unwrap().is_empty());
    }
}
