//! What creating and updating does to a contact's fields.

use serde_json::{Map, Value, json};

use crate::emulator::clock::{Millis, wire};
use crate::emulator::id::ContactId;
use crate::emulator::seed::{ACCOUNT_ID, ACCOUNT_NAME, Site, UNASSIGNED};

/// When a change happens, and the id of what it adds.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) now: Millis,
    pub(crate) id: ContactId,
}

/// A new contact from the fields that were given, with what the API adds of its own.
pub(crate) fn created(given: Map<String, Value>, change: &Change) -> Map<String, Value> {
    let mut fields = given;
    let site = fields.get("websiteId").and_then(Value::as_str).and_then(Site::find);
    fields.insert("id".into(), change.id.to_string().into());
    for (name, value) in [("status", "NEW"), ("assignedTo", UNASSIGNED), ("entryMethod", "API")] {
        if fields.get(name).is_none_or(Value::is_null) {
            fields.insert(name.into(), value.into());
        }
    }
    fields.insert("medium".into(), "API".into());
    fields.insert("accountId".into(), ACCOUNT_ID.into());
    fields.insert("accountName".into(), ACCOUNT_NAME.into());
    fields.insert("creationDate".into(), wire(change.now).into());
    for name in ["notes", "calls", "tags"] {
        fields.insert(name.into(), Value::Array(Vec::new()));
    }
    if let Some(site) = site {
        fields.insert("websiteName".into(), site.name.into());
    }
    log(&mut fields, change, "CREATED", "Contacto creado por API");
    fields
}

/// Writes the given fields over those of a contact; null clears, `note` adds a note.
pub(crate) fn updated(fields: &mut Map<String, Value>, given: Map<String, Value>, change: &Change) {
    let names: Vec<_> = given.keys().cloned().collect();
    for (name, value) in given {
        match (name.as_str(), value) {
            ("note", Value::String(text)) => drop(add_note(fields, &text, change)),
            ("note", _) => {}
            ("status", Value::String(status)) => set_status(fields, &status, change),
            ("assignedTo", Value::Null) => drop(fields.insert(name, UNASSIGNED.into())),
            (_, value) => drop(fields.insert(name, value)),
        }
    }
    log(fields, change, "UPDATED", &names.join(", "));
}

/// Sets the status; the history says from which one.
pub(crate) fn set_status(fields: &mut Map<String, Value>, status: &str, change: &Change) {
    let before = fields.insert("status".into(), status.into());
    let before = before.as_ref().and_then(Value::as_str).unwrap_or("—");
    log(fields, change, "STATUS", &format!("{before} → {status}"));
}

/// Adds a note, and gives it back.
pub(crate) fn add_note(fields: &mut Map<String, Value>, text: &str, change: &Change) -> Value {
    let note = said(text, "userId", "API", change);
    append(fields, "notes", note.clone());
    log(fields, change, "NOTE", text);
    note
}

/// Adds a tag unless it is there.
pub(crate) fn add_tag(fields: &mut Map<String, Value>, tag: &str, change: &Change) {
    let has = |tags: &Value| tags.as_array().is_some_and(|tags| tags.iter().any(|t| t == tag));
    if !fields.get("tags").is_some_and(has) {
        append(fields, "tags", tag.into());
        log(fields, change, "TAG", tag);
    }
}

/// A note or a message: its text and who said it when.
pub(crate) fn said(text: &str, role: &str, by: &str, change: &Change) -> Value {
    json!({
        "id": change.id.to_string(),
        "message": text,
        role: by,
        "creationDate": wire(change.now),
    })
}

/// Adds to the contact's history. Every change does, so this also dates it.
pub(crate) fn log(fields: &mut Map<String, Value>, change: &Change, kind: &str, text: &str) {
    let date = wire(change.now);
    append(fields, "logs", json!({ "date": date, "type": kind, "description": text }));
    fields.insert("lastUpdateDate".into(), date.into());
}

/// Appends to a list, which may be absent or null so far.
fn append(fields: &mut Map<String, Value>, name: &str, value: Value) {
    match fields.get_mut(name).and_then(Value::as_array_mut) {
        Some(list) => list.push(value),
        None => drop(fields.insert(name.into(), Value::Array(vec![value]))),
    }
}
