//! Values of a contact's fields, as an undo compares them and writes them back.

use serde_json::{Map, Value};

use crate::schema::{CONTACT_FIELDS, OnCreate, contact_field};

/// A contact's fields by their wire names.
pub(super) type Fields = Map<String, Value>;

/// What an update takes and which is no field: it adds to the notes.
pub(super) const NOTE: &str = "note";
/// The field to which every change adds an entry.
pub(super) const HISTORY: &str = "logs";
/// Nobody in particular.
const UNASSIGNED: &str = "UNASSIGNED";

/// The value of a field; null where there is none.
pub(super) fn value(fields: &Fields, name: &str) -> Value {
    fields.get(name).cloned().unwrap_or_default()
}

/// True where both mean the same to the API: it takes words in any case, and nobody is `UNASSIGNED`.
pub(super) fn same(name: &str, one: &Value, other: &Value) -> bool {
    if one == other {
        return true;
    }
    let words = |value: &Value| match (name, value) {
        ("assignedTo", Value::Null) => Some(UNASSIGNED.to_lowercase()),
        ("assignedTo" | "status", Value::String(text)) => Some(text.to_lowercase()),
        _ => None,
    };
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one == other,
        _ => words(one).is_some_and(|one| words(other) == Some(one)),
    }
}

/// True for a field that the API's update takes.
pub(super) fn is_updatable(name: &str) -> bool {
    name != NOTE && contact_field(name).is_some_and(|field| field.update && field.name == name)
}

/// What of a contact that was deleted a create takes.
pub(super) fn to_create(contact: &Fields) -> Fields {
    let takes = CONTACT_FIELDS.iter().filter(|field| field.create != OnCreate::Refused);
    let given = takes.filter_map(|field| contact.get_key_value(field.name));
    let given = given.filter(|(_, value)| !value.is_null());
    given.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// What the API says of the site and the account, whoever makes the contact.
const OF_SITE: [&str; 3] = ["accountId", "accountName", "websiteName"];

/// What the contact would have once it is made anew, as far as that can be told before.
pub(super) fn foreseen(contact: &Fields) -> Fields {
    let mut made = to_create(contact);
    let comes = |name: &str| is_updatable(name) || OF_SITE.contains(&name);
    let more = contact.iter().filter(|(name, _)| comes(name));
    made.extend(more.map(|(name, value)| (name.clone(), value.clone())));
    made
}

/// What an update still has to set in the contact that was made, so that it is as the one that was deleted.
pub(super) fn to_update(wanted: &Fields, made: &Fields) -> Fields {
    let differs = |name: &str, value: &Value| {
        !value.is_null() && !same(name, value, &self::value(made, name))
    };
    let missing = wanted.iter().filter(|(name, value)| is_updatable(name) && differs(name, value));
    missing.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The tags, or the texts of the notes, of a contact.
pub(super) fn texts(contact: &Fields, list: &str) -> Vec<String> {
    let items = contact.get(list).and_then(Value::as_array);
    let text = |item: &Value| match item {
        Value::String(text) => Some(text.clone()),
        item => ["message", "tag", "name", "text"]
            .iter()
            .find_map(|name| item.get(*name)?.as_str().map(str::to_owned)),
    };
    items.map(Vec::as_slice).unwrap_or_default().iter().filter_map(text).collect()
}

/// Those of `wanted` that are not in `there`, each as often as it is missing.
pub(super) fn missing(wanted: Vec<String>, mut there: Vec<String>) -> Vec<String> {
    let is_missing = |text: &String| match there.iter().position(|it| it == text) {
        Some(place) => {
            there.swap_remove(place);
            false
        }
        None => true,
    };
    wanted.into_iter().filter(is_missing).collect()
}

/// What a person calls the contact.
pub(super) fn name_of(contact: &Fields) -> Option<String> {
    let text = |name: &str| contact.get(name).and_then(Value::as_str).unwrap_or_default().trim();
    let name = format!("{} {}", text("name"), text("lastName"));
    let name = [name.trim(), text("email"), text("phone")];
    name.into_iter().find(|name| !name.is_empty()).map(str::to_owned)
}
