//! Automate the contacts of a Cliengo account with short Lua or Rhai scripts.
//!
//! - [`client`] calls the API from Rust: retries, pace, the complete contact list, typed contacts.
//! - [`engine`] runs scripts over the functions of [`api`]; [`runtime`] supervises a run.
//! - [`schema`] says what a contact is.
//! - `emulator` serves the same API with invented data, for demos and tests.

pub mod api;
#[cfg(feature = "cli")]
pub mod cli;
pub mod client;
#[cfg(feature = "emulator")]
pub mod emulator;
pub mod engine;
mod error;
pub mod runtime;
pub mod schema;

pub use error::{Error, ErrorDetails, ErrorKind, Result};
