//! What a timer does about what its timetable decided.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::task::{Id, JoinError};
use tokio::time::Instant;

use super::kept::Kept;
use super::{LATER, Timer};
use crate::api::{Cancel, Level};
use crate::schedule::{Decision, Due};
use crate::schema::to_wire;
use crate::store::{NewRun, RunKind};
use crate::{Error, ErrorKind, Result};

impl Timer {
    /// Puts runs in the line of those that are to begin, ends runs, and says what is passed over.
    pub(super) fn decide(&self, kept: &mut Kept, decisions: Vec<Decision>) {
        kept.unsaved |= !decisions.is_empty();
        let mut decisions = VecDeque::from(decisions);
        while let Some(decision) = decisions.pop_front() {
            match decision {
                Decision::Run(due) => kept.unbegun.push_back(due),
                Decision::Cancel(due) => decisions.extend(cancel(kept, &due)),
                Decision::Skip { due, reason } => {
                    self.shared.metrics.misfired(&self.schedule.definition.id, 1);
                    let (at, reason) = (to_wire(due.at), reason.as_str());
                    self.log(
                        Level::Warn,
                        &format!("{at} is passed over ({reason}): an earlier run goes on"),
                    );
                }
                Decision::Missed { first, last, count } => {
                    self.shared.metrics.misfired(&self.schedule.definition.id, count);
                    let (first, last) = (to_wire(first), to_wire(last));
                    self.log(
                        Level::Warn,
                        &format!("{count} due times from {first} to {last} were missed"),
                    );
                }
            }
        }
    }

    /// Begins what is to begin. A due time whose run cannot be noted keeps its turn.
    pub(super) fn claim(self: &Arc<Self>, kept: &mut Kept) {
        if kept.claim_at.is_some_and(|at| at > Instant::now()) {
            return;
        }
        while let Some(due) = kept.unbegun.pop_front() {
            match self.begin(kept, &due) {
                Ok(true) => kept.claim_at = None,
                Ok(false) => {
                    kept.claim_at = None;
                    let decisions = kept.timetable.finished(&due);
                    self.decide(kept, decisions);
                    kept.unsaved = true;
                }
                Err(error) => {
                    if kept.claim_at.is_none() {
                        let at = to_wire(due.at);
                        let message =
                            format!("the run of {at} cannot begin, and is tried again: {error}");
                        self.log(Level::Error, &message);
                    }
                    kept.unbegun.push_front(due);
                    kept.claim_at = Some(Instant::now() + LATER);
                    return;
                }
            }
        }
    }

    /// Begins the run of a due time. False where it has had one.
    fn begin(self: &Arc<Self>, kept: &mut Kept, due: &Due) -> Result<bool> {
        let id = &self.schedule.definition.id;
        let run = NewRun {
            kind: RunKind::Schedule,
            subject: id.clone(),
            script: self.script.name.clone(),
            script_hash: self.script.hash.clone(),
            input: self.told(due),
            started: Timestamp::now(),
        };
        let Some(run) = self.shared.store.claim(id, due.at, &kept.state()?, &run)? else {
            return Ok(false);
        };
        let cancel = Cancel::default();
        let work = Arc::clone(self).handle(due.clone(), run, cancel.clone());
        let task = kept.tasks.spawn(work);
        kept.runs.insert(task.id(), (due.clone(), cancel));
        Ok(true)
    }

    /// A run has come to its end. One that the end of the daemon cut off stays noted as running, so that the
    /// next start says so.
    pub(super) fn ended(&self, kept: &mut Kept, ended: Result<(Id, bool), JoinError>) {
        let (task, cut_off) = ended.unwrap_or_else(|error| (error.id(), false));
        let Some((due, _)) = kept.runs.remove(&task) else { return };
        if !cut_off {
            let decisions = kept.timetable.finished(&due);
            self.decide(kept, decisions);
            kept.unsaved = true;
        }
    }

    pub(super) fn save(&self, kept: &Kept) -> Result<()> {
        let (id, next) = (&self.schedule.definition.id, kept.timetable.next_wake());
        self.shared.store.save_schedule(id, &kept.state()?, next)
    }

    pub(super) fn save_what_changed(&self, kept: &mut Kept) {
        if !kept.unsaved {
            return;
        }
        match self.save(kept) {
            Ok(()) => (kept.unsaved, kept.told) = (false, false),
            Err(error) if !kept.told => {
                kept.told = true;
                self.log(Level::Error, &error.to_string());
            }
            Err(_) => {}
        }
    }
}

/// Ends a run; what begins in its place where it had not begun.
fn cancel(kept: &mut Kept, due: &Due) -> Vec<Decision> {
    if let Some(place) = kept.unbegun.iter().position(|it| it.at == due.at) {
        kept.unbegun.remove(place);
        return kept.timetable.finished(due);
    }
    if let Some((_, cancel)) = kept.runs.values().find(|(it, _)| it.at == due.at) {
        cancel.cancel(Error::new(ErrorKind::Cancelled, "the next run takes its place"));
    }
    Vec::new()
}
