//! What other runs are known to have done to a contact.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::execute::{Undoing, note_of};
use super::pages;
use super::values::Fields;
use super::{NOTE, undo_state};
use crate::Result;
use crate::api::write_log;
use crate::schema::differences;
use crate::store::{JournaledWrite, RunQuery, WriteKind, WriteOutcome};

/// A create that got no answer, and another like it, are not further apart.
const ABOUT: SignedDuration = SignedDuration::from_mins(15);

impl Undoing<'_> {
    /// True where a write, of whatever run, is known to have created the contact.
    pub(super) fn is_created(&self, id: &str) -> Result<bool> {
        let writes = self.store.writes_of_contact(id)?;
        Ok(writes.iter().any(|(_, write)| created(write) == Some(id)))
    }

    /// The same, but for those that an undo of this run made anew.
    pub(super) fn is_created_elsewhere(&self, id: &str) -> Result<bool> {
        for (run, write) in self.store.writes_of_contact(id)? {
            if created(&write) == Some(id) && !self.undoes(run)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// True where another run, which is no undo of this one, wrote to the contact.
    pub(super) fn is_others_work(&self, id: &str) -> Result<bool> {
        for (run, write) in self.store.writes_of_contact(id)? {
            let is_own = run == self.run || self.undoes(run)?;
            if !is_own && write.outcome() != WriteOutcome::Refused {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// True for a run that was an undo of this one.
    fn undoes(&self, run: u64) -> Result<bool> {
        let record = self.store.run(run)?;
        Ok(record.is_some_and(|record| record.begin.input[NOTE] == self.run))
    }

    /// True where another run sent a create like this about then and got no answer either: which of the two a
    /// contact comes from nobody can tell.
    pub(super) fn has_rival(&self, at: Timestamp, fields: &Fields) -> Result<bool> {
        let window = (at.checked_sub(ABOUT), at.checked_add(ABOUT));
        let (Ok(from), Ok(until)) = window else { return Ok(true) };
        let is_rival = |write: &JournaledWrite| {
            write.begin.kind == WriteKind::Create
                && write.outcome() == WriteOutcome::Unknown
                && (from..=until).contains(&write.begin.at)
                && write.begin.body.as_object() == Some(fields)
        };
        for run in self.store.runs(&RunQuery::default())? {
            let is_over = run.end.is_some_and(|end| end.ended < from);
            if run.id == self.run || run.begin.started > until || is_over {
                continue;
            }
            let is_undone = undo_state(self.store, run.id)?.as_deref() == Some("done");
            let mut has_rival = false;
            if !is_undone {
                pages::each(self.store, run.id, |write| has_rival |= is_rival(write))?;
            }
            if has_rival {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// True where the contact is as a write of a run left it, so that nobody else changed it since. `alone`
    /// asks that no other run added anything to it either.
    pub(super) fn is_ours(&self, id: &str, current: &Fields, alone: bool) -> Result<bool> {
        let mut writes = self.store.writes_of_contact(id)?;
        writes.retain(|(_, write)| write.outcome() != WriteOutcome::Refused);
        let adds = |(run, write): &(u64, JournaledWrite)| {
            *run != self.run && write.begin.kind == WriteKind::Add
        };
        if alone && writes.iter().any(adds) {
            return Ok(false);
        }
        let last = writes.last().and_then(|(_, write)| write.end.as_ref()?.after.as_ref());
        Ok(last.is_some_and(|last| differences(last, current).is_empty()))
    }

    /// The contact that an undo made anew in the place of this one, which another run had deleted.
    pub(super) async fn successor(&self, id: &str) -> Result<Option<(String, Fields)>> {
        let (mut id, mut seen) = (id.to_owned(), HashSet::new());
        while let Some(new) = self.renewed(&id)?.filter(|new| seen.insert(new.clone())) {
            if let Some(contact) = write_log::read(self.client, &new).await? {
                return Ok(Some((new, contact)));
            }
            id = new;
        }
        Ok(None)
    }

    fn renewed(&self, id: &str) -> Result<Option<String>> {
        for (run, write) in self.store.writes_of_contact(id)?.iter().rev() {
            if write.begin.kind != WriteKind::Delete {
                continue;
            }
            let note = self.store.run_note(*run, &note_of(id))?.unwrap_or_default();
            if let Some(new) = note["created"].as_str() {
                return Ok(Some(new.to_owned()));
            }
        }
        Ok(None)
    }
}

fn created(write: &JournaledWrite) -> Option<&str> {
    write.end.as_ref()?.created.as_deref()
}
