//! What a value is, in words.

use serde_json::{Map, Value};

use crate::engine::Shape;
use crate::schema::CONTACT_FIELDS;
use crate::terminal::{counted, thousands};

/// What a value is: `text of 12 characters`, `list of 250 contacts`. `first` is the first item of a list.
pub(super) fn in_words(shape: &Shape, first: Option<&Value>) -> String {
    match shape {
        Shape::Nothing | Shape::Value(Value::Null) => "nothing".to_owned(),
        Shape::List(total) => list(*total, first),
        Shape::Value(Value::Array(items)) => list(items.len(), items.first()),
        Shape::Other(words) => words.clone(),
        Shape::Value(Value::Bool(_)) => "truth".to_owned(),
        Shape::Value(Value::Number(number)) if number.is_f64() => "number".to_owned(),
        Shape::Value(Value::Number(_)) => "whole number".to_owned(),
        Shape::Value(Value::String(text)) => {
            format!("text of {}", counted(text.chars().count(), "character"))
        }
        Shape::Value(Value::Object(object)) => self::object(object),
    }
}

fn list(total: usize, first: Option<&Value>) -> String {
    let noun = match first {
        Some(Value::Object(object)) if is_contact(object) => "contact",
        Some(Value::Object(_)) => "object",
        Some(Value::String(_)) => "text",
        Some(Value::Number(_)) => "number",
        _ => "item",
    };
    if total == 0 { "empty list".to_owned() } else { format!("list of {}", counted(total, noun)) }
}

fn object(object: &Map<String, Value>) -> String {
    if object.is_empty() {
        return "empty object".to_owned();
    }
    let mut names: Vec<&str> = object.keys().map(String::as_str).collect();
    let place = |name: &str| CONTACT_FIELDS.iter().position(|field| field.name == name);
    let is_contact = is_contact(object);
    if is_contact {
        names.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
    }
    let noun = if is_contact { "contact" } else { "object" };
    format!("{noun} with {} fields: {}", thousands(names.len()), names.join(", "))
        .replace("with 1 fields", "with 1 field")
}

fn is_contact(object: &Map<String, Value>) -> bool {
    let has = |name: &str| object.contains_key(name);
    has("id") && (has("websiteId") || has("creationDate"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_type_is_told_in_words() {
        let words = |value: Value| in_words(&Shape::Value(value), None);
        assert_eq!(words(json!("añá")), "text of 3 characters");
        assert_eq!(words(json!({ "b": 1, "a": 2 })), "object with 2 fields: a, b");
        let contact = json!({ "name": "Ana", "id": "5f", "websiteId": "1" });
        assert_eq!(words(contact.clone()), "contact with 3 fields: id, name, websiteId");
        assert_eq!([words(json!(1)), words(json!(1.5))], ["whole number", "number"]);
        assert_eq!(in_words(&Shape::List(2), Some(&contact)), "list of 2 contacts");
        assert_eq!(in_words(&Shape::List(0), None), "empty list");
    }
}
