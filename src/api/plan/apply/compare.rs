//! Whether a contact is as it was before a write, or as it is after it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::api::plan::PlanItem;
use crate::schema::{Difference, OnCreate, contact_field, differences};

type Fields = Map<String, Value>;

/// What a contact is expected to be.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    pub(super) fields: Fields,
    /// True where it was read so; false where it is only what a write was to make of it.
    pub(super) was_read: bool,
}

impl Expected {
    /// The contact after this item, as far as its changes tell.
    pub(super) fn after(&self, item: &PlanItem) -> Self {
        let mut fields = self.fields.clone();
        for change in item.changes.iter().filter(|change| !is_added(change)) {
            fields.insert(change.field.clone(), change.new.clone());
        }
        Self { fields, was_read: false }
    }

    /// True where the contact is just so.
    pub(super) fn is(&self, contact: &Fields) -> bool {
        match self.was_read {
            // Where only the history grew, all that the plan stands on is as it was.
            true => differences(&self.fields, contact).iter().all(|it| it.field == "logs"),
            false => self.is_after(&[], contact, true),
        }
    }

    /// True where the contact is as these items leave it. `sent` says that the first of them may have been sent:
    /// then it may be one that shows nowhere.
    ///
    /// What only the API writes, such as the history, is not looked at: every write adds to it.
    pub(super) fn is_after(&self, items: &[PlanItem], contact: &Fields, sent: bool) -> bool {
        let changes = items.iter().flat_map(|item| &item.changes);
        let (added, changed): (Vec<_>, Vec<_>) = changes.partition(|change| is_added(change));
        let last: BTreeMap<&str, &Value> =
            changed.iter().map(|change| (change.field.as_str(), &change.new)).collect();
        let mut shows = sent;
        for Difference { field, new, .. } in differences(&self.fields, contact) {
            match last.get(field.as_str()) {
                Some(wanted) if **wanted == new => shows = true,
                None if !is_settable(&field) => {}
                _ => return false,
            }
        }
        let is_there = |(field, wanted): (&&str, &&Value)| {
            let value = |of: &Fields| of.get(*field).cloned().unwrap_or_default();
            value(contact) == **wanted || value(&self.fields) == **wanted || is_never_told(field)
        };
        let notes = added.iter().filter(|change| change.field == "notes");
        let has_notes = notes.clone().all(|note| {
            let count = |of: &Fields| count(of.get("notes"), &note.new);
            contact.get("notes").is_none() || count(contact) > count(&self.fields)
        });
        shows |= has_notes && notes.count() > 0;
        shows && has_notes && last.iter().all(is_there)
    }
}

/// How many of these notes or messages have the text.
fn count(list: Option<&Value>, text: &Value) -> usize {
    let list = list.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter(|said| said["message"] == *text).count()
}

/// True for an added note or message, which is no field.
fn is_added(change: &Difference) -> bool {
    matches!(change.field.as_str(), "notes" | "messages")
}

/// True for a field that a person or a script can write.
pub(super) fn is_settable(field: &str) -> bool {
    let takes = |field: &crate::schema::Field| field.update || field.create != OnCreate::Refused;
    field == "tags" || contact_field(field).is_some_and(takes)
}

/// True for a field that is given to the API and never told by it.
fn is_never_told(field: &str) -> bool {
    contact_field(field).is_some_and(|field| !field.answered)
}
