//! Rows and columns: which columns a list of objects has.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::schema::CONTACT_FIELDS;

pub(super) type Row<'a> = &'a Map<String, Value>;

/// The objects of a list, where it holds nothing else.
pub(super) fn objects(value: &Value) -> Option<Vec<Row<'_>>> {
    let list = value.as_array().filter(|list| !list.is_empty())?;
    list.iter().map(Value::as_object).collect()
}

/// The names that the rows have: a contact's in the order of the schema, then the others by name.
pub(super) fn columns(rows: &[Row<'_>]) -> Vec<String> {
    let names: BTreeSet<&String> = rows.iter().flat_map(|row| row.keys()).collect();
    ordered(names.into_iter().cloned().collect())
}

/// The names, those of a contact's fields in the order of the schema in front.
pub(super) fn ordered(mut names: Vec<String>) -> Vec<String> {
    let place = |name: &String| CONTACT_FIELDS.iter().position(|field| field.name == name);
    names.sort_by_cached_key(|name| (place(name).unwrap_or(usize::MAX), name.clone()));
    names
}

/// The names with these in front.
pub(super) fn beginning_with(first: &[&str], mut names: Vec<String>) -> Vec<String> {
    let place = |name: &String| first.iter().position(|first| first == name);
    names.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
    names
}

/// A value as one cell: text as it is, nothing for null, anything nested as JSON.
pub(super) fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// True for what only a contact has: where it came from or stands, and who it is. A user has no status, a
/// chatbot nothing but a name, a conversation neither.
pub(super) fn is_contact(row: Row<'_>) -> bool {
    let any = |names: &[&str]| names.iter().any(|name| row.contains_key(*name));
    let stands = any(&["status", "websiteId", "lastUpdateDate"]);
    let is_somebody = any(&["lastName", "email", "phone", "assignedTo", "entryMethod"]);
    any(&["id"]) && (stands && is_somebody || any(&["status"]) && any(&["name"]))
}
