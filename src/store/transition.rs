//! What becomes of an event when something is done with it: the same in every store.

use jiff::Timestamp;

use super::refusal::state;
use super::{AttemptEnd, EventRecord, EventState, RunEnd};
use crate::Result;

/// What the error of a run is that its program never ended.
pub(super) const LOST: &str = "the program ended in the middle of it";

impl EventRecord {
    /// The number of the attempt that would begin now.
    pub(super) fn next_attempt(&self) -> Result<u32> {
        match self.state {
            EventState::Ready | EventState::Retry => Ok(self.attempts.saturating_add(1)),
            other => Err(state(format!("event {} is {}", self.id, other.as_str()))
                .with_hint("only one that is ready or to be retried can begin")),
        }
    }

    pub(super) fn begin(&mut self, attempt: u32, run: u64, script_hash: &str) {
        self.state = EventState::Running;
        self.attempts = attempt;
        self.due = None;
        self.run = Some(run);
        self.script_hash = Some(script_hash.to_owned());
    }

    /// False where the event is not in that run any more: it stays as it is then.
    pub(super) fn end(&mut self, run: u64, end: &AttemptEnd, how: &RunEnd) -> bool {
        if self.state != EventState::Running || self.run != Some(run) {
            return false;
        }
        match end {
            AttemptEnd::Done => self.finish(EventState::Done, how.ended),
            AttemptEnd::Dead => self.finish(EventState::Dead, how.ended),
            AttemptEnd::Dropped => self.finish(EventState::Dropped, how.ended),
            AttemptEnd::Retry(at) => (self.state, self.due) = (EventState::Retry, Some(*at)),
            AttemptEnd::Released => {
                self.state = EventState::Ready;
                self.attempts = self.attempts.saturating_sub(1);
                return true;
            }
        }
        self.error = how.error.clone().filter(|_| *end != AttemptEnd::Done);
        true
    }

    pub(super) fn recover(&mut self, max_attempts: u32, now: Timestamp) {
        self.error = Some(LOST.to_owned());
        if self.attempts >= max_attempts {
            self.finish(EventState::Dead, now);
        } else {
            self.state = EventState::Ready;
        }
    }

    /// False where there is nothing to be tried again.
    pub(super) fn retry(&mut self) -> Result<bool> {
        use EventState::{Dead, Done, Dropped, Retry};
        if ![Dead, Done, Dropped, Retry].contains(&self.state) {
            return Ok(false);
        }
        if self.is_pruned() {
            return Err(state(format!("the contact of event {} is no longer kept", self.id))
                .with_hint("it came to its end too long ago; update the contact to fire anew"));
        }
        (self.state, self.attempts) = (EventState::Ready, 0);
        (self.due, self.ended_at) = (None, None);
        Ok(true)
    }

    /// False where it is in a handler, or at its end.
    pub(super) fn give_up(&mut self, now: Timestamp) -> bool {
        use EventState::{Dead, Pending, Ready, Retry};
        let may = [Pending, Ready, Dead, Retry].contains(&self.state);
        if may {
            self.finish(EventState::Dropped, now);
        }
        may
    }

    fn finish(&mut self, state: EventState, at: Timestamp) {
        self.state = state;
        self.due = None;
        self.ended_at = Some(at);
    }

    /// A deleted contact may never have had a payload.
    fn is_pruned(&self) -> bool {
        self.payload.is_empty() && self.version.is_some()
    }
}
