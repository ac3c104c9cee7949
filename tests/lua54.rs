//! What Lua 5.4 promises besides what both dialects do: no way out of the machine, and an end that comes.
#![cfg(feature = "lua54")]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

#[path = "lua54/closed.rs"]
mod closed;
#[path = "lua54/endings.rs"]
mod endings;
#[path = "lua54/failures.rs"]
mod failures;

use std::path::PathBuf;
use std::time::Duration;

use cliengo::api::Context;
use cliengo::engine::{Language, Limits, ScriptFailure, Source};
use cliengo::runtime::{Interruption, Job, supervise};
use serde_json::Value;

type Ended = Result<Value, ScriptFailure>;

/// Runs a script without an account.
fn run_within(code: &str, limits: Limits, timeout: Option<Duration>) -> Ended {
    let name = "script.lua".to_owned();
    let source = Source::from_text(name, code.to_owned(), Language::Lua, PathBuf::from("."));
    let context = Context::builder().build();
    supervise(Job { source, context, limits, timeout }, Interruption::None).result
}

fn run(code: &str) -> Ended {
    run_within(code, Limits::default(), None)
}

/// The run fails, and says so.
#[track_caller]
fn fails(code: &str, words: &str) -> ScriptFailure {
    let failure = run(code).unwrap_err();
    assert!(failure.to_string().contains(words), "{code}: {failure}");
    failure
}
