//! Due times that have come since the last look, and which of them are made up for.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use super::{Cause, Decision, Due, GRACE, Skipped, Timetable};
use crate::schedule::{Misfire, Overlap};

/// The most due times that are gone through one by one.
const MOST: u64 = 10_000;

/// Due times of a period: how many, and the newest of them.
struct Walked {
    count: u64,
    newest: VecDeque<Timestamp>,
    /// False where there were more than could be gone through, and the newest are not known.
    whole: bool,
}

impl Timetable {
    /// Decides upon the due times until here, of which there is at least one.
    pub(super) fn arrive(&mut self, until: Timestamp, decisions: &mut Vec<Decision>) {
        let (Some(first), keep) = (self.state.next_due, self.most_to_run()) else { return };
        let (count, mut newest) = self.newest(until, keep + 1);
        let Some(last) = newest.back().copied() else { return self.look_ahead() };
        let on_time = until.duration_since(last) <= GRACE;
        let all = self.makes_up_for_all() && (count > 1 || !on_time);
        let chosen = newest.split_off(self.first_to_run(&newest, keep, until));
        let missed = count - chosen.len() as u64;
        if let Some(last) = newest.back().copied() {
            self.state.misfires += missed;
            self.state.decided.skip_to(last);
            decisions.push(Decision::Missed { first, last, count: missed });
        }
        self.state.decided.extend(last);
        self.state.last_due = Some(last);
        self.look_ahead();
        for at in chosen {
            let cause = if on_time && at == last { Cause::OnTime } else { Cause::CatchUp };
            let due = Due { at, cause, missed: if at == last { missed } else { 0 } };
            if all { self.line_up(due, decisions) } else { self.admit(due, decisions) }
        }
    }

    /// The place of the first due time that is run; behind the end where none is.
    fn first_to_run(&self, newest: &VecDeque<Timestamp>, keep: usize, until: Timestamp) -> usize {
        let window = SignedDuration::try_from(self.catch_up).unwrap_or(SignedDuration::MAX);
        let window = if self.misfire == Misfire::Skip { GRACE } else { window.max(GRACE) };
        let too_old = newest.iter().filter(|due| until.duration_since(**due) > window).count();
        too_old.max(newest.len().saturating_sub(keep))
    }

    fn makes_up_for_all(&self) -> bool {
        matches!(self.misfire, Misfire::All { .. }) && self.overlap != Overlap::CancelOther
    }

    /// How many due times of one look the policy may run.
    fn most_to_run(&self) -> usize {
        match self.misfire {
            Misfire::All { max } if self.makes_up_for_all() => max.clamp(1, Misfire::HIGHEST_MAX),
            _ => 1,
        }
    }

    /// A due time that is made up for takes its turn, whatever the overlap policy is.
    fn line_up(&mut self, due: Due, decisions: &mut Vec<Decision>) {
        if self.state.is_idle() || self.overlap == Overlap::Allow {
            self.run(due, decisions);
        } else if self.state.waiting.len() < Overlap::LONGEST_QUEUE {
            self.state.waiting.push_back(due);
        } else {
            self.skip(due, Skipped::QueueFull, decisions);
        }
    }

    /// How many due times there are until here, and the newest so many of them.
    fn newest(&self, until: Timestamp, keep: usize) -> (u64, VecDeque<Timestamp>) {
        let (mut low, mut high) = (self.state.decided.current().until, until);
        let mut walked = self.walk(low, until, keep);
        let count = walked.count;
        // Too many to go through: look for a place that has enough of them behind it, and not too many.
        while !walked.whole || walked.newest.len() < keep && walked.count < count {
            let middle = low.duration_until(high) / 2;
            let Ok(from) = low.checked_add(middle) else { break };
            walked = self.walk(from, until, keep);
            if walked.whole { high = from } else { low = from }
        }
        (count, walked.newest)
    }

    fn walk(&self, from: Timestamp, until: Timestamp, keep: usize) -> Walked {
        let mut walked = Walked { count: 0, newest: VecDeque::new(), whole: true };
        let mut next = self.next_open(from);
        while let Some(due) = next.filter(|due| *due <= until) {
            if walked.count == MOST {
                walked.whole = false;
                break;
            }
            walked.count += 1;
            walked.newest.push_back(due);
            if walked.newest.len() > keep {
                walked.newest.pop_front();
            }
            next = self.next_open(due);
        }
        walked
    }
}
