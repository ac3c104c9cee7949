//! What the prompt promises, tried at a real terminal.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

#[path = "repl/account.rs"]
mod account;
#[path = "repl/blocks.rs"]
mod blocks;
#[path = "repl/commands.rs"]
mod commands;
#[path = "repl/completion.rs"]
mod completion;
#[path = "repl/completion_commands.rs"]
mod completion_commands;
#[path = "repl/embedded.rs"]
mod embedded;
#[path = "repl/errors.rs"]
mod errors;
#[path = "repl/files.rs"]
mod files;
#[path = "repl/forms.rs"]
mod forms;
#[path = "repl/harness.rs"]
mod harness;
#[path = "repl/help.rs"]
mod help;
#[path = "repl/hints.rs"]
mod hints;
#[path = "repl/history.rs"]
mod history;
#[path = "repl/interrupts.rs"]
mod interrupts;
#[path = "repl/language_state.rs"]
mod language_state;
#[path = "repl/leaving.rs"]
mod leaving;
#[path = "repl/limits.rs"]
mod limits;
#[path = "repl/live.rs"]
mod live;
#[path = "repl/misspelt.rs"]
mod misspelt;
#[path = "repl/not_a_terminal.rs"]
mod not_a_terminal;
#[path = "repl/progress.rs"]
mod progress;
#[path = "repl/prompt.rs"]
mod prompt;
#[path = "repl/reading.rs"]
mod reading;
#[path = "repl/results.rs"]
mod results;
mod support;
#[path = "repl/tables.rs"]
mod tables;
#[path = "repl/triggers.rs"]
mod triggers;
#[path = "repl/typing.rs"]
mod typing;
#[path = "repl/watches.rs"]
mod watches;
