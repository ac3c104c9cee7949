//! How far a watch has read.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Reading, ServerTime};

/// Contacts may become visible so much later than they were created.
const LATE: SignedDuration = SignedDuration::from_mins(5);
/// The newest instants are still settling: what happened in them may not be visible yet.
const SETTLE: SignedDuration = SignedDuration::from_secs(5);
/// A clock that is further off than this is broken, and reading back further does not mend it.
const MOST_SKEW: SignedDuration = SignedDuration::from_hours(48);

/// How far a watch has read: saved with each cycle that changed something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    /// The generation of the definition that it was written for.
    pub generation: u32,
    /// When the watch was first started, by the server's clock.
    pub started: Timestamp,
    /// The newest creation that was read. Never goes back.
    pub mark: Option<Timestamp>,
    /// The newest update that was read. Never goes back.
    pub updated_mark: Option<Timestamp>,
    /// What the server takes `lastUpdateDate` for.
    pub reading: Reading,
    /// When the complete list was last gone through, by the server's clock.
    pub swept: Timestamp,
    /// How long that took.
    pub sweep_took: Duration,
}

impl Cursor {
    /// The cursor of a watch that begins now.
    pub(crate) fn begin(generation: u32, now: Timestamp) -> Self {
        Self {
            generation,
            started: now,
            mark: None,
            updated_mark: None,
            reading: Reading::Unknown,
            swept: now,
            sweep_took: Duration::ZERO,
        }
    }

    /// Moves the marks on to what was read, never back and never into the time that still settles.
    pub(crate) fn advance(
        &mut self,
        created: Option<Timestamp>,
        updated: Option<Timestamp>,
        time: ServerTime,
    ) {
        let settled = time.now.checked_sub(SETTLE).unwrap_or(time.now);
        let moved = |mark: Option<Timestamp>, seen: Option<Timestamp>| {
            mark.max(seen.map(|seen| seen.min(settled)))
        };
        self.mark = moved(self.mark, created);
        self.updated_mark = moved(self.updated_mark, updated.max(created));
    }

    /// From where creations are read again; none for all.
    pub(crate) fn creation_from(&self, time: ServerTime) -> Option<Timestamp> {
        self.mark.and_then(|mark| mark.checked_sub(overlap(time)).ok())
    }

    /// From where updates are read again; none for all.
    pub(crate) fn updates_from(&self, time: ServerTime) -> Option<Timestamp> {
        self.updated_mark.and_then(|mark| mark.checked_sub(overlap(time)).ok())
    }
}

/// How far a query reaches back behind the mark.
fn overlap(time: ServerTime) -> SignedDuration {
    let skew = time.skew.abs().min(MOST_SKEW);
    LATE.max(skew + skew)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn time(second: i64, skew: i64) -> ServerTime {
        ServerTime { now: at(second), skew: SignedDuration::from_secs(skew) }
    }

    proptest! {
        #[test]
        fn the_mark_never_goes_back_nor_into_the_time_that_settles(
            steps in prop::collection::vec((0_i64..1_000_000, -1_000_000_i64..2_000_000), 1..20)
        ) {
            let mut cursor = Cursor::begin(1, at(0));
            for (now, seen) in steps {
                let before = cursor.mark;
                cursor.advance(Some(at(seen)), None, time(now, 0));
                prop_assert!(cursor.mark >= before);
                prop_assert!(cursor.mark == before || cursor.mark <= Some(at(now - 5)));
            }
        }

        #[test]
        fn a_query_reaches_back_five_minutes_and_twice_the_skew(skew in -100_000_i64..100_000) {
            let mut cursor = Cursor::begin(1, at(0));
            cursor.advance(Some(at(1_000)), None, time(2_000, skew));
            let from = cursor.creation_from(time(2_000, skew)).unwrap();
            prop_assert!(from <= at(1_000 - 300) && from <= at(1_000 - 2 * skew.abs()));
        }
    }

    #[test]
    fn a_row_of_the_future_does_not_drag_the_mark_along() {
        let mut cursor = Cursor::begin(1, at(0));
        cursor.advance(Some(at(500_000)), None, time(1_000, 0));
        assert_eq!(cursor.mark, Some(at(995)));
    }
}
