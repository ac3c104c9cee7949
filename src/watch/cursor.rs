//! How far a watch has read.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::sieve::Head;
use super::{From, Reading, ServerTime};
use crate::{Error, ErrorKind, Result};

/// Contacts may become visible so much later than they were created.
const LATE: SignedDuration = SignedDuration::from_mins(5);
/// The newest instants are still settling: what happened in them may not be visible yet.
const SETTLE: SignedDuration = SignedDuration::from_secs(5);
/// A clock that is further off than this is broken, and reading back further does not mend it.
pub(crate) const MOST_SKEW: SignedDuration = SignedDuration::from_hours(48);

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
    /// When going through it failed since, while polls went well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sweep_failed: Option<Timestamp>,
    /// How much further back creations must be asked for, as the server reads `since` exclusively or
    /// coarsely.
    #[serde(default)]
    pub margin: Duration,
    /// Rows that were no contacts at all, such as null, when they were last counted.
    #[serde(default)]
    pub strangers: u64,
    /// Where the watch began, until its first cycle has come to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) beginning: Option<Beginning>,
    /// Where the next cycle is to begin again on purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rewind: Option<From>,
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
            sweep_failed: None,
            margin: Duration::ZERO,
            strangers: 0,
            beginning: None,
            rewind: None,
        }
    }

    /// Reads the cursor that is kept of a watch.
    pub(crate) fn read(id: &str, kept: Value) -> Result<Self> {
        serde_json::from_value(kept).map_err(|_| {
            Error::new(ErrorKind::State, format!("what is kept of the watch {id} is damaged"))
                .with_hint(format!("cliengo watches remove {id} lets it begin anew"))
        })
    }

    /// The cursor as it is kept.
    pub(crate) fn write(&self) -> Result<Value> {
        serde_json::to_value(self).map_err(|error| {
            Error::new(ErrorKind::State, format!("the cursor cannot be written: {error}"))
        })
    }

    /// Moves the marks on to what was read, never back.
    pub(crate) fn advance(&mut self, newest: &Newest) {
        self.mark = self.mark.max(newest.created);
        self.updated_mark = self.updated_mark.max(newest.updated).max(newest.created);
    }

    /// From where creations are read again; none for all.
    pub(crate) fn creation_from(&self, time: ServerTime) -> Option<Timestamp> {
        self.mark.and_then(|mark| mark.checked_sub(overlap(time)).ok())
    }

    /// What a query asks for, so that it gives creations from there on.
    pub(crate) fn since(&self, from: Timestamp) -> Timestamp {
        from.checked_sub(self.margin).unwrap_or(from)
    }

    /// From where updates are read again; none for all.
    pub(crate) fn updates_from(&self, time: ServerTime) -> Option<Timestamp> {
        self.updated_mark.and_then(|mark| mark.checked_sub(overlap(time)).ok())
    }
}

/// Where a watch began. Its first cycle may fail, and again: what came since the first try is new all the
/// same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Beginning {
    /// When it was first tried, by the clock here.
    pub(crate) asked: Timestamp,
    /// What was there then, once a try got as far as the first page.
    pub(crate) head: Option<Head>,
}

/// The newest dates among rows that were read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Newest {
    pub(crate) created: Option<Timestamp>,
    pub(crate) updated: Option<Timestamp>,
}

impl Newest {
    /// Notes a row's dates, as far as they lie before the time that still settled at `time`: by a date of
    /// the future, the mark would pass contacts that are yet to come.
    pub(crate) fn note(
        &mut self,
        created: Option<Timestamp>,
        updated: Option<Timestamp>,
        time: ServerTime,
    ) {
        let settled = time.now.checked_sub(SETTLE).unwrap_or(time.now);
        let over = |date: &Timestamp| *date <= settled;
        self.created = self.created.max(created.filter(over));
        self.updated = self.updated.max(updated.filter(over));
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
        ServerTime { now: at(second), skew: SignedDuration::from_secs(skew), is_told: true }
    }

    fn newest(seen: i64, now: i64) -> Newest {
        let mut newest = Newest::default();
        newest.note(Some(at(seen)), None, time(now, 0));
        newest
    }

    proptest! {
        #[test]
        fn the_mark_never_goes_back_nor_into_the_time_that_settles(
            steps in prop::collection::vec((0_i64..1_000_000, -1_000_000_i64..2_000_000), 1..20)
        ) {
            let mut cursor = Cursor::begin(1, at(0));
            for (now, seen) in steps {
                let before = cursor.mark;
                cursor.advance(&newest(seen, now));
                prop_assert!(cursor.mark >= before);
                prop_assert!(cursor.mark == before || cursor.mark <= Some(at(now - 5)));
            }
        }

        #[test]
        fn a_query_reaches_back_five_minutes_and_twice_the_skew(skew in -100_000_i64..100_000) {
            let mut cursor = Cursor::begin(1, at(0));
            cursor.advance(&newest(1_000, 2_000));
            let from = cursor.creation_from(time(2_000, skew)).unwrap();
            prop_assert!(from <= at(1_000 - 300) && from <= at(1_000 - 2 * skew.abs()));
        }
    }

    #[test]
    fn a_row_of_the_future_does_not_drag_the_mark_along() {
        let mut newest = newest(900, 1_000);
        newest.note(Some(at(500_000)), Some(at(500_000)), time(1_000, 0));
        let mut cursor = Cursor::begin(1, at(0));
        cursor.advance(&newest);
        assert_eq!((cursor.mark, cursor.updated_mark), (Some(at(900)), Some(at(900))));
    }
}
