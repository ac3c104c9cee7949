//! What outlives a run, to see and to steer: watches, schedules, runs, events and dead letters.
//!
//! Each command opens the store itself, for a moment, whether a daemon runs or not.

mod commands;
mod describe;
mod events;
mod pauses;
mod place;
mod runs;
mod schedules;
mod upcoming;
mod watches;
mod writes;

pub(super) use self::commands::commands;
pub(super) use self::events::{dead, events};
pub(super) use self::runs::runs;
pub(super) use self::schedules::schedules;
pub(super) use self::watches::watches;
