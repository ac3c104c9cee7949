//! A daemon that is killed again and again loses nothing; `cargo xtask crash` does the same for longer.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

#[path = "../xtask/src/crash/mod.rs"]
mod crash;

use std::path::Path;

#[test]
fn twenty_kills_lose_nothing_and_every_repeat_says_so() {
    let seed = std::env::var("CRASH_SEED").map_or(20, |seed| seed.parse().unwrap());
    println!("{}", crash::run(Path::new(env!("CARGO_BIN_EXE_cliengo")), 20, seed).unwrap());
}
