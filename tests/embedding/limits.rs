//! Each run has limits of its own.

use std::sync::mpsc::channel;
use std::time::Duration;

use cliengo::engine::{Language, Limits};
use cliengo::{ErrorKind, Host};
use serde_json::Value;

use super::{BOTH, account, on};

const LOOPS: [(Language, &str); 2] =
    [(Language::Lua, "while true do end"), (Language::Rhai, "loop {}")];

#[tokio::test]
async fn a_run_ends_with_its_time_and_names_it() {
    let host = Host::builder().build();
    for (language, code) in LOOPS {
        let scripting = host.scripting(language).timeout(Duration::from_millis(30));
        let failure = scripting.eval::<()>(code).await.unwrap_err();
        assert_eq!(failure.error.kind, ErrorKind::Limit);
        assert!(failure.error.message.contains("0.03 s"), "{failure}");
        let failure = scripting.load(code).await.unwrap_err();
        assert!(failure.error.message.contains("0.03 s"), "{failure}");
    }
}

#[tokio::test]
async fn a_call_ends_with_its_time() {
    let host = Host::builder().build();
    for (language, code) in [
        (Language::Lua, "function f() while true do end end"),
        (Language::Rhai, "fn f() { loop {} }"),
    ] {
        let scripting = host.scripting(language).timeout(Duration::from_millis(300));
        let script = scripting.load(code).await.unwrap();
        let failure = script.call::<()>("f", ()).await.unwrap_err();
        assert_eq!(failure.error.kind, ErrorKind::Limit);
        assert!(!script.is_usable());
    }
}

#[tokio::test]
async fn operations_and_memory_are_limited_run_by_run() {
    let host = Host::builder().build();
    for (language, code) in LOOPS {
        let limits = Limits { operations: Some(10_000), ..Limits::default() };
        let failure = host.scripting(language).limits(limits).eval::<()>(code).await.unwrap_err();
        assert!(failure.error.message.contains("10000 operations"), "{failure}");
        assert_eq!(host.scripting(language).eval::<u8>("1").await.unwrap(), 1);
    }
    let limits = Limits { memory: Some(8 << 20), ..Limits::default() };
    let hungry =
        "local all = {} while true do table.insert(all, string.rep('x', 1000) .. #all) end";
    let failure = host.lua().limits(limits).eval::<()>(hungry).await.unwrap_err();
    assert!(failure.error.message.contains("8 MiB"), "{failure}");
}

#[tokio::test]
async fn what_a_host_refuses_no_run_allows() {
    let emulator = account(2);
    let code = "cliengo.contacts.delete(cliengo.contacts.list()[1].id)";
    for language in BOTH {
        let code = match language {
            Language::Lua => code.to_owned(),
            Language::Rhai => code.replace("[1]", "[0]"),
        };
        let host = on(&emulator).read_only(true).build();
        let lax = host.scripting(language).read_only(false).eval::<bool>(code.as_str()).await;
        assert_eq!(lax.unwrap_err().error.kind, ErrorKind::Denied);
        let host = on(&emulator).build();
        let strict = host.scripting(language).read_only(true).eval::<bool>(code.as_str()).await;
        assert_eq!(strict.unwrap_err().error.kind, ErrorKind::Denied);
        let run = host.scripting(language).dry_run(true).run::<bool>(code.as_str()).await;
        assert_eq!((run.result.unwrap(), run.writes.len(), run.rehearsed.len()), (true, 0, 1));
    }
    assert_eq!(
        on(&emulator).build().lua().eval::<u8>("cliengo.contacts.count()").await.unwrap(),
        2
    );
}

/// A function of the program that blocks its thread cannot be stopped; its caller goes on all the same.
#[tokio::test]
async fn a_script_that_cannot_be_stopped_is_left_behind() {
    let (let_go, block) = channel::<()>();
    let block = std::sync::Mutex::new(block);
    let stuck = move |(): (), _| {
        let _ = block.lock().unwrap().recv();
        async { Ok(()) }
    };
    let host = Host::builder().function("stuck()", stuck).unwrap().build();
    // Long enough to come to the function also where the machine has much else to do.
    let lua = host.lua().timeout(Duration::from_secs(2));
    let failure = lua.eval::<()>("stuck()").await.unwrap_err();
    assert!(failure.error.message.contains("left behind"), "{failure}");
    assert_eq!(failure.error.kind, ErrorKind::Limit);
    drop(let_go);
}

#[tokio::test]
async fn a_hint_names_no_flag_of_a_command_line_that_the_program_has_not() {
    let host = Host::builder().api_key("k").unwrap().read_only(true).build();
    let limits = Limits { memory: Some(4 << 20), operations: Some(50_000) };
    let lua = host.lua().limits(limits);
    for code in [
        "while true do end",
        "string.rep('x', 8000000)",
        "cliengo.env('HOME')",
        "cliengo.contacts.delete('x')",
    ] {
        let failure = lua.eval::<Value>(code).await.unwrap_err();
        let hint = failure.error.hint.as_deref().unwrap();
        assert!(hint.contains("allow the run") && !hint.contains("--"), "{code}: {failure}");
    }
}
