//! A delay that is the same at every due time of a schedule, and another for every schedule.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ring::digest::{SHA256, digest};

/// How long after its due time a schedule runs, so that many schedules with the same expression do not
/// ask the API all at once. The delay comes from the schedule's id alone: it is the same after a restart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Jitter {
    offset: SignedDuration,
}

impl Jitter {
    /// The delay of the schedule with this id, from nothing to less than `most`, in whole milliseconds.
    pub fn new(id: &str, most: Duration) -> Self {
        let Ok(most @ 1..) = i64::try_from(most.as_millis()) else { return Self::default() };
        let hash = digest(&SHA256, id.as_bytes());
        let number =
            hash.as_ref().iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        let offset = i128::from(number) % i128::from(most);
        let offset = SignedDuration::from_millis(i64::try_from(offset).unwrap_or_default());
        Self { offset }
    }

    /// The delay.
    pub fn offset(&self) -> SignedDuration {
        self.offset
    }

    /// When a due time is acted upon.
    pub fn apply(&self, due: Timestamp) -> Timestamp {
        due.checked_add(self.offset).unwrap_or(Timestamp::MAX)
    }

    /// The latest due time that is acted upon by now.
    pub(super) fn arrived(&self, now: Timestamp) -> Timestamp {
        now.checked_sub(self.offset).unwrap_or(Timestamp::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_keeps_its_delay_and_schedules_differ() {
        let minute = Duration::from_secs(60);
        let delays: Vec<_> =
            (0..100).map(|n| Jitter::new(&format!("a.{n}"), minute).offset()).collect();
        assert_eq!(Jitter::new("a.7", minute).offset(), delays[7]);
        assert!(delays.iter().all(|delay| delay.as_secs() < 60 && !delay.is_negative()));
        for quarter in 0..4 {
            let here = delays.iter().filter(|delay| delay.as_secs() / 15 == quarter).count();
            assert!((10..45).contains(&here), "{here} of 100 in quarter {quarter}");
        }
        assert_eq!(Jitter::new("a", Duration::ZERO), Jitter::default());
        // The number is a promise to whoever restarts the program or updates it.
        let pinned = SignedDuration::from_millis(16_245);
        assert_eq!(Jitter::new("reports.cron", minute).offset(), pinned);
    }
}
