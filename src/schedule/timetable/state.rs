//! What is kept of a timetable.

use std::collections::VecDeque;

use jiff::{Timestamp, TimestampRound, Unit};
use serde::{Deserialize, Serialize};

use super::Due;
use super::decided::Decided;
use crate::schedule::Timing;

/// What is kept of a timetable, in a form that can be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimetableState {
    /// The timing that the next due time was computed by.
    pub timing: String,
    /// What intervals are counted from.
    pub anchor: Timestamp,
    /// The newest due time that was decided upon.
    pub last_due: Option<Timestamp>,
    /// The next due time, without the jitter.
    pub next_due: Option<Timestamp>,
    /// Due times that wait for a run to end, in order.
    pub waiting: VecDeque<Due>,
    /// Due times whose run was decided upon and has not ended.
    pub running: Vec<Due>,
    /// Whether it is paused.
    pub paused: bool,
    /// How many due times were missed without being made up for.
    pub misfires: u64,
    /// How many due times were passed over because of an earlier run.
    pub skipped: u64,
    /// The number of the last run that somebody asked for.
    pub(super) asked_for: i64,
    /// The periods whose due times were decided upon.
    pub(super) decided: Decided,
}

impl TimetableState {
    /// The state of a schedule that begins now; its next due time is not known yet.
    pub(super) fn new(timing: &Timing, now: Timestamp) -> Self {
        Self {
            timing: timing.fingerprint(),
            anchor: anchor(now),
            last_due: None,
            next_due: None,
            waiting: VecDeque::new(),
            running: Vec::new(),
            paused: false,
            misfires: 0,
            skipped: 0,
            asked_for: 0,
            decided: Decided::from(now),
        }
    }

    /// The same, with these runs waiting again: they were decided upon and could not begin.
    pub fn with_unbegun<'a>(&self, dues: impl DoubleEndedIterator<Item = &'a Due>) -> Self {
        let mut state = self.clone();
        for due in dues.rev() {
            state.running.retain(|running| running.at != due.at);
            state.waiting.push_front(due.clone());
        }
        state
    }

    /// Whether nothing runs and nothing waits.
    pub(super) fn is_idle(&self) -> bool {
        self.running.is_empty() && self.waiting.is_empty()
    }
}

/// An instant as an anchor: due times are on whole milliseconds.
pub(super) fn anchor(now: Timestamp) -> Timestamp {
    let down = TimestampRound::new().smallest(Unit::Millisecond).mode(jiff::RoundMode::Floor);
    now.round(down).unwrap_or(now)
}
