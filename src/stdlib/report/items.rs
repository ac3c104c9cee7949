//! What a chart shows: labels with numbers.

use serde_json::Value;

use super::rows::text;
use crate::api::memory;
use crate::{Error, Result};

/// A label with its number.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) label: String,
    pub(super) value: f64,
}

/// Reads the items: objects with these fields, pairs, or an object of numbers.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where an item has no number.
pub(super) fn items(given: &Value, label: &Value, value: &Value) -> Result<Vec<Item>> {
    let (label, value) = (label.as_str().unwrap_or("label"), value.as_str().unwrap_or("value"));
    match given {
        Value::Object(map) => {
            let item = |(name, number): (&String, &Value)| read(name, &name.clone().into(), number);
            map.iter().map(item).collect()
        }
        Value::Array(items) => {
            let item = |(place, item): (usize, &Value)| {
                let place = format!("item {}", place + 1);
                match item {
                    Value::Array(pair) => read(
                        &place,
                        pair.first().unwrap_or(&Value::Null),
                        pair.get(1).unwrap_or(&Value::Null),
                    ),
                    item => read(
                        &place,
                        item.get(label).unwrap_or(&Value::Null),
                        item.get(value).unwrap_or(&Value::Null),
                    ),
                }
            };
            items.iter().enumerate().map(item).collect()
        }
        _ => Err(Error::invalid("the items must be a list, or an object of numbers")),
    }
}

fn read(place: &str, label: &Value, value: &Value) -> Result<Item> {
    memory::check()?;
    let value = match value {
        // How many there are, as of the groups of list.group_by.
        Value::Array(items) => u32::try_from(items.len()).ok().map(f64::from),
        // An empty table of Lua, which may have been meant as a list.
        Value::Object(map) if map.is_empty() => Some(0.0),
        value => value.as_f64(),
    };
    let value = value.filter(|value| *value >= 0.0);
    let value = value.ok_or_else(|| {
        Error::invalid(format!("{place} has no number from 0")).with_hint(
            "name the fields with label and value, or give pairs of a label and a number",
        )
    })?;
    let label = match text(label) {
        empty if empty.is_empty() => "-".to_owned(),
        label => label,
    };
    Ok(Item { label, value })
}

/// The number as people read it: whole, or with two decimals at most.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned()
}

/// The largest number; 1 where there is none, so that it can be divided by.
pub(super) fn largest(items: &[Item]) -> f64 {
    let largest = items.iter().map(|item| item.value).fold(0.0, f64::max);
    if largest > 0.0 { largest } else { 1.0 }
}
