//! A session keeps what a line defines for the next one, in both languages.
#![cfg(all(feature = "repl", feature = "lua", feature = "rhai"))]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

#[path = "session/endings.rs"]
mod endings;
#[path = "session/hints.rs"]
mod hints;
#[path = "session/junk.rs"]
mod junk;
#[path = "session/state.rs"]
mod state;
#[path = "session/support.rs"]
mod support;
#[path = "session/syntax.rs"]
mod syntax;
#[path = "session/values.rs"]
mod values;

use cliengo::engine::CountingAllocator;

/// Rhai's memory is counted by the program's allocator.
#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;
