//! The daemon: `cliengo serve`, as a process against the emulator.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

#[path = "serve/apart.rs"]
mod apart;
#[path = "serve/begin.rs"]
mod begin;
#[path = "serve/crash.rs"]
mod crash;
#[path = "serve/disk.rs"]
mod disk;
#[path = "serve/handlers.rs"]
mod handlers;
#[path = "serve/hooks.rs"]
mod hooks;
#[path = "serve/listener.rs"]
mod listener;
#[path = "serve/parallel.rs"]
mod parallel;
#[path = "serve/place.rs"]
mod place;
#[path = "serve/reload.rs"]
mod reload;
#[path = "serve/schedules.rs"]
mod schedules;
#[path = "serve/steer.rs"]
mod steer;
#[path = "serve/stop.rs"]
mod stop;
mod support;
#[path = "serve/systemd.rs"]
mod systemd;
#[path = "serve/unwell.rs"]
mod unwell;
