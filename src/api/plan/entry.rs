//! What a plan comes to for each contact.

use std::collections::HashMap;

use serde_json::Value;

use super::{PlanAction, PlanCounts, PlanItem};
use crate::schema::Difference;

/// What becomes of a contact, or what else is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanEntryKind {
    /// A contact is created.
    Create,
    /// A contact is changed.
    Update,
    /// A contact is deleted.
    Delete,
    /// A contact is created and deleted again: nothing of it is left.
    Passing,
    /// Any other call.
    Other,
}

/// What several writes of a contact come to together, or another call.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PlanEntry {
    /// What becomes of it.
    pub kind: PlanEntryKind,
    /// The places of its items in the plan, from 0.
    pub items: Vec<usize>,
    /// The contact's id, an invented one for a contact that is created.
    pub contact: Option<String>,
    /// What the contact is called, where that is known.
    pub name: Option<String>,
    /// The fields that are not as they were before, in the order in which they were first changed.
    pub changes: Vec<Difference>,
    /// The notes that are added.
    pub notes: Vec<String>,
    /// The messages that are sent.
    pub messages: Vec<String>,
}

/// The net change of each contact, and all other calls, in order.
pub(super) fn entries(items: &[PlanItem]) -> Vec<PlanEntry> {
    let mut entries: Vec<PlanEntry> = Vec::new();
    let mut of_contact: HashMap<&str, usize> = HashMap::new();
    for (place, item) in items.iter().enumerate() {
        let contact = item.contact.as_deref().filter(|_| item.action != PlanAction::Other);
        match contact.and_then(|id| of_contact.get(id)) {
            Some(at) => entries[*at].add(place, item),
            None => {
                if let Some(id) = contact {
                    of_contact.insert(id, entries.len());
                }
                entries.push(PlanEntry::begin(place, item));
            }
        }
    }
    for entry in &mut entries {
        entry.changes.retain(|change| change.old != change.new);
    }
    entries
}

/// How many of each kind.
pub(super) fn counts(entries: &[PlanEntry]) -> PlanCounts {
    let count = |kind| entries.iter().filter(|entry| entry.kind == kind).count();
    PlanCounts {
        create: count(PlanEntryKind::Create),
        update: count(PlanEntryKind::Update),
        delete: count(PlanEntryKind::Delete),
        other: count(PlanEntryKind::Other),
    }
}

impl PlanEntry {
    fn begin(place: usize, item: &PlanItem) -> Self {
        let kind = match item.action {
            PlanAction::Create => PlanEntryKind::Create,
            PlanAction::Update => PlanEntryKind::Update,
            PlanAction::Delete => PlanEntryKind::Delete,
            PlanAction::Other => PlanEntryKind::Other,
        };
        let mut entry = Self {
            kind,
            items: vec![place],
            contact: item.contact.clone(),
            name: item.name.clone(),
            changes: Vec::new(),
            notes: Vec::new(),
            messages: Vec::new(),
        };
        entry.change(item);
        entry
    }

    fn add(&mut self, place: usize, item: &PlanItem) {
        self.items.push(place);
        if item.action == PlanAction::Delete {
            self.kind = match self.kind {
                PlanEntryKind::Create => PlanEntryKind::Passing,
                _ => PlanEntryKind::Delete,
            };
        }
        // A contact that is renamed is still known by its old name; a new one has only the newest.
        if self.kind == PlanEntryKind::Create || self.name.is_none() {
            self.name.clone_from(&item.name);
        }
        self.change(item);
    }

    fn change(&mut self, item: &PlanItem) {
        for change in &item.changes {
            match (change.field.as_str(), &change.new) {
                ("notes", Value::String(text)) => self.notes.push(text.clone()),
                ("messages", Value::String(text)) => self.messages.push(text.clone()),
                (field, new) => match self.changes.iter_mut().find(|known| known.field == field) {
                    Some(known) => known.new = new.clone(),
                    None => self.changes.push(change.clone()),
                },
            }
        }
    }
}
