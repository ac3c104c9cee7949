//! Whether a contact is the one that a create sent.

use serde_json::{Map, Value};

use super::criteria::normal;
use crate::schema::{FieldType, contact_field};

/// Fields that the API, or people, change at once: they tell nothing.
const CHANGING: [&str; 4] = ["status", "assignedTo", "externalStatus", "entryMethod"];

/// The fields of a create by which its contact can be told from others.
#[derive(Debug, Clone)]
pub(crate) struct Sent(Vec<Known>);

#[derive(Debug, Clone)]
struct Known {
    name: &'static str,
    normal: String,
    /// True where the API is known to answer with the field, so that a contact without it is another one.
    answered: bool,
}

/// The comparable fields of a create; none where they are too few to tell its contact from others.
pub(crate) fn sent(fields: &Map<String, Value>) -> Option<Sent> {
    let known = |(name, value): (&String, &Value)| {
        let field = contact_field(name)?;
        let comparable =
            !matches!(field.kind, FieldType::Date | FieldType::List | FieldType::Object);
        let comparable = comparable && !CHANGING.contains(&field.name);
        let normal = comparable.then(|| alike(field.name, value)).flatten()?;
        Some(Known { name: field.name, normal, answered: field.answered })
    };
    let known: Vec<_> = fields.iter().filter_map(known).collect();
    let telling = known.iter().any(|known| known.answered && known.name != "websiteId");
    telling.then_some(Sent(known))
}

impl Sent {
    /// True where the contact has all of them.
    pub(crate) fn is_of(&self, contact: &Map<String, Value>) -> bool {
        self.0.iter().all(|known| match contact.get(known.name) {
            None | Some(Value::Null) => !known.answered,
            Some(value) => alike(known.name, value).as_ref() == Some(&known.normal),
        })
    }
}

/// The value as it is compared: spaces around it may be gone.
fn alike(name: &str, value: &Value) -> Option<String> {
    normal(name, value).map(|normal| normal.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    fn is_of(fields: Value, contact: Value) -> bool {
        sent(&object(fields)).unwrap().is_of(&object(contact))
    }

    #[test]
    fn a_contact_is_the_one_that_was_sent_where_its_fields_are_equal() {
        let fields = json!({ "websiteId": "w", "email": " Ana@Example.com", "phone": "+54 11 5",
                             "age": 30, "status": "NEW", "city": "Rosario" });
        let answered = json!({ "id": "1", "websiteId": "w", "email": "ana@example.com",
                               "phone": "54115", "age": 30, "status": "ACTIVE", "name": null });
        assert!(is_of(fields.clone(), answered.clone()));
        for (name, other) in [
            ("email", json!("leo@example.com")),
            ("email", Value::Null),
            ("age", json!(31)),
            ("websiteId", json!("x")),
            ("city", json!("Lima")),
        ] {
            let mut contact = answered.clone();
            contact[name] = other;
            assert!(!is_of(fields.clone(), contact), "{name}");
        }
    }

    #[test]
    fn too_few_fields_tell_no_contact_from_others() {
        for fields in [
            json!({ "websiteId": "w" }),
            json!({ "websiteId": "w", "status": "NEW", "phone": "—", "city": "Lima" }),
        ] {
            assert!(sent(&object(fields)).is_none());
        }
    }
}
