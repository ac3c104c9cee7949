//! What the tests of the program share: an account to run against, and the program itself.
#![allow(dead_code, reason = "each test program uses its own part of this")]
#![allow(unused_imports, reason = "likewise")]

mod account;
#[cfg(feature = "cli")]
mod program;
#[cfg(all(feature = "cli", unix))]
mod screen;
#[cfg(all(feature = "cli", unix))]
mod shown;
#[cfg(feature = "cli")]
mod terminal;

pub use account::{Account, KEY, NOW, SEEDED, never_answered};
#[cfg(feature = "cli")]
pub use program::{Program, Ran, Running, signal};
#[cfg(all(feature = "cli", unix))]
pub use screen::{Screen, key};
#[cfg(all(feature = "cli", unix))]
pub use shown::Shown;
