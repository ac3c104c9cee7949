//! Calls functions of the modules as a language would, for the tests.

use serde_json::Value;

use crate::api::{Answer, Context};
use crate::{Error, Result};

/// What the function gives for these arguments, a JSON list.
pub(super) fn call(path: &str, arguments: Value) -> Result<Value> {
    let mut functions = super::MODULES.iter().flat_map(|module| module.functions);
    let function = functions.find(|function| function.path == path).expect(path);
    let arguments = arguments.as_array().expect("a list").clone();
    match pollster::block_on(function.invoke(Context::builder().build(), arguments)?)? {
        Answer::Value(value) => Ok(value),
        Answer::Json(json) => Ok(serde_json::from_slice(&json).expect("JSON")),
        other => Err(Error::invalid(format!("{other:?}"))),
    }
}
