//! A hostile script ends when it is told to, leaves nothing behind, and never takes the program down.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

#[path = "torture/bulk.rs"]
mod bulk;
#[path = "torture/endings.rs"]
mod endings;
#[path = "torture/escapes.rs"]
mod escapes;
#[path = "torture/loops.rs"]
mod loops;
#[path = "torture/memory.rs"]
mod memory;
#[path = "torture/places.rs"]
mod places;
#[path = "torture/sources.rs"]
mod sources;
mod support;

use std::time::{Duration, Instant};

use support::{Account, Program, Ran};

/// Runs a script without an account.
fn run(language: &str, script: &str, options: &[&str]) -> Ran {
    let name = format!("script.{language}");
    Program::new(&[&["run"], options, &[name.as_str()]].concat()).file(&name, script).run()
}

/// Runs a script on an account and gives its result.
fn result(language: &str, script: &str) -> serde_json::Value {
    let name = format!("script.{language}");
    Account::with_oddities().program(&["run", "-o", "json", &name]).file(&name, script).run().json()
}

/// The run ended by its time limit, and not much later.
#[track_caller]
fn ends_by_its_time(language: &str, script: &str) {
    let begun = Instant::now();
    let ran = run(language, script, &["--timeout", "300ms"]);
    assert!(begun.elapsed() < Duration::from_secs(3), "{script}: {:?}", begun.elapsed());
    ran.code(1).silent().says(&["error:", "longer than its 0.3 s", "hint:", "--timeout"]);
}
