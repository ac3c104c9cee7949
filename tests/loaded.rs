//! A loaded script's functions can be called for as long as it is kept, in both languages.
#![cfg(all(feature = "emulator", feature = "lua", feature = "rhai"))]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

#[path = "loaded/calls.rs"]
mod calls;
#[path = "loaded/contexts.rs"]
mod contexts;
#[path = "loaded/endings.rs"]
mod endings;
#[path = "loaded/files.rs"]
mod files;
#[path = "loaded/once.rs"]
mod once;

use std::sync::Arc;

use bytes::Bytes;
use cliengo::api::Context;
use cliengo::engine::{
    CountingAllocator, Executor, Language, Limits, LoadedScript, ScriptFailure, Source, load,
};
use serde_json::Value;

/// Rhai's memory is counted by the program's allocator.
#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// The same script in both languages.
struct Pair {
    lua: &'static str,
    rhai: &'static str,
}

impl Pair {
    /// Does the same with either script, loaded from `leads.lua` or `leads.rhai`.
    fn each(&self, limits: Limits, test: impl Fn(&mut LoadedScript, Language)) {
        for (language, text) in [(Language::Lua, self.lua), (Language::Rhai, self.rhai)] {
            let name = format!("leads.{}", language.extension());
            let source = Source::from_text(name, text.to_owned(), language, ".".into());
            let context = Context::builder().build();
            let (mut script, _) = load(&source, &context, limits, Executor::own()).unwrap();
            test(&mut script, language);
        }
    }
}

/// Calls a global function of the script under a context.
fn call_under(
    context: &Arc<Context>,
    script: &mut LoadedScript,
    name: &str,
    arguments: &[&'static str],
) -> Result<Value, ScriptFailure> {
    let function = script.function(name).unwrap();
    let arguments: Vec<_> =
        arguments.iter().map(|json| Bytes::from_static(json.as_bytes())).collect();
    script.call(&function, &arguments, context)
}

fn call(
    script: &mut LoadedScript,
    name: &str,
    arguments: &[&'static str],
) -> Result<Value, ScriptFailure> {
    call_under(&Context::builder().build(), script, name, arguments)
}
