//! What the emulator promises, seen from outside: every test speaks HTTP to it.

#![cfg(feature = "emulator")]
#![allow(clippy::unwrap_used)]

#[path = "emulator/admin.rs"]
mod admin;
#[path = "emulator/changes.rs"]
mod changes;
#[path = "emulator/contacts.rs"]
mod contacts;
#[path = "emulator/faults.rs"]
mod faults;
#[path = "emulator/harness.rs"]
mod harness;
#[path = "emulator/list.rs"]
mod list;
#[path = "emulator/persistence.rs"]
mod persistence;
#[path = "emulator/seed.rs"]
mod seed;
