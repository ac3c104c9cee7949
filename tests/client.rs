//! The client over real HTTP, under every fault that the emulator knows.
#![cfg(feature = "emulator")]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

#[path = "client/bulk.rs"]
mod bulk;
#[path = "client/connections.rs"]
mod connections;
#[path = "client/faults.rs"]
mod faults;
#[path = "client/known.rs"]
mod known;
#[path = "client/lists.rs"]
mod lists;
#[path = "client/observer.rs"]
mod observer;
#[path = "client/operations.rs"]
mod operations;
#[path = "client/support.rs"]
mod support;
#[path = "client/upsert.rs"]
mod upsert;
