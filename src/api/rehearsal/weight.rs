//! How much memory what a rehearsal keeps takes, near enough.

use serde_json::{Map, Value};

use crate::api::plan::{PlanAction, PlanItem};

/// What a value takes besides its text.
const EACH: usize = size_of::<Value>();

/// The bytes that an item takes, with the contact that it creates, which is kept for reads.
pub(super) fn weight(item: &PlanItem) -> usize {
    let changes = item.changes.iter();
    let changes = changes.map(|it| it.field.len() + of_value(&it.old) + of_value(&it.new));
    let before = item.before.as_ref().map_or(0, of_fields);
    let text = item.text.as_ref().map_or(0, String::len);
    let created = if item.action == PlanAction::Create { of_value(&item.body) } else { 0 };
    size_of::<PlanItem>()
        + created
        + item.path.len()
        + text
        + before
        + of_value(&item.body)
        + changes.sum::<usize>()
}

fn of_value(value: &Value) -> usize {
    EACH + match value {
        Value::String(text) => text.len(),
        Value::Array(list) => list.iter().map(of_value).sum(),
        Value::Object(fields) => of_fields(fields),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

fn of_fields(fields: &Map<String, Value>) -> usize {
    fields.iter().map(|(name, value)| size_of::<String>() + name.len() + of_value(value)).sum()
}
