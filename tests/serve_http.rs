//! `cliengo serve --listen`: whether a daemon is alive and ready, and its metrics, as others see them.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

#[path = "serve_http/metrics.rs"]
mod metrics;
#[path = "serve_http/reader.rs"]
mod reader;
#[path = "serve_http/standing.rs"]
mod standing;
mod support;
