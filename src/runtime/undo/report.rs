//! What an undo did, or would do, to each contact.

use serde::Serialize;

use crate::schema::Difference;

/// What an undo did.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UndoReport {
    /// The run that was undone.
    pub run: u64,
    /// The run that did it, which can be undone too; none where nothing was written.
    pub undo: Option<u64>,
    /// Contacts that are as they were before the run because of this undo, or would be.
    pub undone: usize,
    /// Contacts that were so already.
    pub already: usize,
    /// Contacts that were left alone.
    pub skipped: usize,
    /// Contacts of which something could not be done.
    pub failed: usize,
    /// Each contact, the one that the run wrote last first.
    pub items: Vec<UndoItem>,
}

/// What is done about a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoAction {
    /// Its fields are put back.
    PutBack,
    /// It is deleted, for the run made it.
    Delete,
    /// It is made anew, for the run deleted it.
    Recreate,
    /// Nothing.
    None,
}

/// How that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoOutcome {
    /// It was done.
    Undone,
    /// It would be done: the undo is a rehearsal.
    Planned,
    /// There was nothing to do.
    Already,
    /// The contact was left alone, for somebody else changed it.
    Skipped,
    /// It could not be done, or not all of it.
    Failed,
}

/// One contact in an undo.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UndoItem {
    /// The contact's id; none where it is not known.
    pub contact: Option<String>,
    /// What a person calls it.
    pub name: Option<String>,
    /// What is done about it.
    pub action: UndoAction,
    /// How that ended.
    pub outcome: UndoOutcome,
    /// The fields that are put back: `old` is what they are now, `new` what they were before the run.
    pub fields: Vec<Difference>,
    /// What somebody else changed since: the run left `old`, and it is `new`.
    pub changed: Vec<Difference>,
    /// The id that the contact has now, where it was made anew.
    pub new_id: Option<String>,
    /// What stays as the run left it, in words.
    pub left: Vec<String>,
    /// Why, where that is to be said.
    pub reason: Option<String>,
    /// True where it was left alone, and [despite other changes](super::UndoOptions::despite_other_changes) it
    /// would not be.
    #[serde(skip)]
    pub others_apart: bool,
}

impl UndoReport {
    /// The report of these contacts.
    pub(super) fn of(run: u64, undo: Option<u64>, items: Vec<UndoItem>) -> Self {
        let count = |outcomes: &[UndoOutcome]| {
            items.iter().filter(|item| outcomes.contains(&item.outcome)).count()
        };
        Self {
            run,
            undo,
            undone: count(&[UndoOutcome::Undone, UndoOutcome::Planned]),
            already: count(&[UndoOutcome::Already]),
            skipped: count(&[UndoOutcome::Skipped]),
            failed: count(&[UndoOutcome::Failed]),
            items,
        }
    }

    /// True where nothing was skipped and nothing failed.
    pub fn is_whole(&self) -> bool {
        self.skipped == 0 && self.failed == 0
    }
}
