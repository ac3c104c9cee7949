//! Rhai values as plain ones.

use rhai::{Dynamic, Map};
use serde_json::Value;

use super::maps::is_vacant;
use super::values::Problem;
use crate::engine::numbers;
use crate::engine::weight::{Weight, at};
use crate::{Error, Result};

/// Deeper than this nobody means it.
const DEEPEST: usize = 64;

/// The value as JSON knows it.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for what JSON does not know (a function, a
/// range, not a number), naming where it is; [`ErrorKind::Limit`](crate::ErrorKind::Limit) where it
/// would take more memory than is left.
pub(super) fn to_value(value: &Dynamic) -> Result<Value> {
    encode(value, 0, &Weight::left())
}

fn encode(value: &Dynamic, depth: usize, weight: &Weight) -> Result<Value> {
    if depth >= DEEPEST {
        return Err(Error::invalid("a value is nested too deep"));
    }
    if value.is_unit() {
        return Ok(Value::Null);
    }
    if let Ok(value) = value.as_bool() {
        return Ok(value.into());
    }
    if let Ok(value) = value.as_int() {
        return Ok(value.into());
    }
    if let Ok(value) = value.as_float() {
        return numbers::to_json(value);
    }
    if let Ok(value) = value.as_char() {
        return Ok(value.to_string().into());
    }
    if let Ok(text) = value.as_immutable_string_ref() {
        return weight.text(text.len()).map(|()| text.as_str().into());
    }
    if let Ok(map) = value.as_map_ref() {
        return object(&map, depth, weight);
    }
    if let Ok(list) = value.as_array_ref() {
        weight.list(list.len())?;
        let item = |(index, item): (usize, &Dynamic)| {
            let place = |error| at(error, format_args!("[{index}]"));
            encode(item, depth + 1, weight).map_err(place)
        };
        return list.iter().enumerate().map(item).collect::<Result<Vec<_>>>().map(Value::Array);
    }
    if let Some(problem) = value.read_lock::<Problem>() {
        return object(&error_map(&problem.0), depth, weight);
    }
    let kind = value.type_name();
    Err(Error::invalid(format!("a value of the type {kind} cannot be sent or shown as a result")))
}

fn object(map: &Map, depth: usize, weight: &Weight) -> Result<Value> {
    let entry = |(place, (name, value)): (usize, (&rhai::Identifier, &Dynamic))| {
        weight.entry(place, name)?;
        let value = encode(value, depth + 1, weight).map_err(|error| at(error, name))?;
        Ok((name.to_string(), value))
    };
    let there = map.iter().filter(|(_, value)| !is_vacant(value));
    there.enumerate().map(entry).collect::<Result<_>>().map(Value::Object)
}

/// An error's fields; those that are not known are left out.
pub(super) fn error_map(error: &Error) -> Map {
    let mut map = Map::new();
    map.insert("kind".into(), error.kind.as_str().into());
    map.insert("message".into(), error.message.clone().into());
    map.insert("retryable".into(), error.retryable.into());
    let status = error.status.map(|status| Dynamic::from_int(status.into()));
    let known = [
        ("hint", error.hint.clone().map(Dynamic::from)),
        ("status", status),
        ("method", error.method.map(Dynamic::from)),
        ("path", error.path.clone().map(Dynamic::from)),
    ];
    map.extend(known.into_iter().filter_map(|(name, value)| Some((name.into(), value?))));
    map
}
