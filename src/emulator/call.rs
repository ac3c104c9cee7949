//! One call of the API, as its route reads it.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::answer::Refusal;

/// One call: its path's values, its query, its body.
pub(crate) struct Call<'a> {
    pub(crate) path_values: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: &'a Bytes,
}

impl Call<'_> {
    /// The first value of the path: the id in `/contacts/:id`.
    pub(crate) fn id(&self) -> &str {
        self.path_values.first().map_or("", String::as_str)
    }

    /// A parameter of the query; an empty one counts as absent.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        parameter(&self.query, name)
    }

    /// The body as a JSON object.
    pub(crate) fn object(&self) -> Result<Map<String, Value>, Refusal> {
        match serde_json::from_slice(self.body) {
            Ok(Value::Object(map)) => Ok(map),
            Ok(_) => Err(Refusal::new(400, "The body must be a JSON object")),
            Err(error) => Err(Refusal::new(400, format!("The body is not valid JSON: {error}"))),
        }
    }

    /// The text under `name` in a body that holds nothing else.
    pub(crate) fn only_text(&self, name: &str) -> Result<String, Refusal> {
        let mut object = self.object()?;
        let text = match object.remove(name) {
            Some(Value::String(text)) if !text.trim().is_empty() => text,
            _ => return Err(Refusal::new(400, format!("{name} must be text that is not empty"))),
        };
        match object.keys().next() {
            Some(other) => Err(Refusal::new(400, format!("Unknown field {other}"))),
            None => Ok(text),
        }
    }
}

/// The first parameter of that name which is not empty.
pub(crate) fn parameter<'a>(query: &'a [(String, String)], name: &str) -> Option<&'a str> {
    query.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| &**value)
}

/// The query's parameters, decoded.
pub(crate) fn read_query(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}
