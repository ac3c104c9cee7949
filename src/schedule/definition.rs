//! A schedule as a script registered it.

mod options;

use std::time::Duration;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use self::options::Options;
pub use self::options::{SCHEDULE_OPTIONS, ScheduleOption};
use super::{Cron, Every, Jitter, Misfire, Overlap, Timing};
use crate::{Error, Result};

/// How far back missed due times are looked at unless told.
const CATCH_UP: Duration = Duration::from_secs(86_400);
/// The longest id.
const LONGEST_ID: usize = 200;

/// A schedule as a script registered it: when it is due, and what happens then.
///
/// ```
/// use cliengo::schedule::{Overlap, ScheduleDefinition};
/// use serde_json::json;
///
/// let options = json!({ "tz": "America/Bogota", "overlap": "queue_one", "timeout": "10m" });
/// let options = serde_json::from_value(options).unwrap();
/// let schedule = ScheduleDefinition::cron("0 9 * * MON-FRI", options, "reports.cron")?;
/// assert_eq!((schedule.id.as_str(), schedule.overlap), ("reports.cron", Overlap::QueueOne));
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct ScheduleDefinition {
    /// The name under which its state is kept.
    pub id: String,
    /// When it is due.
    pub timing: Timing,
    /// What happens where a run still goes on.
    pub overlap: Overlap,
    /// What happens to due times that were missed.
    pub misfire: Misfire,
    /// The delay behind each due time.
    pub jitter: Jitter,
    /// Due times that were missed longer ago than this are dropped, whatever the misfire policy is.
    pub catch_up: Duration,
    /// How long a run may take; none where that is not limited.
    pub timeout: Option<Duration>,
    /// The URL that is called after a run that went well, so that somebody notices a silent stop.
    pub heartbeat: Option<String>,
}

impl ScheduleDefinition {
    /// The schedule of `schedule.cron(expression, options, fn)`.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid): a wrong expression, an unknown option, or a
    /// value that cannot be right.
    pub fn cron(expression: &str, options: Map<String, Value>, default_id: &str) -> Result<Self> {
        let options = Options::from_map(options)?;
        let zone = options.zone.clone().unwrap_or(TimeZone::UTC);
        Self::new(Timing::Cron(Cron::parse(expression, &zone)?), options, default_id)
    }

    /// The schedule of `schedule.every(interval, options, fn)`.
    ///
    /// # Errors
    /// As [`ScheduleDefinition::cron`], for a wrong interval, and for `tz`, which means nothing here.
    pub fn every(interval: &str, options: Map<String, Value>, default_id: &str) -> Result<Self> {
        let options = Options::from_map(options)?;
        if options.zone.is_some() {
            return Err(Error::invalid("an interval has no time zone").with_hint("leave tz out"));
        }
        Self::new(Timing::Every(Every::parse(interval)?), options, default_id)
    }

    fn new(timing: Timing, options: Options, default_id: &str) -> Result<Self> {
        let id = options.id.unwrap_or_else(|| default_id.to_owned());
        Ok(Self {
            timing,
            overlap: options.overlap,
            misfire: options.misfire,
            jitter: Jitter::new(&id, options.jitter),
            catch_up: options.catch_up,
            timeout: options.timeout,
            heartbeat: options.heartbeat,
            id,
        })
    }
}

#[cfg(test)]
mod tests;
