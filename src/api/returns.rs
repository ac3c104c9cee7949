//! The type of what a function gives, beside its words: for editors, checks and the reference.

use serde_json::Value;

use super::Record;
use crate::schema::{CONTACT_FIELDS, Field, FieldType};

/// The type of what a function gives, or of what it hands to a function of the script.
///
/// ```
/// use cliengo::api::ReturnType;
/// use serde_json::json;
///
/// const NUMBERS: ReturnType = ReturnType::List(&ReturnType::Integer);
/// assert_eq!(NUMBERS.describe(), "list of integer");
/// assert!(NUMBERS.fits(&json!([1, 2])) && !NUMBERS.fits(&json!([1, 2.5])));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnType {
    /// Any value; also where it is not documented what the API answers.
    Any,
    /// Nothing: nil in Lua, `()` in Rhai.
    Nothing,
    /// True or false.
    Truth,
    /// A text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// An object with names and values of any kind.
    Object,
    /// A contact.
    Contact,
    /// An object with these names, and perhaps others.
    Record(&'static Record),
    /// A list of this.
    List(&'static Self),
    /// This again and again, in a `for` loop.
    Sequence(&'static Self),
    /// This, or nothing.
    Optional(&'static Self),
    /// For each item that was given, what became of it: this, or an error.
    Outcomes(&'static Self),
    /// Whatever the script's function gave that the call was given.
    SameAsFunction,
    /// An item of the list that the call was given.
    Item,
}

impl ReturnType {
    /// The type in a word or a few: `list of Contact`.
    pub fn describe(self) -> String {
        match self {
            Self::Any | Self::SameAsFunction | Self::Item => "any".into(),
            Self::Nothing => "nothing".into(),
            Self::Truth => "boolean".into(),
            Self::Text => "text".into(),
            Self::Number => "number".into(),
            Self::Integer => "integer".into(),
            Self::Object => "object".into(),
            Self::Contact => "Contact".into(),
            Self::Record(record) => record.name.into(),
            Self::List(item) => format!("list of {}", item.describe()),
            Self::Sequence(item) => format!("sequence of {}", item.describe()),
            Self::Optional(inner) => format!("{} or nothing", inner.describe()),
            Self::Outcomes(item) => format!("list of Outcome of {}", item.describe()),
        }
    }

    /// True where the value, as JSON, is of this type. What a sequence gives is looked at as a list.
    pub fn fits(self, value: &Value) -> bool {
        match self {
            Self::Any | Self::SameAsFunction | Self::Item => true,
            Self::Nothing => value.is_null(),
            Self::Truth => value.is_boolean(),
            Self::Text => value.is_string(),
            Self::Number => value.is_number(),
            Self::Integer => value.is_i64() || value.is_u64(),
            Self::Object => value.is_object(),
            Self::Contact => is_contact(value),
            Self::Record(record) => record.fits(value),
            Self::List(item) | Self::Sequence(item) => all(value, |value| item.fits(value)),
            Self::Optional(inner) => value.is_null() || inner.fits(value),
            Self::Outcomes(item) => all(value, |outcome| is_outcome(item, outcome)),
        }
    }
}

fn all(value: &Value, fits: impl Fn(&Value) -> bool) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(fits))
}

/// `{ ok = true, value }` or `{ ok = false, error }`.
fn is_outcome(item: &ReturnType, outcome: &Value) -> bool {
    match outcome.get("ok").and_then(Value::as_bool) {
        Some(true) => outcome.get("value").is_some_and(|value| item.fits(value)),
        Some(false) => outcome.get("error").is_some_and(|error| super::records::ERROR.fits(error)),
        None => false,
    }
}

fn is_contact(value: &Value) -> bool {
    let Some(contact) = value.as_object() else { return false };
    let fits = |field: &Field| contact.get(field.name).is_none_or(|it| is_field(field.kind, it));
    CONTACT_FIELDS.iter().all(fits)
}

/// Any field can be absent or null, and a date has been seen as a number.
fn is_field(kind: FieldType, value: &Value) -> bool {
    value.is_null()
        || match kind {
            FieldType::Integer { .. } | FieldType::Number => value.is_number(),
            FieldType::List => value.is_array(),
            FieldType::Object => value.is_object(),
            FieldType::Date => value.is_string() || value.is_number(),
            _ => value.is_string(),
        }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::records::SITE;

    #[test]
    fn an_outcome_has_either_a_value_or_an_error() {
        const MANY: ReturnType = ReturnType::Outcomes(&ReturnType::Truth);
        let error = json!({ "kind": "not_found", "message": "no", "retryable": false });
        assert!(
            MANY.fits(&json!([{ "ok": true, "value": true }, { "ok": false, "error": error }]))
        );
        assert!(!MANY.fits(&json!([{ "ok": true, "error": error }])));
        assert!(!MANY.fits(&json!([{ "ok": true, "value": "yes" }])));
    }

    #[test]
    fn a_record_needs_what_is_not_optional_and_may_have_more() {
        const GIVEN: ReturnType = ReturnType::Record(&SITE);
        assert!(GIVEN.fits(&json!({ "id": "a", "color": "red" })));
        assert!(!GIVEN.fits(&json!({ "name": "a" })));
        assert!(!GIVEN.fits(&json!({ "id": "a", "name": 7 })));
    }
}
