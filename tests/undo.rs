//! A run is undone: afterwards the account is as it was before, whatever the script did, the API failed at and
//! the run was killed in.
#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

mod support;

#[path = "undo/commands.rs"]
mod commands;

#[path = "undo/everywhere.rs"]
mod everywhere;
#[path = "undo/journal.rs"]
mod journal;
#[path = "undo/kills.rs"]
mod kills;
#[path = "undo/lost.rs"]
mod lost;
#[path = "undo/others.rs"]
mod others;
#[path = "undo/random.rs"]
mod random;
#[path = "undo/restored.rs"]
mod restored;
#[path = "undo/script.rs"]
mod script;
#[path = "undo/shell.rs"]
mod shell;
