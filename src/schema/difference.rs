//! What differs between two states of a contact.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What every change of a contact changes too, so that it says nothing of what was changed.
const DATE_OF_CHANGE: &str = "lastUpdateDate";

/// A field that differs between two states of a contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The field's name on the wire.
    pub field: String,
    /// Its value before; null where it had none.
    pub old: Value,
    /// Its value after; null where it has none.
    pub new: Value,
}

/// The fields that differ, by name. One that is absent is as one that is null, and the date of the last
/// change is left out.
///
/// ```
/// use cliengo::schema::differences;
/// use serde_json::json;
///
/// let old = json!({ "name": "Ana", "rating": 2, "lastUpdateDate": "2026-05-07T12:00:00.000Z" });
/// let new = json!({ "name": "Ana", "rating": 5, "lastUpdateDate": "2026-05-08T12:00:00.000Z", "phone": null });
/// let found = differences(old.as_object().unwrap(), new.as_object().unwrap());
/// assert_eq!((found.len(), found[0].field.as_str()), (1, "rating"));
/// ```
pub fn differences(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<Difference> {
    let mut fields: Vec<&String> = old.keys().chain(new.keys()).collect();
    fields.sort_unstable();
    fields.dedup();
    let value = |of: &Map<String, Value>, field| of.get(field).cloned().unwrap_or_default();
    fields
        .into_iter()
        .filter(|field| *field != DATE_OF_CHANGE)
        .map(|field| (field, value(old, field), value(new, field)))
        .filter(|(_, old, new)| old != new)
        .map(|(field, old, new)| Difference { field: field.clone(), old, new })
        .collect()
}
