//! Automate the contacts of a Cliengo account with short Lua or Rhai scripts: from the command line, or inside
//! another program. This page is the tour for that program.
//!
//! # A first line
//!
//! A [`Host`] is what a program's scripts have in common: the account, what they may reach, the program's own
//! functions. It is built once and cheap to clone. [`Host::lua`] and [`Host::rhai`] run scripts on it, and what
//! a script returns is read as the type that is asked for:
//!
//! ```
//! # #[cfg(all(feature = "lua", feature = "rhai", feature = "emulator"))]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> cliengo::Result<()> {
//! use cliengo::Host;
//! use cliengo::client::{Client, Contact};
//! use cliengo::emulator::{Emulator, EmulatorOptions};
//!
//! // The emulator is an account of invented people; `Host::builder().api_key(..)` is a real one.
//! let emulator = Emulator::start(EmulatorOptions::default())?;
//! let client =
//!     Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build()?;
//! let host = Host::builder().client(client).build();
//!
//! let new: u64 = host.lua().eval("cliengo.contacts.count{ status = 'NEW' }").await?;
//! let newest: Contact = host.rhai().eval("cliengo.contacts.find(#{})").await?;
//! println!("{new} are new, {:?} is the newest", newest.name);
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "lua", feature = "rhai", feature = "emulator")))]
//! # fn main() {}
//! ```
//!
//! Each run has a thread of its own, and the futures only wait for it: they work in every runtime. A program
//! without one has the same in [`Host::blocking`]:
//!
//! ```
//! # #[cfg(feature = "lua")] {
//! let host = cliengo::Host::builder().build();
//! let answer: u32 = host.blocking().lua().eval("6 * 7")?;
//! assert_eq!(answer, 42);
//! # }
//! # Ok::<(), cliengo::Error>(())
//! ```
//!
//! # Functions of your own
//!
//! Scripts call them like those of this crate, in both languages; arguments and results go through serde. A
//! signature is enough, and an [`OwnFunction`](api::OwnFunction) tells all that help and editors show:
//!
//! ```
//! # #[cfg(all(feature = "lua", feature = "rhai"))] {
//! use cliengo::client::Contact;
//!
//! let score = |(contact, weight): (Contact, Option<f64>), _| async move {
//!     let reachable = if contact.phone.is_some() { 1.0 } else { 0.0 };
//!     Ok(reachable * weight.unwrap_or(1.0))
//! };
//! let host = cliengo::Host::builder().function("crm.score(contact, weight?)", score)?.build();
//! let host = host.blocking();
//! let lua: f64 = host.lua().eval("crm.score({ phone = '+54' }, 2)")?;
//! let rhai: f64 = host.rhai().eval(r#"crm.score(#{ phone: "+54" }, 2)"#)?;
//! assert_eq!((lua, rhai), (2.0, 2.0));
//! # }
//! # Ok::<(), cliengo::Error>(())
//! ```
//!
//! # Functions of a script
//!
//! A [`Script`](host::Script) is loaded once, remembers what its top level set up, and has its functions called:
//!
//! ```
//! # #[cfg(feature = "lua")] {
//! # let host = cliengo::Host::builder().build().blocking();
//! let code = "local seen = 0
//!             function on_lead(lead) seen = seen + 1 return seen .. ': ' .. lead.name end";
//! let script = host.lua().name("leads.lua").load(code)?;
//! assert_eq!(script.functions(), ["on_lead"]);
//! let lead = serde_json::json!({ "name": "Ana" });
//! let said: String = script.call("on_lead", (lead,))?;
//! assert_eq!(said, "1: Ana");
//! # }
//! # Ok::<(), cliengo::Error>(())
//! ```
//!
//! # Guests
//!
//! A script reaches the account and what it was given, and nothing else: no files, no network, no
//! environment. Time, memory and operations are limited run by run; a dropped future ends its run, and so does
//! an [`api::Cancel`]. The memory of Rhai's scripts, and what a call of either language uses while it works, are limited
//! only where the program's global allocator is an `engine::CountingAllocator`. What a run asked and wrote is there whether it ended well or not:
//!
//! ```
//! # #[cfg(all(feature = "lua", feature = "emulator"))] {
//! use std::time::Duration;
//!
//! use cliengo::ErrorKind;
//! # use cliengo::client::Client;
//! # use cliengo::emulator::{Emulator, EmulatorOptions};
//! # let emulator = Emulator::start(EmulatorOptions::default())?;
//! # let client =
//! #     Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build()?;
//! # let host = cliengo::Host::builder().client(client).build();
//!
//! let lua = host.blocking().lua().timeout(Duration::from_secs(5));
//! let run = lua.run::<()>(
//!     "local contact = cliengo.contacts.find{}
//!      cliengo.contacts.update(contact.id, { name = 'Ana' })
//!      error('and then this')",
//! );
//! let failure = run.result.unwrap_err();
//! assert_eq!((failure.error.kind, failure.frames[0].line), (ErrorKind::Invalid, 3));
//! assert_eq!((run.writes.len(), run.writes[0].method), (1, "PATCH"));
//!
//! let rehearsed = lua.dry_run(true).run::<bool>("cliengo.contacts.delete(cliengo.contacts.find{}.id)");
//! assert_eq!((rehearsed.writes.len(), rehearsed.rehearsed.len()), (0, 1));
//! # }
//! # Ok::<(), cliengo::Error>(())
//! ```
//!
//! # Events
//!
//! [`Host::events`] is a stream of what happens to the account's contacts from now on. `Host::serve` keeps the
//! watches and schedules of script files inside the program, with retries, and over restarts, in the state that
//! the host is given: a folder ([`runtime::State::in_folder`]), or a [`store::Store`] of the program's own.
//!
//! # Where things are
//!
//! - [`host`] is all of the above; [`client`] calls the API from Rust without any script.
//! - [`engine`] runs scripts over the functions of [`api`]; [`runtime`] supervises a run from outside. They are
//!   for programs that need more than a host gives.
//! - `repl` is the prompt, on a program's own host too.
//! - `check` finds what is wrong with a script; `types` writes what editors read.
//! - [`schema`] says what a contact is; [`store`] keeps what outlives a run.
//! - [`watch`] finds new, changed and deleted contacts; [`schedule`] says when scheduled work is due.
//! - `emulator` serves the same API with invented data, for demos and tests.
//!
//! # Features
//!
//! | feature | brings |
//! |---|---|
//! | `luau`, `rhai` | a language each; `lua54` instead of `luau` for a program that has Lua 5.4 already |
//! | `serve` | `Host::serve`, and state in a file |
//! | `emulator` | the emulator |
//! | `repl` | the prompt |
//! | `check` | mistakes found without running |
//! | `types` | files for editors |
//! | `cli` (default) | the command line, with all of these but `lua54` |
//!
//! A program that embeds scripts takes what it needs:
//! `cliengo = { path = "../cliengo", default-features = false, features = ["luau"] }`.
//!
//! `examples/` has longer ones: `minimal`, `own_functions`, `axum_tenants`, `batch_job`, `own_store`,
//! `own_prompt`, and `rust_client` without scripts.

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
pub mod host;
#[cfg(feature = "repl")]
pub mod repl;
pub mod runtime;
pub mod schedule;
pub mod schema;
pub mod stdlib;
pub mod store;
#[cfg(feature = "repl")]
mod terminal;
#[cfg(feature = "types")]
pub mod types;
pub mod watch;

pub use host::{Host, HostBuilder};

pub use error::{Error, ErrorDetails, ErrorKind, Result};
