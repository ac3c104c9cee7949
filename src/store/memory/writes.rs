//! The writes of runs in memory, and what is noted of a run after its end.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::Result;
use crate::store::refusal::{no_run, no_write};
use crate::store::{JournaledWrite, NewWrite, WriteCounts, WriteEnd, WriteKind, WriteOutcome};

#[derive(Debug, Default)]
pub(super) struct Writes {
    last: u64,
    /// Each with its run.
    all: BTreeMap<u64, (u64, JournaledWrite)>,
    notes: BTreeMap<(u64, String), Value>,
}

impl Writes {
    /// `is_known` tells whether there is such a run.
    pub(super) fn begin(&mut self, run: u64, write: &NewWrite, is_known: bool) -> Result<u64> {
        if !is_known {
            return Err(no_run(run));
        }
        self.last += 1;
        let write = JournaledWrite { id: self.last, begin: write.clone(), end: None };
        self.all.insert(self.last, (run, write));
        Ok(self.last)
    }

    pub(super) fn end(&mut self, id: u64, end: &WriteEnd) -> Result<()> {
        let (_, write) = self.all.get_mut(&id).ok_or_else(|| no_write(id))?;
        write.end = Some(end.clone());
        Ok(())
    }

    pub(super) fn of(&self, run: u64) -> impl Iterator<Item = &JournaledWrite> {
        self.all.values().filter(move |(of, _)| *of == run).map(|(_, write)| write)
    }

    pub(super) fn of_contact(&self, id: &str) -> impl Iterator<Item = &(u64, JournaledWrite)> {
        let is_of = move |(_, write): &&(u64, JournaledWrite)| {
            let created = write.end.as_ref().and_then(|end| end.created.as_deref());
            write.begin.contact.as_deref() == Some(id) || created == Some(id)
        };
        self.all.values().filter(is_of)
    }

    pub(super) fn count(&self, run: u64) -> WriteCounts {
        let mut counts = WriteCounts::default();
        for write in self.of(run).filter(|write| write.outcome() != WriteOutcome::Refused) {
            counts.all += 1;
            let undoable = !matches!(write.begin.kind, WriteKind::Add | WriteKind::Other);
            counts.undoable += u64::from(undoable);
        }
        counts
    }

    pub(super) fn note(&self, run: u64, name: &str) -> Option<Value> {
        self.notes.get(&(run, name.to_owned())).cloned()
    }

    pub(super) fn set_note(
        &mut self,
        run: u64,
        name: &str,
        value: &Value,
        is_known: bool,
    ) -> Result<()> {
        if !is_known {
            return Err(no_run(run));
        }
        self.notes.insert((run, name.to_owned()), value.clone());
        Ok(())
    }

    /// Forgets what is of no run any more.
    pub(super) fn retain(&mut self, is_known: impl Fn(u64) -> bool) {
        self.all.retain(|_, (run, _)| is_known(*run));
        self.notes.retain(|(run, _), _| is_known(*run));
    }
}
