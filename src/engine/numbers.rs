//! Numbers, which both languages must send and show alike.

use serde_json::{Number, Value};

use crate::{Error, Result};

/// A double as JSON: a whole value goes out as a whole number, so that `3` and `3.0` are the same
/// bytes whichever language computed them.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for infinities and what is not a number.
pub(super) fn to_json(value: f64) -> Result<Value> {
    let exact = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= exact {
        return Ok((value as i64).into());
    }
    Number::from_f64(value)
        .map(Value::Number)
        .ok_or_else(|| Error::invalid(format!("{value} is not a number that can be sent")))
}
