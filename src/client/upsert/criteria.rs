//! By what a contact is found: fields with their values, and when two values are the same.

use serde_json::{Map, Value};

use crate::schema::{CONTACT_FIELDS, Field, FieldType, contact_field, did_you_mean};
use crate::{Error, Result};

/// Stands between the values of several fields; no value holds it.
const BETWEEN: &str = "\u{1f}";

/// The fields that must all match; none where nothing is to be found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Criteria(Vec<Criterion>);

/// One field and the value that it must have.
#[derive(Debug, Clone)]
pub(crate) struct Criterion {
    pub(crate) field: &'static Field,
    pub(crate) value: Value,
    /// The value as it is compared.
    pub(crate) normal: String,
}

impl Criteria {
    /// Reads `{ email = … }`, or the names of fields whose values stand in `fields`; those are taken
    /// out of it.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid): an unknown name, a field that contacts are
    /// not answered with, a value that is missing or empty.
    pub(crate) fn read(matching: Value, fields: &mut Map<String, Value>) -> Result<Self> {
        let pairs = match matching {
            Value::Object(map) => map.into_iter().collect(),
            Value::String(name) => vec![take(fields, name)?],
            Value::Array(names) => {
                let name = |name: Value| match name {
                    Value::String(name) => take(fields, name),
                    _ => Err(Error::invalid("a list of fields to match by holds names")),
                };
                names.into_iter().map(name).collect::<Result<Vec<_>>>()?
            }
            _ => Vec::new(),
        };
        if pairs.is_empty() {
            return Err(Error::invalid("there is nothing to match by")
                .with_hint("give { email = … }, or the name of a field, such as \"email\""));
        }
        let mut criteria: Vec<_> =
            pairs.into_iter().map(criterion).collect::<Result<Vec<Criterion>>>()?;
        criteria.sort_by_key(|criterion| criterion.field.name);
        if criteria.windows(2).any(|pair| pair[0].field.name == pair[1].field.name) {
            return Err(Error::invalid("a field to match by is given twice"));
        }
        Ok(Self(criteria))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Criterion> {
        self.0.iter()
    }

    /// The id, where it is one of the fields.
    pub(crate) fn id(&self) -> Option<&str> {
        self.iter().find(|it| it.field.name == "id").and_then(|it| it.value.as_str())
    }

    /// The fields' names, which say by which index a contact is found.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.iter().map(|criterion| criterion.field.name).collect()
    }

    /// The values as they are compared, in one text.
    pub(crate) fn key(&self) -> String {
        let normals: Vec<_> = self.iter().map(|criterion| criterion.normal.as_str()).collect();
        normals.join(BETWEEN)
    }

    /// True where the contact has all the values.
    pub(crate) fn match_contact(&self, contact: &Map<String, Value>) -> bool {
        key_of(contact, &self.names()).is_some_and(|key| key == self.key())
    }
}

/// The contact's values of these fields as they are compared; none where it lacks one.
pub(crate) fn key_of(contact: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let normal = |name: &&str| normal(name, contact.get(*name)?);
    Some(names.iter().map(normal).collect::<Option<Vec<_>>>()?.join(BETWEEN))
}

/// The value as it is compared: an e-mail address without case and spaces around it, a phone number by
/// its digits, anything else as it is. None for what no contact is to be found by.
pub(crate) fn normal(name: &str, value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let normal = match name {
        "email" => text.trim().to_lowercase(),
        "phone" => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.strip_prefix("00").map(str::to_owned).unwrap_or(digits)
        }
        _ => text,
    };
    (!normal.trim().is_empty()).then_some(normal)
}

/// Takes the value of a field out of those that were given.
fn take(fields: &mut Map<String, Value>, name: String) -> Result<(String, Value)> {
    let field = known(&name)?;
    let typed = fields.keys().find(|typed| contact_field(typed) == Some(field)).cloned();
    let value = typed.and_then(|typed| fields.remove(&typed));
    match value {
        Some(value) => Ok((name, value)),
        None => Err(Error::invalid(format!("the fields hold no {name} to match by"))),
    }
}

fn criterion((name, value): (String, Value)) -> Result<Criterion> {
    let field = known(&name)?;
    let value = field.kind.check(field.name, value)?;
    match normal(field.name, &value) {
        Some(normal) => Ok(Criterion { field, value, normal }),
        None => Err(Error::invalid(format!("{name} is empty, and many contacts may lack it"))
            .with_hint("match by a field that has a value")),
    }
}

/// True for a field that contacts can be matched by.
pub(crate) fn is_comparable(field: &Field) -> bool {
    field.answered && !matches!(field.kind, FieldType::Date | FieldType::List | FieldType::Object)
}

/// That contacts can be matched by this field.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where they cannot.
#[cfg(feature = "check")]
pub(crate) fn can_match(name: &str) -> Result<()> {
    known(name).map(drop)
}

/// The field that contacts can be matched by.
fn known(name: &str) -> Result<&'static Field> {
    match contact_field(name) {
        Some(field) if is_comparable(field) => Ok(field),
        Some(field) => Err(Error::invalid(format!("no contact can be found by {}", field.name))
            .with_hint("match by email, phone, id, or another text that contacts are listed with")),
        None => {
            let names =
                CONTACT_FIELDS.iter().filter(|field| is_comparable(field)).map(|field| field.name);
            Err(Error::invalid(format!("a contact has no field \"{name}\" to match by"))
                .with_hint_if(did_you_mean(name, names)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_compared_as_people_mean_them() {
        for (name, one, other) in [
            ("email", json!(" Ana@Example.COM "), json!("ana@example.com")),
            ("phone", json!("+54 9 11 5555-0001"), json!("005491155550001")),
            ("phone", json!(5491155550001_u64), json!("(54) 9 11 5555 0001")),
        ] {
            assert_eq!(normal(name, &one), normal(name, &other), "{name}");
        }
        assert_ne!(normal("name", &json!("Ana")), normal("name", &json!("ana")));
        for (name, empty) in [("phone", "—"), ("email", "  "), ("name", "")] {
            assert_eq!(normal(name, &json!(empty)), None, "{name}");
        }
    }

    #[test]
    fn a_name_takes_its_value_out_of_the_fields() {
        let mut fields = json!({ "email": "a@b.co", "name": "Ana" }).as_object().unwrap().clone();
        let criteria = Criteria::read(json!(["email"]), &mut fields).unwrap();
        assert_eq!(
            (criteria.key(), Value::Object(fields)),
            ("a@b.co".into(), json!({ "name": "Ana" }))
        );
    }

    #[test]
    fn what_no_contact_can_be_found_by_is_refused() {
        for (matching, part) in [
            (json!({}), "nothing to match by"),
            (json!(null), "nothing to match by"),
            (json!({ "emial": "a@b.co" }), "did you mean \"email\"?"),
            (json!({ "email": null }), "email is empty"),
            (json!({ "phone": "none" }), "phone is empty"),
            (json!({ "tags": ["a"] }), "no contact can be found by tags"),
            (json!({ "zipCode": "1414" }), "no contact can be found by zipCode"),
            (json!("email"), "hold no email"),
            (json!([5]), "holds names"),
        ] {
            let error = Criteria::read(matching, &mut Map::new()).unwrap_err();
            assert!(error.to_string().contains(part), "{error}");
        }
    }
}
