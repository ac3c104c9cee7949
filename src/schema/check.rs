//! Checks of what a script or a program wants to write, before anything is sent.

use serde_json::{Map, Value};

use super::{CONTACT_FIELDS, Field, OnCreate, contact_field, did_you_mean};
use crate::{Error, Result};

/// The fields of a new contact under their wire names, each checked.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid): an unknown name, a name given twice, a value
/// of the wrong type, or no `websiteId`.
pub fn check_create(fields: Map<String, Value>) -> Result<Map<String, Value>> {
    let checked = check(fields, "create")?;
    for field in CONTACT_FIELDS.iter().filter(|field| field.create == OnCreate::Required) {
        if checked.get(field.name).is_none_or(Value::is_null) {
            return Err(Error::invalid(format!("a new contact needs {}", field.name))
                .with_hint(field.doc.trim_end_matches('.').to_lowercase()));
        }
    }
    Ok(checked)
}

/// The changed fields of a contact under their wire names, each checked.
///
/// # Errors
/// As [`check_create`], and where there is nothing to change.
pub fn check_update(fields: Map<String, Value>) -> Result<Map<String, Value>> {
    let checked = check(fields, "update")?;
    if checked.is_empty() {
        return Err(Error::invalid("there is nothing to update")
            .with_hint("give at least one field, such as status"));
    }
    Ok(checked)
}

/// The fields of a contact that is created or updated, whichever it will be: each is one that a create
/// or an update takes.
///
/// # Errors
/// As [`check_create`], but none of them has to be there.
pub fn check_upsert(fields: Map<String, Value>) -> Result<Map<String, Value>> {
    check(fields, "upsert")
}

fn takes(field: &Field, operation: &str) -> bool {
    let creates = field.create != OnCreate::Refused;
    match operation {
        "create" => creates,
        "update" => field.update,
        _ => creates || field.update,
    }
}

fn check(fields: Map<String, Value>, operation: &str) -> Result<Map<String, Value>> {
    let mut checked = Map::new();
    for (name, value) in fields {
        let field = match contact_field(&name) {
            Some(field) if takes(field, operation) => field,
            Some(field) => {
                return Err(Error::invalid(format!("{operation} does not take {}", field.name))
                    .with_hint(other_way(field.name, operation)));
            }
            None => {
                let names = CONTACT_FIELDS.iter().filter(|field| takes(field, operation));
                return Err(Error::invalid(format!(
                    "a contact has no field \"{name}\" to {operation}"
                ))
                .with_hint_if(did_you_mean(&name, names.map(|field| field.name))));
            }
        };
        let value = field.kind.check(field.name, value)?;
        if checked.insert(field.name.to_owned(), value).is_some() {
            return Err(Error::invalid(format!("{} is given twice", field.name))
                .with_hint("give either its camelCase or its snake_case name"));
        }
    }
    Ok(checked)
}

/// What to do instead, for a field that exists but not here.
fn other_way(name: &str, operation: &str) -> String {
    match name {
        "tags" => "use contacts.add_tag(id, tag)".into(),
        "notes" => "use contacts.add_note(id, text)".into(),
        "rating" | "note" | "subStatus" if operation == "create" => {
            format!("set {name} with contacts.update after the contact is created")
        }
        _ => {
            let takes = CONTACT_FIELDS.iter().filter(|field| takes(field, operation));
            let names: Vec<_> = takes.map(|field| field.name).collect();
            format!("it takes {}", names.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(value: Value) -> Map<String, Value> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn snake_case_goes_out_under_its_wire_name() {
        let checked =
            check_create(map(json!({ "website_id": "a1", "last_name": "Díaz" }))).unwrap();
        assert_eq!(Value::Object(checked), json!({ "websiteId": "a1", "lastName": "Díaz" }));
    }

    #[test]
    fn a_misspelt_field_names_the_right_one() {
        let error = check_update(map(json!({ "raiting": 3 }))).unwrap_err();
        assert_eq!(error.hint.as_deref(), Some("did you mean \"rating\"?"));
    }

    #[test]
    fn a_value_out_of_bounds_is_refused() {
        for (fields, part) in [
            (json!({ "rating": 6 }), "whole number from 0 to 5, not 6"),
            (json!({ "rating": 2.5 }), "not 2.5"),
            (json!({ "status": "ACTVE" }), "one of NEW, ACTIVE"),
            (json!({ "phone": 541155 }), "phone must be text"),
            (json!({ "dueDate": "soon" }), "dueDate: \"soon\" is not a date"),
        ] {
            let error = check_update(map(fields)).unwrap_err();
            assert!(error.message.contains(part), "{error}");
        }
    }

    #[test]
    fn null_clears_a_field_and_absence_leaves_it() {
        let checked = check_update(map(json!({ "phone": null }))).unwrap();
        assert_eq!(Value::Object(checked), json!({ "phone": null }));
    }

    #[test]
    fn a_status_is_sent_in_capitals_and_an_empty_table_becomes_what_the_field_is() {
        let checked = check_update(map(json!({ "status": "active", "extraParams": [] }))).unwrap();
        assert_eq!(Value::Object(checked), json!({ "status": "ACTIVE", "extraParams": {} }));
    }
}
