//! A host with functions of its own: scripts call them as they call those of this crate.
#![cfg(all(feature = "emulator", feature = "lua", feature = "rhai"))]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

#[path = "host/called.rs"]
mod called;
#[path = "host/gates.rs"]
mod gates;
#[path = "host/mistakes.rs"]
mod mistakes;
#[path = "host/names.rs"]
mod names;

use std::sync::{Arc, Mutex};

use cliengo::api::{Context, Level, OwnFunction, ParamType, Sink};
use cliengo::engine::{Executor, Language, Limits, ScriptFailure, Source, run};
use cliengo::{Host, HostBuilder};
use serde_json::{Map, Value};

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

/// `crm.score(contact, weight?)`: the letters of the name, times the weight.
fn score() -> OwnFunction {
    #[derive(serde::Deserialize)]
    struct Contact {
        name: String,
    }
    OwnFunction::new("crm.score", |(contact, weight): (Contact, Option<u32>), _| async move {
        Ok(contact.name.len() as u32 * weight.unwrap_or(1))
    })
    .param("contact", ParamType::Object, "The contact.")
    .optional_param("weight", ParamType::Any, "How much a letter counts.")
    .returns("a number")
    .doc("Says how good a lead is.")
}

fn with(function: OwnFunction) -> HostBuilder {
    Host::builder().register(function).unwrap()
}

fn in_context(
    context: &Arc<Context>,
    language: Language,
    code: &str,
) -> Result<Value, ScriptFailure> {
    let source = Source { expression: false, ..Source::from_code(code, language) };
    run(&source, context, Limits::default(), Executor::own())
}

fn evaluate(host: &Host, language: Language, code: &str) -> Result<Value, ScriptFailure> {
    in_context(&host.context().build(), language, code)
}

/// What both languages give.
fn both(host: &Host, lua: &str, rhai: &str) -> Value {
    let lua = evaluate(host, Language::Lua, lua).unwrap();
    let rhai = evaluate(host, Language::Rhai, rhai).unwrap();
    assert_eq!(lua, rhai);
    lua
}

/// The error that both languages give.
fn both_fail(host: &Host, lua: &str, rhai: &str) -> cliengo::Error {
    let lua = evaluate(host, Language::Lua, lua).unwrap_err();
    let rhai = evaluate(host, Language::Rhai, rhai).unwrap_err();
    assert_eq!(lua.error, rhai.error);
    assert!(!lua.frames.is_empty() && !rhai.frames.is_empty(), "{lua:?} {rhai:?}");
    lua.error
}
