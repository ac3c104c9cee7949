//! What `cliengo check` finds, and what it leaves alone: each case in `check/cases/` in both languages,
//! with what is found in the `.txt` beside it.
//!
//! `CLIENGO_BLESS=1 cargo test --test check` writes the `.txt` files anew; read the difference before you
//! commit it.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

#[path = "check/cases.rs"]
mod cases;
#[path = "check/command.rs"]
mod command;
#[path = "check/own.rs"]
mod own;
mod support;
#[path = "check/torn.rs"]
mod torn;
