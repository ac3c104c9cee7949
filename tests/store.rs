//! What every store promises, held by both; and what the one in a file promises beyond it.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used)]

#[macro_use]
#[path = "store/samples.rs"]
mod samples;

#[path = "store/attempts.rs"]
mod attempts;
#[path = "store/crash.rs"]
mod crash;
#[path = "store/cycles.rs"]
mod cycles;
#[path = "store/disk.rs"]
mod disk;
#[path = "store/files.rs"]
mod files;
#[path = "store/line.rs"]
mod line;
#[path = "store/locks.rs"]
mod locks;
#[path = "store/model.rs"]
mod model;
#[path = "store/prune.rs"]
mod prune;
#[path = "store/runs.rs"]
mod runs;
#[path = "store/schedules.rs"]
mod schedules;
#[path = "store/steps.rs"]
mod steps;
#[path = "store/watches.rs"]
mod watches;
#[path = "store/writes.rs"]
mod writes;
