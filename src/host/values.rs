//! Rust's values into a script's, and back.

use std::any::type_name;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::api::reading;
use crate::engine::ScriptFailure;
use crate::{Error, ErrorKind};

/// What a script returned, as this type.
pub(super) fn read<T: DeserializeOwned>(value: Value) -> Result<T, ScriptFailure> {
    reading::read(value).map_err(|misfit| {
        let (name, error) = (type_name::<T>(), misfit.error);
        let place = match misfit.path.iter().next() {
            Some(_) => format!("{}: ", misfit.path),
            None => String::new(),
        };
        let message = format!("what the script returned is no {name}: {place}{error}");
        let hint = "have it return another value, or take a serde_json::Value";
        ScriptFailure::of(Error::new(ErrorKind::Decode, message).with_hint(hint))
    })
}

/// The arguments of a call, each a JSON document: the places of a tuple.
pub(super) fn documents(arguments: &impl Serialize) -> Result<Vec<Bytes>, ScriptFailure> {
    let wrong = |why: String| {
        let error = Error::invalid(format!("the arguments of the call {why}"));
        Err(ScriptFailure::of(error.with_hint("give them as a tuple: (contact,), or () for none")))
    };
    match serde_json::to_value(arguments) {
        Ok(Value::Null) => Ok(Vec::new()),
        Ok(Value::Array(values)) => {
            Ok(values.into_iter().map(|value| value.to_string().into()).collect())
        }
        Ok(_) => wrong("are no tuple".to_owned()),
        Err(error) => wrong(format!("are no JSON: {error}")),
    }
}
