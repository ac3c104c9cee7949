//! When a schedule is due.

use jiff::Timestamp;

use super::{Cron, Every};

/// When a schedule is due.
#[derive(Debug, Clone)]
pub enum Timing {
    /// At times of the calendar and the clock.
    Cron(Cron),
    /// At a fixed distance.
    Every(Every),
}

impl Timing {
    /// The first due time after an instant. An interval counts from the anchor; cron does not need it.
    /// None where there is none any more.
    pub fn next_after(&self, after: Timestamp, anchor: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Cron(cron) => cron.next_after(after),
            Self::Every(every) => every.next_after(after, anchor),
        }
    }

    /// The timing in one line that is the same as long as the timing is: `cron 0 9 * * * UTC`, `every PT15M`.
    pub fn fingerprint(&self) -> String {
        match self {
            Self::Cron(cron) => format!("cron {} {}", cron.expression(), cron.zone_name()),
            Self::Every(every) => format!("every {}", every.interval()),
        }
    }

    /// The timing in plain words.
    pub fn describe(&self) -> String {
        match self {
            Self::Cron(cron) => cron.describe(),
            Self::Every(every) => every.describe(),
        }
    }
}
