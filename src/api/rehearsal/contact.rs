//! What the API makes of the fields of a write.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::schema::to_wire;

type Fields = Map<String, Value>;

/// Changes a contact by the fields of a write, and gives what the API answers to it.
pub(super) type Change = fn(&mut Fields, Fields) -> Value;

/// A new contact, with what the API adds of its own, and its id.
pub(super) fn create(mut fields: Fields) -> (String, Fields) {
    let id = invented_id();
    for (name, value) in [("status", "NEW"), ("assignedTo", "UNASSIGNED"), ("entryMethod", "API")] {
        if fields.get(name).is_none_or(Value::is_null) {
            fields.insert(name.to_owned(), value.into());
        }
    }
    for name in ["notes", "calls", "tags"] {
        fields.insert(name.to_owned(), Value::Array(Vec::new()));
    }
    fields.insert("id".to_owned(), id.clone().into());
    fields.insert("creationDate".to_owned(), now().into());
    touched(&mut fields);
    (id, fields)
}

/// Writes the given fields over those of the contact; a `note` is added to its notes.
pub(super) fn update(contact: &mut Fields, given: Fields) -> Value {
    for (name, value) in given {
        match (name.as_str(), value) {
            ("note", Value::Null) => {}
            ("note", text) => append(contact, "notes", said(&text, "userId", "API")),
            ("assignedTo", Value::Null) => drop(contact.insert(name, "UNASSIGNED".into())),
            (_, value) => drop(contact.insert(name, value)),
        }
    }
    touched(contact)
}

pub(super) fn set_status(contact: &mut Fields, given: Fields) -> Value {
    contact.insert("status".to_owned(), text(&given, "externalStatus"));
    touched(contact)
}

pub(super) fn add_tag(contact: &mut Fields, given: Fields) -> Value {
    let tag = text(&given, "tag");
    let tags = contact.get("tags").and_then(Value::as_array);
    if !tags.is_some_and(|tags| tags.contains(&tag)) {
        append(contact, "tags", tag);
    }
    touched(contact)
}

pub(super) fn add_note(contact: &mut Fields, given: Fields) -> Value {
    let note = said(&text(&given, "message"), "userId", "API");
    append(contact, "notes", note.clone());
    touched(contact);
    note
}

pub(super) fn add_message(contact: &mut Fields, given: Fields) -> Value {
    touched(contact);
    said(&text(&given, "message"), "from", "USER")
}

/// A new conversation.
pub(super) fn conversation(mut fields: Fields) -> Value {
    for (name, value) in
        [("id", invented_id()), ("status", "OPEN".to_owned()), ("creationDate", now())]
    {
        fields.insert(name.to_owned(), value.into());
    }
    Value::Object(fields)
}

/// 24 hexadecimal digits that no id of the API begins with before the year 2081: the first are seconds.
fn invented_id() -> String {
    format!("d0d0{:020x}", fastrand::u128(..1 << 80))
}

fn now() -> String {
    to_wire(Timestamp::now())
}

/// Dates the change, and gives the whole contact.
fn touched(contact: &mut Fields) -> Value {
    contact.insert("lastUpdateDate".to_owned(), now().into());
    Value::Object(contact.clone())
}

/// A note or a message: its text and who said it when.
fn said(text: &Value, role: &str, by: &str) -> Value {
    json!({ "id": invented_id(), "message": text, role: by, "creationDate": now() })
}

fn text(fields: &Fields, name: &str) -> Value {
    fields.get(name).cloned().unwrap_or_default()
}

fn append(contact: &mut Fields, name: &str, value: Value) {
    match contact.get_mut(name).and_then(Value::as_array_mut) {
        Some(list) => list.push(value),
        None => drop(contact.insert(name.to_owned(), Value::Array(vec![value]))),
    }
}
