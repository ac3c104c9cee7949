//! What the tests of the program share: an account to run against, and the program itself.
#![allow(dead_code, reason = "each test program uses its own part of this")]
#![allow(unused_imports, reason = "likewise")]

mod account;
mod program;
#[cfg(unix)]
mod screen;
#[cfg(unix)]
mod shown;
mod terminal;

pub use account::{Account, KEY, NOW, SEEDED, never_answered};
pub use program::{Program, Ran, Running, signal};
#[cfg(unix)]
pub use screen::{Screen, key};
#[cfg(unix)]
pub use shown::Shown;
