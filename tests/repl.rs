//! What the prompt promises, tried at a real terminal.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

#[path = "repl/harness.rs"]
mod harness;
mod support;
