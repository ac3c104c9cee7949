//! What it may do in a run that reads only, or rehearses.

use std::sync::atomic::{AtomicU32, Ordering};

use cliengo::ErrorKind;
use serde_json::json;

use super::*;

/// Counts its calls, and says that it changes something.
fn push(calls: &Arc<AtomicU32>) -> OwnFunction {
    let calls = Arc::clone(calls);
    OwnFunction::new("crm.push", move |(name, _): (String, Option<u8>), _| {
        let number = calls.fetch_add(1, Ordering::SeqCst);
        async move { Ok(format!("{name} {number}")) }
    })
    .param("name", ParamType::Text, "Whom.")
    .optional_param("rating", ParamType::Any, "How good.")
    .mutates()
}

const CODE: [(Language, &str); 2] = [
    (Language::Lua, "return crm.push('Ana') == nil"),
    (Language::Rhai, r#"crm.push("Ana") == ()"#),
];

#[test]
fn a_run_that_only_reads_refuses_what_changes_something() {
    let calls = Arc::default();
    let host = with(push(&calls)).register(score()).unwrap().read_only(true).build();
    for (language, code) in CODE {
        let failure = evaluate(&host, language, code).unwrap_err();
        assert_eq!(failure.error.kind, ErrorKind::Denied);
        assert!(failure.error.message.contains("crm.push"), "{failure}");
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0);
    let (lua, rhai) = ("return crm.score{ name = 'Ana' }", r#"crm.score(#{ name: "Ana" })"#);
    assert_eq!(both(&host, lua, rhai), 3);
}

#[test]
fn a_rehearsal_notes_what_changes_something_and_does_not_call_it() {
    let (calls, heard) = (Arc::default(), Arc::new(Heard::default()));
    let host = with(push(&calls)).sink(Arc::clone(&heard) as Arc<dyn Sink>).build();
    for (language, code) in CODE {
        let context = host.context().dry_run(true).build();
        assert_eq!(in_context(&context, language, code).unwrap(), json!(true));
        let noted: Vec<_> = context.journal().rehearsed().iter().map(|it| it.to_string()).collect();
        assert_eq!(noted, ["call crm.push — rehearsed"]);
        let item = context.plan().items.remove(0);
        assert!(item.is_outside() && item.path == "crm.push", "{item:?}");
        assert!(context.journal().writes().is_empty());
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0);
    assert_eq!(heard.lines(), vec![r#"would call crm.push("Ana")"#; 2]);
}

#[test]
fn outside_of_both_it_is_called() {
    let calls = Arc::default();
    let host = with(push(&calls)).build();
    let (lua, rhai) = ("return #crm.push('Ana')", r#"crm.push("Ana").len()"#);
    assert_eq!(both(&host, lua, rhai), 5);
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}
