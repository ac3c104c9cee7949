//! An object of options, as a module of the standard library takes it: every name and every type is checked
//! before the function sees it.

use serde_json::{Map, Value};

use super::Named;
use crate::schema::did_you_mean;
use crate::{Error, Result};

/// The options under the names that are listed, without those that are null.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for an unknown name, one that is given in two spellings,
/// a value of another type, and one that is missing.
pub(crate) fn checked(given: Map<String, Value>, names: &[Named]) -> Result<Map<String, Value>> {
    let mut checked = Map::new();
    for (name, value) in given {
        let (option, value) = entry(&name, value, names)?;
        if !value.is_null() && checked.insert(option.name.to_owned(), value).is_some() {
            return Err(Error::invalid(format!("{} is given twice", option.name)));
        }
    }
    match names.iter().find(|option| option.required && !checked.contains_key(option.name)) {
        Some(missing) => Err(Error::invalid(format!("{} is missing", missing.name))
            .with_hint(missing.doc.trim_end_matches('.').to_lowercase())),
        None => Ok(checked),
    }
}

/// The option of this name, with its checked value.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for an unknown name, and a value of another type.
pub(super) fn entry<'a>(
    name: &str,
    value: Value,
    names: &'a [Named],
) -> Result<(&'a Named, Value)> {
    let option = known(name, names)?;
    let value = match option.kind {
        // A function does not come among the values.
        _ if option.function.is_some() && !value.is_null() => {
            return Err(Error::invalid(format!("{name} must be a function"))
                .with_hint("pass the function itself, not what it gives"));
        }
        Some(kind) => kind.check(name, value)?,
        None => value,
    };
    Ok((option, value))
}

fn known<'a>(name: &str, names: &'a [Named]) -> Result<&'a Named> {
    let is = |option: &&Named| option.spellings().iter().any(|spelling| spelling == name);
    names.iter().find(is).ok_or_else(|| {
        let all: Vec<_> = names.iter().map(|option| option.name).collect();
        let hint = did_you_mean(name, all.iter().copied());
        Error::invalid(format!("there is no option \"{name}\""))
            .with_hint(hint.unwrap_or_else(|| format!("it takes {}", all.join(", "))))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::FieldType;

    const NAMES: &[Named] = &[
        Named::new("day_first", "Whether the day comes first.").of(FieldType::Truth),
        Named::new("text", "The text.").of(FieldType::Text).needed(),
        Named::new("value", "Anything."),
    ];

    fn check(given: Value) -> Result<Value> {
        checked(given.as_object().unwrap().clone(), NAMES).map(Value::Object)
    }

    #[test]
    fn options_come_under_their_own_names_without_nulls() {
        let given = json!({ "dayFirst": true, "text": "a", "value": null });
        assert_eq!(check(given).unwrap(), json!({ "day_first": true, "text": "a" }));
    }

    #[test]
    fn what_cannot_be_right_is_named() {
        for (given, expected) in [
            (json!({ "text": "a", "day_frist": true }), "did you mean \"day_first\"?"),
            (json!({ "text": "a", "zzzzzz": 1 }), "it takes day_first, text, value"),
            (json!({ "text": "a", "day_first": 1 }), "day_first must be true or false"),
            (json!({ "text": "a", "day_first": true, "dayFirst": true }), "given twice"),
            (json!({ "text": null }), "text is missing"),
        ] {
            let error = check(given).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
