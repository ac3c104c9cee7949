//! A contact's JSON with its fields in the schema's order, as a person reads them.

use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::schema::CONTACT_FIELDS;
use crate::{Error, Result};

/// Writes known fields in the order of the schema's table, then the others.
pub(crate) fn to_json(fields: &Map<String, Value>) -> String {
    let known = CONTACT_FIELDS.iter().filter_map(|field| fields.get_key_value(field.name));
    let is_known = |name: &str| CONTACT_FIELDS.iter().any(|field| field.name == name);
    let others = fields.iter().filter(|(name, _)| !is_known(name));
    write(known.chain(others).map(|(name, value)| (name.as_str(), value)))
}

/// As [`to_json`], ready to be stored.
pub(crate) fn to_raw(fields: &Map<String, Value>) -> Result<Box<RawValue>> {
    RawValue::from_string(to_json(fields)).map_err(|error| Error::invalid(error.to_string()))
}

/// Writes the fields in the order they come.
pub(crate) fn write_pairs(fields: &[(&'static str, Value)]) -> String {
    write(fields.iter().map(|(name, value)| (*name, value)))
}

fn write<'a>(fields: impl Iterator<Item = (&'a str, &'a Value)>) -> String {
    let mut json = Vec::with_capacity(1_536);
    json.push(b'{');
    for (name, value) in fields {
        if json.len() > 1 {
            json.push(b',');
        }
        append(&mut json, &name);
        json.push(b':');
        append(&mut json, value);
    }
    json.push(b'}');
    String::from_utf8(json).unwrap_or_default()
}

/// Writing a string or a JSON value to memory cannot fail.
fn append(json: &mut Vec<u8>, value: &impl Serialize) {
    let written = serde_json::to_writer(json, value);
    debug_assert!(written.is_ok());
}
