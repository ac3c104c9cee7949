//! What a script reaches besides the account: what the run was granted, and nothing else, however it tries.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

#[path = "reach/attacks.rs"]
mod attacks;
#[path = "reach/desk.rs"]
mod desk;
#[path = "reach/embedded.rs"]
mod embedded;
#[path = "reach/files.rs"]
mod files;
#[path = "reach/flags.rs"]
mod flags;
#[path = "reach/granted.rs"]
mod granted;
#[path = "reach/kept_away.rs"]
mod kept_away;
#[path = "reach/links.rs"]
mod links;
#[path = "reach/random.rs"]
mod random;
#[path = "reach/rehearsed.rs"]
mod rehearsed;
#[path = "reach/served.rs"]
mod served;
mod support;
#[path = "reach/swapped.rs"]
mod swapped;
