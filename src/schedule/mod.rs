//! When a scheduled script runs: cron expressions, intervals, and what becomes of a time that was missed.
//!
//! Nothing here waits, asks the clock or writes anything: whoever runs schedules says what time it is.
//! [`ScheduleDefinition`] is what a script registered, [`Timing`] gives its due times, and [`Timetable`]
//! says of each due time whether it is run, waits, or is passed over.

mod cron;
mod definition;
mod every;
mod jitter;
mod policy;
mod timetable;
mod timing;
mod zone;

pub use cron::Cron;
pub use definition::{SCHEDULE_OPTIONS, ScheduleDefinition, ScheduleOption};
pub use every::Every;
pub use jitter::Jitter;
pub use policy::{Misfire, Overlap};
pub use timetable::{Cause, Decision, Due, Skipped, Timetable, TimetableState};
pub use timing::Timing;
pub use zone::time_zone;
