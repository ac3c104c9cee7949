//! One contact made of several.

use serde_json::{Map, Value, json};

use super::person::{created, each_once};
use crate::api::{Call, Record, ReturnType};
use crate::schema::CONTACT_FIELDS;
use crate::stdlib::shape::sure;
use crate::{Error, Result};

/// What `dedupe.merge` gives.
pub(super) const MERGED: Record = Record {
    name: "DedupeMerge",
    doc: "One contact made of several.",
    fields: &[
        sure(
            "contact",
            ReturnType::Contact,
            "The oldest contact, with what it lacked from the others.",
        ),
        sure("changes", ReturnType::Object, "What it lacked, for `contacts.update`."),
        sure(
            "others",
            ReturnType::List(&ReturnType::Text),
            "The ids of the others, the oldest first.",
        ),
    ],
};

/// `dedupe.merge(contacts)`
pub(super) fn merge(call: &Call) -> Result<Value> {
    let mut contacts = each_once(call.value(0));
    contacts.sort_by_key(|contact| created(contact));
    let Some((kept, others)) = contacts.split_first() else {
        return Err(Error::invalid("there are no contacts to merge"));
    };
    let changes = lacking(kept, others);
    let mut contact = kept.as_object().cloned().unwrap_or_default();
    contact.extend(changes.clone());
    let ids: Vec<&Value> = others.iter().filter_map(|other| other.get("id")).collect();
    Ok(json!({ "contact": contact, "changes": changes, "others": ids }))
}

/// The fields that `kept` lacks and one of the others has, of those that an update takes.
fn lacking(kept: &Value, others: &[&Value]) -> Map<String, Value> {
    let names =
        CONTACT_FIELDS.iter().filter(|field| field.update && field.answered).map(|it| it.name);
    let missing = names.filter(|name| is_empty(kept.get(*name)));
    let found = missing.filter_map(|name| {
        let values = others.iter().map(|other| other.get(name));
        let value = values.into_iter().find(|value| !is_empty(*value))??;
        Some((name.to_owned(), value.clone()))
    });
    found.collect()
}

fn is_empty(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(map)) => map.is_empty(),
        Some(_) => false,
    }
}
