//! What schedules promise: when they are due, and what becomes of each due time.

#![allow(clippy::unwrap_used)]

#[path = "schedule/clock_changes.rs"]
mod clock_changes;
#[path = "schedule/missed.rs"]
mod missed;
#[path = "schedule/oracle.rs"]
mod oracle;
#[path = "schedule/overlap.rs"]
mod overlap;
#[path = "schedule/properties.rs"]
mod properties;
#[path = "schedule/support.rs"]
mod support;
