//! Handlers that fail at random, and programs that end in the middle of them.

use std::collections::HashSet;

use fastrand::Rng;
use jiff::Timestamp;
use serde_json::Value;

use super::watched::Watched;
use super::{Failure, Tally, failed};
use crate::store::{AttemptEnd, EventRecord, NewRun, RunEnd, RunKind, RunState, Store};
use crate::watch::after_failure;

impl Watched {
    /// Gives the handlers what is due, until nothing is, or until the program ends in the middle of it.
    pub(super) fn deliver(
        &mut self,
        store: &dyn Store,
        rng: &mut Rng,
        now: Timestamp,
        trouble: bool,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let (id, at_once) = (self.definition.id.clone(), self.definition.concurrency);
        loop {
            let due = store.due_events(&id, now, at_once)?;
            if due.is_empty() {
                return Ok(());
            }
            self.check_due(&due)?;
            let mut begun = Vec::new();
            for event in due {
                let (attempt, run) = store.begin_attempt(event.id, &new_run(&event, now))?;
                if attempt != event.attempts + 1 {
                    return failed(format!("event {} began attempt {attempt}", event.id));
                }
                tally.attempts += 1;
                begun.push((event, attempt, run));
            }
            let crowd = store.due_events(&id, now, 8)?;
            let busy = |event: &EventRecord| begun.iter().any(|(b, ..)| b.contact == event.contact);
            if crowd.iter().any(busy) {
                return failed(format!("{id}: two handlers for one contact"));
            }
            rng.shuffle(&mut begun);
            for (event, attempt, run) in begun {
                let chance = if trouble { rng.u8(0..100) } else { 99 };
                if chance < 2 {
                    return self.end_program(store, now, tally);
                }
                self.handle(&event, attempt)?;
                if chance < 4 {
                    return self.end_program(store, now, tally);
                }
                let failed = chance < 20;
                let end = match failed {
                    true => after_failure(&self.definition, attempt, now, rng.f64()).event,
                    false => AttemptEnd::Done,
                };
                store.end_attempt(event.id, run, &end, &run_end(failed, now))?;
            }
        }
    }

    fn check_due(&self, due: &[EventRecord]) -> Result<(), Failure> {
        let contacts: HashSet<&str> = due.iter().map(|event| event.contact.as_str()).collect();
        let in_order = due.is_sorted_by_key(|event| (event.order, event.id));
        match contacts.len() == due.len() && in_order && due.len() <= self.definition.concurrency {
            true => Ok(()),
            false => failed(format!("{}: the wrong events are due", self.definition.id)),
        }
    }

    /// A contact's events come in their order, and one comes again only as a further attempt.
    fn handle(&mut self, event: &EventRecord, attempt: u32) -> Result<(), Failure> {
        let this = (event.id, attempt);
        self.handled.push(this);
        match self.last_handled.insert(event.contact.clone(), this).is_none_or(|last| last < this) {
            true => Ok(()),
            false => failed(format!("event {} came again as attempt {attempt}", event.id)),
        }
    }

    fn end_program(
        &self,
        store: &dyn Store,
        now: Timestamp,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        tally.ended += 1;
        store.recover(&self.definition.id, self.definition.max_attempts, now)?;
        Ok(())
    }
}

fn new_run(event: &EventRecord, now: Timestamp) -> NewRun {
    NewRun {
        kind: RunKind::Event,
        subject: event.watch.clone(),
        script: "simulated.lua".to_owned(),
        script_hash: String::new(),
        input: Value::Null,
        started: now,
    }
}

fn run_end(failed: bool, now: Timestamp) -> RunEnd {
    RunEnd {
        state: if failed { RunState::Failed } else { RunState::Done },
        ended: now,
        result: Value::Null,
        error: failed.then(|| "an invented failure".to_owned()),
        log: Vec::new(),
        http: Vec::new(),
        writes: Vec::new(),
    }
}
