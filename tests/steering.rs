//! To see and to steer what outlives a run: watches, schedules, runs, events and dead letters.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

#[path = "steering/events.rs"]
mod events;
#[path = "steering/filled.rs"]
mod filled;
#[path = "steering/moving.rs"]
mod moving;
#[path = "steering/places.rs"]
mod places;
#[path = "steering/runs.rs"]
mod runs;
#[path = "steering/schedules.rs"]
mod schedules;
mod support;
#[path = "steering/watches.rs"]
mod watches;
