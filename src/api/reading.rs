//! A script's values as Rust's types, with the place of what does not fit.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// Why a value does not fit, and where in it.
pub(crate) struct Misfit {
    /// The keys and positions from the outside in; empty for the whole.
    pub(crate) path: Path,
    /// Why.
    pub(crate) error: serde_json::Error,
}

/// The value as this type.
///
/// Lua has one empty table for both the empty list and the empty object, so an empty object reads as a list
/// wherever the type wants one.
pub(crate) fn read<T: DeserializeOwned>(mut value: Value) -> Result<T, Misfit> {
    if let Ok(read) = T::deserialize(&value) {
        return Ok(read);
    }
    loop {
        let error = match serde_path_to_error::deserialize(&value) {
            Ok(read) => return Ok(read),
            Err(error) => error,
        };
        let misfit = Misfit { path: error.path().clone(), error: error.into_inner() };
        match empty_for_list(&mut value, &misfit) {
            Some(empty) => *empty = Value::Array(Vec::new()),
            None => return Err(misfit),
        }
    }
}

/// The empty object that stands where a list is wanted, if that is what is wrong.
fn empty_for_list<'a>(value: &'a mut Value, misfit: &Misfit) -> Option<&'a mut Value> {
    let wants_list = misfit.error.to_string().starts_with("invalid type: map, expected a sequence");
    let place = misfit.path.iter().try_fold(value, |value, segment| match segment {
        Segment::Seq { index } => value.get_mut(*index),
        Segment::Map { key } => value.get_mut(key.as_str()),
        _ => None,
    });
    place.filter(|place| wants_list && place.as_object().is_some_and(|object| object.is_empty()))
}
