//! What a timer has in its hands.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::task::{Id, JoinSet};
use tokio::time::Instant;

use super::LOOK;
use crate::api::Cancel;
use crate::schedule::{Due, Timetable};
use crate::{Error, ErrorKind, Result};

/// What a timer has in its hands.
pub(super) struct Kept {
    pub(super) timetable: Timetable,
    pub(super) paused: bool,
    /// Runs that were decided upon and have not begun, in order.
    pub(super) unbegun: VecDeque<Due>,
    /// When to try again to begin them, where that failed.
    pub(super) claim_at: Option<Instant>,
    /// When to look at the record, whatever happens.
    pub(super) look_at: Instant,
    /// The timetable differs from what is saved.
    pub(super) unsaved: bool,
    /// It was said that it cannot be saved.
    pub(super) told: bool,
    /// The runs under way; each gives whether it was cut off by the end of the daemon.
    pub(super) tasks: JoinSet<bool>,
    /// What each of them is for, and how to end it.
    pub(super) runs: HashMap<Id, (Due, Cancel)>,
}

impl Kept {
    pub(super) fn new(timetable: Timetable, paused: bool) -> Self {
        Self {
            timetable,
            paused,
            unbegun: VecDeque::new(),
            claim_at: None,
            look_at: Instant::now(),
            unsaved: true,
            told: false,
            tasks: JoinSet::new(),
            runs: HashMap::new(),
        }
    }

    /// What to save. A run that has not begun waits: where the program ends before it does, it is for the
    /// next one.
    pub(super) fn state(&self) -> Result<Value> {
        let state = self.timetable.state().with_unbegun(self.unbegun.iter());
        serde_json::to_value(state).map_err(|error| {
            Error::new(ErrorKind::State, format!("the timetable cannot be written: {error}"))
        })
    }

    /// The time until something has to be done.
    pub(super) fn until_next(&self) -> Duration {
        let now = Instant::now();
        let others = [self.claim_at.unwrap_or(self.look_at), self.look_at];
        let wait = others.into_iter().min().map_or(LOOK, |at| at.duration_since(now));
        let due = self.timetable.next_wake().map(|due| due.duration_since(Timestamp::now()));
        due.map_or(wait, |due| wait.min(Duration::try_from(due).unwrap_or_default()))
    }
}
