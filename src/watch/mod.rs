//! Watches: what a watch is, what its cycles ask the API for, and what they find.
//!
//! A watch knows a version of every contact it has seen. What a cycle reads is new where its version is
//! not known; so it does not matter how often a row comes, nor in which order. The cursor only says which
//! contacts have to be looked at: those created or updated lately at each poll, all of them at each sweep.
//! What a cycle found is kept in one transaction at its end.
//!
//! The decisions are pure (`plan`, `sieve`, `cursor`, `reading`, `delivery`); [`cycle()`] drives them over the
//! API, or in the tests over a model of it.

mod clock;
mod cursor;
mod cycle;
mod definition;
mod delivery;
mod feed;
mod options;
mod plan;
mod reading;
mod rewind;
mod sieve;
#[cfg(any(test, feature = "simulation"))]
#[doc(hidden)]
pub mod simulation;
mod version;

pub use self::clock::{ServerClock, ServerTime};
pub use self::cursor::Cursor;
pub use self::cycle::{Cycled, cycle};
pub use self::definition::{From, OnError, Sweep, WatchDefinition, WatchKind};
pub use self::delivery::{Verdict, after_failure, backoff, poll_backoff};
pub use self::feed::Account;
pub use self::options::{WATCH_FILTERS, WATCH_OPTIONS, WatchOption};
pub use self::reading::Reading;
pub use self::rewind::rewind;
