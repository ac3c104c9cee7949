//! Whether a contact is as a create left it: a create whose answer was lost is known by nothing else.

use jiff::SignedDuration;
use serde_json::{Map, Value};

use crate::schema::{OnCreate, contact_field, read_instant};

type Fields = Map<String, Value>;

/// What the API gives a new contact where nothing else is sent.
const GIVEN: [(&str, &str); 3] =
    [("status", "NEW"), ("assignedTo", "UNASSIGNED"), ("entryMethod", "API")];
/// What is filled in by visitors, and by people who work with the contact.
const OF_PEOPLE: [&str; 5] = ["notes", "calls", "tags", "leadFields", "duplicatedContact"];
/// The API takes less to create a contact and to date it.
const AT_ONCE: SignedDuration = SignedDuration::from_secs(2);

/// True where the contact has nothing but what was sent and what the API gives each by itself, and nothing
/// tells of a change since. That it has all that was sent is for the caller to see.
pub(crate) fn is_as_created(contact: &Fields, sent: &Fields) -> bool {
    let is_more = |(name, value): (&String, &Value)| {
        !is_empty(value) && sent.get(name).is_none_or(Value::is_null) && is_of_others(name, value)
    };
    !contact.iter().any(is_more) && !was_changed(contact)
}

/// True where the contact's own dates tell of a change after its creation.
pub(crate) fn was_changed(contact: &Fields) -> bool {
    let instant = |value: &Value| read_instant(&value.to_string());
    let Some(created) = contact.get("creationDate").and_then(instant) else { return false };
    let is_later =
        |date: &Value| instant(date).is_some_and(|date| date.duration_since(created) > AT_ONCE);
    let logs = contact.get("logs").and_then(Value::as_array).map(Vec::as_slice);
    let mut dates = logs.unwrap_or_default().iter().filter_map(|entry| entry.get("date"));
    contact.get("lastUpdateDate").is_some_and(is_later) || dates.any(is_later)
}

/// True for a value that the API does not give by itself.
fn is_of_others(name: &str, value: &Value) -> bool {
    if let Some((_, given)) = GIVEN.iter().find(|(given, _)| *given == name) {
        return !value.as_str().is_some_and(|value| value.eq_ignore_ascii_case(given));
    }
    let settable =
        contact_field(name).is_some_and(|field| field.update || field.create != OnCreate::Refused);
    settable || OF_PEOPLE.contains(&name)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(is) => !is,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(value: &Value) -> Fields {
        value.as_object().cloned().unwrap()
    }

    fn made() -> Fields {
        fields(&json!({
            "id": "a", "name": "Ana", "websiteId": "s", "websiteName": "Site", "status": "NEW",
            "assignedTo": "UNASSIGNED", "entryMethod": "API", "medium": "API", "notes": [], "tags": [],
            "phone": null, "rating": 0, "creationDate": "2026-05-07T12:00:00.000Z",
            "lastUpdateDate": "2026-05-07T12:00:00.004Z",
            "logs": [{ "date": "2026-05-07T12:00:00.000Z", "type": "CREATED" }]
        }))
    }

    #[test]
    fn what_the_api_gives_by_itself_is_nothing_more() {
        let sent = fields(&json!({ "name": "Ana", "websiteId": "s" }));
        assert!(is_as_created(&made(), &sent));
    }

    #[test]
    fn whatever_people_add_is_more() {
        let sent = fields(&json!({ "name": "Ana", "websiteId": "s" }));
        for (name, more) in [
            ("email", json!("ana@example.com")),
            ("rating", json!(5)),
            ("message", json!("Hola")),
            ("status", json!("ACTIVE")),
            ("entryMethod", json!("WEB")),
            ("notes", json!([{ "message": "called" }])),
            ("lastUpdateDate", json!("2026-05-07T12:00:09.000Z")),
            ("logs", json!([{ "date": "2026-05-07T12:01:00.000Z", "type": "UPDATED" }])),
        ] {
            let mut contact = made();
            contact.insert(name.to_owned(), more);
            assert!(!is_as_created(&contact, &sent), "{name}");
        }
    }
}
