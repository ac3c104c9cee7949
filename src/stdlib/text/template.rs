//! Patterns with a value in each pair of braces.

use serde_json::Value;

use super::letters::is_blank;
use crate::api::Call;
use crate::schema::camel_case;
use crate::{Error, ErrorKind, Result};

/// No message is as long: a value that is put in many times would fill the memory.
const MOST: usize = 16 << 20;

pub(super) fn template(call: &Call) -> Result<Value> {
    filled(call.text(0), call.value(1)).map(Value::from)
}

fn filled(pattern: &str, values: &Value) -> Result<String> {
    let (mut whole, mut rest) = (String::new(), pattern);
    while let Some((before, inside)) = rest.split_once("{{") {
        let unclosed = || Error::invalid("\"{{\" is not closed by \"}}\"");
        let (inside, after) = inside.split_once("}}").ok_or_else(unclosed)?;
        whole.push_str(before);
        whole.push_str(&instead(inside, values)?);
        if whole.len() > MOST {
            let large = format!("the text is larger than {} MiB", MOST >> 20);
            return Err(Error::new(ErrorKind::Limit, large));
        }
        rest = after;
    }
    Ok(whole + rest)
}

/// The text that stands for what is between two pairs of braces.
fn instead(inside: &str, values: &Value) -> Result<String> {
    let (name, otherwise) = inside.split_once('|').unwrap_or((inside, ""));
    let name = name.trim_matches(is_blank);
    let is_odd = |letter: char| is_blank(letter) || matches!(letter, '{' | '}');
    if name.is_empty() || name.contains(is_odd) {
        return Err(Error::invalid(format!("\"{{{{{inside}}}}}\" names no value")));
    }
    let words = written(name, value_of(name, values))?;
    Ok(if words.is_empty() { otherwise.trim_matches(is_blank).to_owned() } else { words })
}

/// What a name such as `geoip.city` means among the values.
fn value_of<'a>(name: &str, values: &'a Value) -> &'a Value {
    let below = |value: &'a Value, part: &str| {
        // As scripts read a contact: `website_id` is its `websiteId`.
        let other = || value.get(camel_case(part)?);
        value.get(part).or_else(other).unwrap_or(&Value::Null)
    };
    name.split('.').filter(|part| !part.is_empty()).fold(values, below)
}

/// What a value is as text; nothing is an empty one.
fn written(name: &str, value: &Value) -> Result<String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number)
            if number.as_f64().is_some_and(|it| number.is_f64() && it.fract() == 0.0) =>
        {
            Err(Error::invalid(format!("\"{name}\" is too large a number")))
        }
        Value::Number(number) => Ok(number.to_string()),
        Value::Array(_) | Value::Object(_) => Err(Error::invalid(format!("\"{name}\" is no text"))
            .with_hint(format!("a name with dots looks into objects: {{{{{name}.city}}}}"))),
    }
}
