//! A fixed length of time between two runs.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::schema::parse_duration;
use crate::{Error, Result};

const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(366 * 86_400);

/// Due times that are this far apart, counted from an anchor, so that they do not drift whatever a run takes.
///
/// ```
/// use cliengo::schedule::Every;
///
/// let every = Every::parse("15m")?;
/// let anchor = "2026-05-07T10:00:00Z".parse().unwrap();
/// let now = "2026-05-07T10:20:00Z".parse().unwrap();
/// assert_eq!(every.next_after(now, anchor), "2026-05-07T10:30:00Z".parse().ok());
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Every {
    interval: SignedDuration,
}

impl Every {
    /// Reads an interval: `30s`, `15m`, `12h`, `1h30m`.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it is no length of time, less than a
    /// second, or more than 366 days.
    pub fn parse(text: &str) -> Result<Self> {
        Self::new(parse_duration(text)?).map_err(|error| error.within(format!("every \"{text}\"")))
    }

    /// An interval from one second to 366 days.
    ///
    /// # Errors
    /// As [`Every::parse`].
    pub fn new(interval: Duration) -> Result<Self> {
        let refuse = |hint: &str| {
            Error::invalid("a schedule's interval is from 1s to 366d").with_hint(hint.to_owned())
        };
        if interval < SHORTEST {
            return Err(refuse("use \"1s\", or a loop with cliengo.sleep in one run"));
        }
        if interval > LONGEST {
            return Err(refuse("use schedule.cron with a date, such as \"0 9 1 1 *\""));
        }
        let interval = SignedDuration::try_from(interval).map_err(|_| refuse("use less"))?;
        Ok(Self { interval })
    }

    /// The time between two due times.
    pub fn interval(&self) -> SignedDuration {
        self.interval
    }

    /// The first due time after an instant: the anchor plus a whole number of intervals, at least one.
    /// None at the end of time.
    pub fn next_after(&self, after: Timestamp, anchor: Timestamp) -> Option<Timestamp> {
        let intervals = (self.between(anchor, after) + 1).max(1);
        let nanoseconds = self.interval.as_nanos().checked_mul(intervals)?;
        let offset = SignedDuration::from_nanos_i128(nanoseconds);
        anchor.checked_add(offset).ok()
    }

    /// How many whole intervals lie between two instants; below zero where the second is the earlier one.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> i128 {
        to.duration_since(from).as_nanos().div_euclid(self.interval.as_nanos())
    }

    /// `every 15m`
    pub fn describe(&self) -> String {
        format!("every {:#}", self.interval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_keeps_its_grid_before_and_behind_the_anchor() {
        let every = Every::parse("10s").unwrap();
        let at = |seconds: i64| Timestamp::from_second(1_700_000_000 + seconds).unwrap();
        for (after, next) in [(0, 10), (9, 10), (10, 20), (-5, 10), (105, 110)] {
            assert_eq!(every.next_after(at(after), at(0)), Some(at(next)), "{after}");
        }
        assert_eq!(every.next_after(Timestamp::MAX, at(0)), None);
    }

    #[test]
    fn what_is_too_short_too_long_or_no_length_is_refused_with_a_hint() {
        for text in ["0s", "999ms", "367d", "soon", "", "15"] {
            assert!(Every::parse(text).unwrap_err().hint.is_some(), "{text}");
        }
        assert_eq!(Every::parse("1h30m").unwrap().describe(), "every 1h 30m");
    }
}
