//! What is run, what waits and what is passed over: the state machine of one schedule.

mod arrived;
mod decided;
mod decision;
mod state;
mod steer;
mod turns;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

pub use self::decision::{Cause, Decision, Due, Skipped};
pub use self::state::TimetableState;
use super::{Jitter, Misfire, Overlap, ScheduleDefinition, Timing};

/// A due time that is seen no later than this is on time; timers and busy machines are late by less.
const GRACE: SignedDuration = SignedDuration::from_secs(60);

/// The state machine of one schedule.
///
/// Its owner calls [`tick`](Self::tick) when [`next_wake`](Self::next_wake) comes, after a restart and
/// whenever it likes; saves [`state`](Self::state); and then does what the [`Decision`]s say. It reports
/// the end of each run with [`finished`](Self::finished), which gives further decisions.
///
/// What holds:
///
/// - **A due time is decided upon once.** It is run, waits, is passed over or is missed, and does not come
///   again: not after a restart, nor after the clock was set back. A clock that was set back makes the
///   schedule wait for the first due time that it has not decided upon. Where the clock had been ahead,
///   those that it leapt over are still open: [`is_stuck`](Self::is_stuck) sees that the next due time is
///   too far, and [`repair`](Self::repair) goes back to them.
/// - **A decision to run counts as the run.** Save the state before the run begins: should the program die
///   in between, the due time is not run again. [`restore`](Self::restore) tells which runs were cut off.
/// - **Missed.** Where several due times have come since the last tick, or the newest came more than a
///   minute ago (the jitter not counted), the misfire policy decides. Under `last` only the newest is run.
///   Under `skip` only the newest, and only if it is no more than a minute old. Under `all` the newest
///   `max` are run, the oldest first and one after the other, whatever the overlap policy is (with `allow`
///   at once; with `cancel_other` it is as `last`). What is older than the catch-up window is never run. All others are counted as misfires.
/// - **Overlap.** A due time that comes while a run goes on, or others wait, is handled by the overlap
///   policy. What waits begins when no run goes on any more, however long that takes.
/// - **Another expression** does not reach back: due times that it would have had until now are not missed.
///   An interval goes on from the last due time.
/// - **The first start** makes nothing due; an interval is first due one interval later.
/// - **Paused**, nothing comes due, and nothing was missed when it goes on. What waits, goes on waiting.
///
/// ```
/// use cliengo::schedule::{Decision, ScheduleDefinition, Timetable};
///
/// let schedule = ScheduleDefinition::every("15m", Default::default(), "poll.every")?;
/// let at = |time: &str| format!("2026-05-07T{time}Z").parse().unwrap();
/// let mut timetable = Timetable::begin(&schedule, at("10:00:00"));
/// assert_eq!(timetable.next_wake(), Some(at("10:15:00")));
/// let decisions = timetable.tick(at("10:15:00"));
/// let [Decision::Run(due)] = &decisions[..] else { panic!() };
/// assert_eq!(due.at, at("10:15:00"));
/// // It runs for long, and overlap = "skip" is the default.
/// assert!(matches!(timetable.tick(at("10:30:00"))[..], [Decision::Skip { .. }]));
/// assert!(timetable.finished(due).is_empty());
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Timetable {
    timing: Timing,
    overlap: Overlap,
    misfire: Misfire,
    jitter: Jitter,
    catch_up: Duration,
    state: TimetableState,
}

impl Timetable {
    /// The timetable of a schedule that was never there before.
    pub fn begin(schedule: &ScheduleDefinition, now: Timestamp) -> Self {
        Self::with_state(schedule, TimetableState::new(&schedule.timing, now), now)
    }

    /// The timetable as it was saved, and the runs that were going on then. Call [`tick`](Self::tick) next.
    pub fn restore(
        schedule: &ScheduleDefinition,
        mut state: TimetableState,
        now: Timestamp,
    ) -> (Self, Vec<Due>) {
        let cut_off = std::mem::take(&mut state.running);
        (Self::with_state(schedule, state, now), cut_off)
    }

    fn with_state(schedule: &ScheduleDefinition, state: TimetableState, now: Timestamp) -> Self {
        let mut timetable = Self {
            timing: schedule.timing.clone(),
            overlap: schedule.overlap,
            misfire: schedule.misfire,
            jitter: schedule.jitter,
            catch_up: schedule.catch_up,
            state,
        };
        timetable.redefine(schedule, now);
        timetable
    }

    /// Goes on under another definition, as after a reload; runs that go on are not touched.
    pub fn redefine(&mut self, schedule: &ScheduleDefinition, now: Timestamp) {
        self.timing = schedule.timing.clone();
        (self.overlap, self.misfire) = (schedule.overlap, schedule.misfire);
        (self.jitter, self.catch_up) = (schedule.jitter, schedule.catch_up);
        let fingerprint = self.timing.fingerprint();
        if self.state.timing != fingerprint {
            self.state.timing = fingerprint;
            self.state.anchor = self.state.last_due.unwrap_or_else(|| state::anchor(now));
            self.state.decided.skip_to(now);
        }
        // Even the same expression may have another next time: countries change their clocks.
        self.look_ahead();
    }

    /// What to save.
    pub fn state(&self) -> &TimetableState {
        &self.state
    }

    /// When to call [`tick`](Self::tick) next; none while it is paused.
    pub fn next_wake(&self) -> Option<Timestamp> {
        self.state.next_due.filter(|_| !self.state.paused).map(|due| self.jitter.apply(due))
    }

    /// Decides upon all that has come due until now.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Decision> {
        let mut decisions = Vec::new();
        if self.state.paused {
            return decisions;
        }
        self.start_waiting(&mut decisions);
        let until = self.jitter.arrived(now);
        if self.state.next_due.is_some_and(|due| due <= until) {
            self.arrive(until, &mut decisions);
        }
        decisions
    }

    /// The run of this due time has ended, whatever its outcome. What waits may begin.
    pub fn finished(&mut self, due: &Due) -> Vec<Decision> {
        self.state.running.retain(|running| running.at != due.at);
        let mut decisions = Vec::new();
        if !self.state.paused {
            self.start_waiting(&mut decisions);
        }
        decisions
    }

    /// The next due times after the last one, in order, as they stand now.
    pub fn upcoming(&self, count: usize) -> Vec<Timestamp> {
        let next = |due: &Timestamp| self.next_open(*due);
        std::iter::successors(self.state.next_due, next).take(count).collect()
    }

    fn look_ahead(&mut self) {
        self.state.next_due = self.next_open(self.state.decided.current().until);
    }

    /// The first due time after an instant that was not decided upon.
    fn next_open(&self, after: Timestamp) -> Option<Timestamp> {
        let mut due = self.timing.next_after(after, self.state.anchor)?;
        while let Some(behind) = self.state.decided.end_of_span_with(due) {
            due = self.timing.next_after(behind, self.state.anchor)?;
        }
        Some(due)
    }
}
