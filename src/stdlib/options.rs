//! The options of a call: an object with known names.

use serde_json::{Map, Value};

use crate::api::{Call, Named};
use crate::schema::did_you_mean;
use crate::{Error, Result};

/// The options that were given, under their own names, each of its type.
pub(super) struct Options(Map<String, Value>);

impl Options {
    /// Reads the object that parameter `index` is; none are given where it was left out.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a name that is none of these, and for a value of
    /// another type.
    pub(super) fn read(call: &Call, index: usize, names: &[Named]) -> Result<Self> {
        Self::of(call.object(index), names)
    }

    /// The same of an object.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub(super) fn of(given: Map<String, Value>, names: &[Named]) -> Result<Self> {
        let mut options = Map::new();
        for (name, value) in given {
            let known = names.iter().find(|it| it.spellings().contains(&name));
            let known = known.ok_or_else(|| unknown(&name, names))?;
            let value = match known.kind {
                Some(kind) => kind.check(known.name, value)?,
                None => value,
            };
            if !value.is_null() {
                options.insert(known.name.to_owned(), value);
            }
        }
        Ok(Self(options))
    }

    /// The value of an option.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The text of an option.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.value(name)?.as_str()
    }

    /// The number of an option.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.value(name)?.as_f64()
    }

    /// True or false as the option says.
    pub(super) fn truth(&self, name: &str) -> Option<bool> {
        self.value(name)?.as_bool()
    }

    /// The items of an option.
    pub(super) fn list(&self, name: &str) -> Option<&[Value]> {
        self.value(name)?.as_array().map(Vec::as_slice)
    }
}

fn unknown(name: &str, names: &[Named]) -> Error {
    let all: Vec<_> = names.iter().map(|it| it.name).collect();
    let hint = did_you_mean(name, all.iter().copied());
    Error::invalid(format!("there is no option \"{name}\""))
        .with_hint(hint.unwrap_or_else(|| format!("it takes {}", all.join(", "))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::FieldType;

    const NAMES: &[Named] = &[
        Named::new("day_first", "The day comes first.").of(FieldType::Truth),
        Named::new("zone", "A time zone.").of(FieldType::Text),
    ];

    fn read(given: Value) -> Result<Options> {
        Options::of(given.as_object().cloned().unwrap(), NAMES)
    }

    #[test]
    fn an_option_is_read_in_each_spelling_and_null_is_none() {
        let options = read(json!({ "dayFirst": false, "zone": null })).unwrap();
        assert_eq!((options.truth("day_first"), options.text("zone")), (Some(false), None));
    }

    #[test]
    fn a_misspelt_option_and_a_value_of_another_type_are_errors() {
        let misspelt = read(json!({ "zoen": "UTC" })).err().unwrap();
        assert_eq!(misspelt.hint.as_deref(), Some("did you mean \"zone\"?"));
        assert!(read(json!({ "zone": 3 })).is_err());
    }
}
