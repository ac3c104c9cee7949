//! Runs in memory.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::Result;
use crate::store::refusal::no_run;
use crate::store::{NewRun, RunEnd, RunQuery, RunRecord, RunState};

#[derive(Debug, Default)]
pub(super) struct Runs {
    last: u64,
    all: BTreeMap<u64, RunRecord>,
}

impl Runs {
    /// Records a run with what `with` adds, and gives its number.
    pub(super) fn begin(&mut self, run: &NewRun, with: impl FnOnce(&mut RunRecord)) -> u64 {
        self.last += 1;
        let mut record = RunRecord {
            id: self.last,
            begin: run.clone(),
            event: None,
            attempt: None,
            due: None,
            state: RunState::Running,
            end: None,
        };
        with(&mut record);
        self.all.insert(self.last, record);
        self.last
    }

    pub(super) fn end(&mut self, id: u64, how: &RunEnd) -> Result<()> {
        let run = self.all.get_mut(&id).ok_or_else(|| no_run(id))?;
        if run.state == RunState::Running {
            (run.state, run.end) = (how.state, Some(how.capped()));
        }
        Ok(())
    }

    pub(super) fn lose(&mut self, now: Timestamp, which: impl Fn(&RunRecord) -> bool) -> u64 {
        let running = self.all.values_mut().filter(|run| run.state == RunState::Running);
        let lost = running.filter(|run| which(run)).map(|run| {
            (run.state, run.end) = (RunState::Lost, Some(RunEnd::lost(now)));
        });
        lost.count() as u64
    }

    pub(super) fn get(&self, id: u64) -> Option<&RunRecord> {
        self.all.get(&id)
    }

    pub(super) fn list(&self, query: &RunQuery) -> Vec<RunRecord> {
        let wanted = self.all.values().rev().filter(|run| {
            query.subject.as_ref().is_none_or(|subject| *subject == run.begin.subject)
                && query.state.is_none_or(|state| state == run.state)
                && query.event.is_none_or(|event| Some(event) == run.event)
        });
        wanted.take(query.limit.unwrap_or(usize::MAX)).cloned().collect()
    }

    /// Forgets those of `which` that ended before.
    pub(super) fn prune(&mut self, before: Timestamp, which: impl Fn(&RunRecord) -> bool) -> u64 {
        let all = self.all.len();
        let is_late = |run: &RunRecord| run.end.as_ref().is_none_or(|end| end.ended >= before);
        self.all.retain(|_, run| is_late(run) || !which(run));
        (all - self.all.len()) as u64
    }
}
