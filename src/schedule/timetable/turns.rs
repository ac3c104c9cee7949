//! Whose turn it is: what runs at once, what waits, and what is passed over for a run that goes on.

use super::{Decision, Due, Skipped, Timetable};
use crate::schedule::Overlap;

impl Timetable {
    /// Runs it, or does what the overlap policy says.
    pub(super) fn admit(&mut self, due: Due, decisions: &mut Vec<Decision>) {
        if self.state.is_idle() || self.overlap == Overlap::Allow {
            return self.run(due, decisions);
        }
        match self.overlap {
            Overlap::Skip | Overlap::Allow => self.skip(due, Skipped::Running, decisions),
            Overlap::QueueOne if self.state.waiting.is_empty() => self.state.waiting.push_back(due),
            Overlap::QueueAll if self.state.waiting.len() < Overlap::LONGEST_QUEUE => {
                self.state.waiting.push_back(due);
            }
            Overlap::QueueOne | Overlap::QueueAll => self.skip(due, Skipped::QueueFull, decisions),
            Overlap::CancelOther => {
                for older in std::mem::take(&mut self.state.waiting) {
                    self.skip(older, Skipped::Superseded, decisions);
                }
                decisions.extend(self.state.running.iter().cloned().map(Decision::Cancel));
                self.state.waiting.push_back(due);
            }
        }
    }

    pub(super) fn run(&mut self, due: Due, decisions: &mut Vec<Decision>) {
        self.state.running.push(due.clone());
        decisions.push(Decision::Run(due));
    }

    pub(super) fn skip(&mut self, due: Due, reason: Skipped, decisions: &mut Vec<Decision>) {
        self.state.skipped += 1;
        decisions.push(Decision::Skip { due, reason });
    }

    pub(super) fn start_waiting(&mut self, decisions: &mut Vec<Decision>) {
        if self.state.running.is_empty()
            && let Some(due) = self.state.waiting.pop_front()
        {
            self.run(due, decisions);
        }
    }
}
