//! Automate the contacts of a Cliengo account with short Lua or Rhai scripts.
//!
//! - [`client`] calls the API from Rust: retries, pace, the complete contact list, typed contacts.
//! - [`Host`] holds what the scripts of a program have in common, its own functions among them.
//! - [`engine`] runs scripts over the functions of [`api`]; [`runtime`] supervises a run from outside.
//! - `repl` is the prompt, for a program's own host too.
//! - [`schema`] says what a contact is; [`store`] keeps what outlives a run.
//! - [`watch`] finds new, changed and deleted contacts; [`schedule`] says when scheduled work is due.
//! - `emulator` serves the same API with invented data, for demos and tests.
//!
//! A script runs with a context, which holds what it may reach, and with limits:
//!
//! ```
//! # #[cfg(all(feature = "lua", feature = "emulator"))] {
//! use std::time::Duration;
//!
//! use cliengo::api::Context;
//! use cliengo::client::Client;
//! use cliengo::emulator::{Emulator, EmulatorOptions};
//! use cliengo::engine::{Language, Limits, Source};
//! use cliengo::runtime::{Interruption, Job, supervise};
//!
//! let emulator = Emulator::start(EmulatorOptions::default())?;
//! let client =
//!     Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build()?;
//! let job = Job {
//!     source: Source::from_code("cliengo.contacts.count{ status = 'NEW' } > 0", Language::Lua),
//!     context: Context::builder().client(client).build(),
//!     limits: Limits::default(),
//!     timeout: Some(Duration::from_secs(30)),
//! };
//! let outcome = supervise(job, Interruption::None);
//! assert_eq!(outcome.result.unwrap(), true);
//! assert!(outcome.writes.is_empty());
//! # }
//! # Ok::<(), cliengo::Error>(())
//! ```

pub mod api;
#[cfg(feature = "check")]
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod client;
#[cfg(feature = "emulator")]
pub mod emulator;
pub mod engine;
mod error;
#[cfg(feature = "repl")]
pub mod repl;
pub mod runtime;
pub mod schedule;
pub mod schema;
pub mod store;
#[cfg(feature = "repl")]
mod terminal;
#[cfg(feature = "types")]
pub mod types;
pub mod watch;

pub use runtime::{Host, HostBuilder};

pub use error::{Error, ErrorDetails, ErrorKind, Result};
