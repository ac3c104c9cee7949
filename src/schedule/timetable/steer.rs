//! What people and the reconciler do to a timetable.

use jiff::{SignedDuration, Timestamp};

use super::{Cause, Decision, Due, Timetable, state};

impl Timetable {
    /// A run that somebody asked for. It is no due time, but the overlap policy holds for it as well.
    pub fn run_now(&mut self, now: Timestamp) -> Vec<Decision> {
        let mut decisions = Vec::new();
        let due = Due { at: self.moment_of_its_own(now), cause: Cause::Manual, missed: 0 };
        self.admit(due, &mut decisions);
        decisions
    }

    /// Nothing comes due any more. Runs that go on are not touched.
    pub fn pause(&mut self) {
        self.state.paused = true;
    }

    /// Goes on with the next due time from now on; what came due in between is no misfire.
    pub fn resume(&mut self, now: Timestamp) -> Vec<Decision> {
        let mut decisions = Vec::new();
        if std::mem::take(&mut self.state.paused) {
            self.state.decided.skip_to(now);
            self.look_ahead();
            self.start_waiting(&mut decisions);
        }
        decisions
    }

    /// Whether it is enabled and yet without a next due time, or with one that is too far: the clock was
    /// ahead for a while, and due times before that were never decided upon.
    pub fn is_stuck(&self, now: Timestamp) -> bool {
        let due_before = || {
            let start = self.state.decided.current().after;
            start > now && self.next_open(now).is_some_and(|due| due <= start)
        };
        !self.state.paused && (self.state.next_due.is_none() || due_before())
    }

    /// Computes the next due time from now on. Due times that were decided upon do not come again.
    pub fn repair(&mut self, now: Timestamp) {
        if self.is_stuck(now) {
            self.state.decided.go_back_to(now);
            self.look_ahead();
        }
    }

    /// Runs that go on although what was kept of the schedule is gone: the overlap policy counts them.
    pub fn carry(&mut self, running: Vec<Due>) {
        self.state.running = running;
    }

    /// An instant that no due time and no other run has: due times are on whole milliseconds, and what
    /// remains of one tells a thousand runs apart. In whole microseconds, for nothing less is stored.
    fn moment_of_its_own(&mut self, now: Timestamp) -> Timestamp {
        self.state.asked_for = self.state.asked_for % 999 + 1;
        let own = SignedDuration::from_micros(self.state.asked_for);
        state::anchor(now).saturating_add(own).unwrap_or(Timestamp::MAX)
    }
}
