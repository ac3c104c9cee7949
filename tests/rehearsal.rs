//! A dry run: nothing but reads reaches the account, and the script goes on as in earnest.
#![cfg(all(feature = "emulator", feature = "lua", feature = "rhai"))]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

mod support;

#[path = "rehearsal/answers.rs"]
mod answers;
#[path = "rehearsal/kept.rs"]
mod kept;

use std::sync::{Arc, Mutex};

use cliengo::ErrorKind;
use cliengo::api::{Context, ContextBuilder, Level, MemorySteps, Registry, Sink};
use cliengo::client::Client;
use cliengo::engine::{Executor, Language, Limits, ScriptFailure, Source, run};
use serde_json::{Map, Value};
use support::Account;

/// Keeps what it is told.
#[derive(Default)]
struct Heard(Mutex<Vec<String>>);

impl Heard {
    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Sink for Heard {
    fn print(&self, line: &str) {
        self.0.lock().unwrap().push(line.to_owned());
    }
    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}
}

fn dry(account: &Account) -> ContextBuilder {
    let (base_url, key) = (account.emulator.base_url(), account.emulator.api_key());
    let client = Client::builder().base_url(base_url).api_key(key).build().unwrap();
    Context::builder().client(client).steps(Arc::new(MemorySteps::default())).dry_run(true)
}

fn evaluate(
    context: &Arc<Context>,
    language: Language,
    code: &str,
) -> Result<Value, ScriptFailure> {
    let source = Source { expression: false, ..Source::from_code(code, language) };
    run(&source, context, Limits::default(), Executor::own())
}

/// What both languages give, each in a rehearsal of its own.
fn both(account: &Account, lua: &str, rhai: &str) -> Value {
    let lua = evaluate(&dry(account).build(), Language::Lua, lua).unwrap();
    let rhai = evaluate(&dry(account).build(), Language::Rhai, rhai).unwrap();
    assert_eq!(lua, rhai);
    only_reads(account);
    lua
}

fn only_reads(account: &Account) {
    let calls = account.calls();
    assert!(!calls.is_empty());
    assert!(calls.iter().all(|call| call.starts_with("GET ")), "{calls:#?}");
}

#[test]
fn no_function_that_writes_sends_anything_but_reads() {
    let registry = Registry::builtin();
    let writing = registry.functions().filter(|function| function.mutates);
    let mut rehearsed = 0;
    for function in writing {
        let account = Account::start();
        let before = account.snapshot();
        for (language, code) in
            [(Language::Lua, function.example.lua), (Language::Rhai, function.example.rhai)]
        {
            let heard = Arc::new(Heard::default());
            let context = dry(&account).sink(Arc::clone(&heard) as Arc<dyn Sink>).build();
            let result = evaluate(&context, language, code);
            // An example that looks for its write in the account does not find it there.
            let refused = result.err().filter(|failure| failure.error.method.is_some());
            assert!(refused.is_none(), "{} in {language:?}: {refused:?}", function.path);
            let told = heard.lines();
            assert!(told.iter().all(|line| line.starts_with("would ")), "{told:?}");
            assert_eq!(told.len(), context.journal().rehearsed().len());
            assert!(context.journal().writes().is_empty());
            assert_eq!(told.is_empty(), function.path == "call", "{} {told:?}", function.path);
            rehearsed += told.len();
        }
        only_reads(&account);
        assert_eq!(account.snapshot(), before, "{}", function.path);
    }
    assert!(rehearsed > 20, "{rehearsed}");
}

#[test]
fn each_write_is_told_in_a_line() {
    let account = Account::with_oddities();
    let code = format!(
        "cliengo.contacts.update('{0}', {{ rating = 5 }})
         cliengo.contacts.add_tag('{0}', 'vip')
         cliengo.contacts.delete('{0}')
         cliengo.call{{ method = 'PUT', path = '/odd', query = {{ a = 'b c' }} }}",
        support::SEEDED
    );
    let heard = Arc::new(Heard::default());
    let context = dry(&account).sink(Arc::clone(&heard) as Arc<dyn Sink>).build();
    evaluate(&context, Language::Lua, &code).unwrap();
    let id = support::SEEDED;
    let expected = [
        format!(r#"would PATCH /contacts/{id} {{"rating":5}}"#),
        format!(r#"would POST /contacts/{id}/tags {{"tag":"vip"}}"#),
        format!("would DELETE /contacts/{id}"),
        "would PUT /odd?a=b%20c".to_owned(),
    ];
    assert_eq!(heard.lines(), expected);
}

#[test]
fn a_run_that_may_only_read_refuses_writes_in_a_rehearsal_too() {
    let account = Account::start();
    let context = dry(&account).read_only(true).build();
    let code = "cliengo.contacts.delete(cliengo.contacts.find{}.id)";
    let failure = evaluate(&context, Language::Lua, code).unwrap_err();
    assert_eq!(failure.error.kind, ErrorKind::Denied);
    assert!(context.journal().rehearsed().is_empty());
}

#[test]
fn a_handler_of_a_rehearsal_rehearses_too() {
    let account = Account::start();
    let context = dry(&account).build().derive().build();
    assert!(context.is_dry_run());
    let code = "cliengo.contacts.delete(cliengo.contacts.find{}.id)";
    evaluate(&context, Language::Lua, code).unwrap();
    only_reads(&account);
}
