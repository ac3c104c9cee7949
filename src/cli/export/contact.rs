//! A contact's JSON taken apart without reading its values: every digit and every byte stays.

use std::borrow::Cow;
use std::fmt;
use std::io;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::columns::{Column, Columns};

/// The names of an object in their order, each with its value's JSON.
pub(super) struct Fields<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'a> Fields<'a> {
    /// The names of the object that this JSON is.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] where it is something else, or a name is no text that UTF-8 can
    /// hold.
    pub(super) fn read(json: &'a str) -> io::Result<Self> {
        serde_json::from_str(json).map_err(|error| {
            io::Error::new(io::ErrorKind::InvalidData, format!("a contact is no object: {error}"))
        })
    }

    /// The JSON of the value under this name; none where it is absent or null.
    fn get(&self, name: &str) -> Option<&'a str> {
        // Where a name stands twice, the last one counts, as it does for every reader of JSON.
        let found = self.0.iter().rev().find(|(own, _)| own == name)?;
        Some(found.1).filter(|json| *json != "null")
    }

    /// The JSON of a column's value; none where it is absent or null.
    pub(super) fn value(&self, column: &Column) -> Option<&'a str> {
        let (first, rest) = column.path.split_first()?;
        rest.iter().try_fold(self.get(first)?, |json, name| Fields::read(json).ok()?.get(name))
    }

    /// What no whole column is for, and the columns named beside it, as one object; none where there
    /// is nothing.
    pub(super) fn extra(&self, columns: &Columns, beside: &[&Column]) -> Option<String> {
        let unseen = self.0.iter().filter(|(name, _)| {
            !columns.covers(name) || beside.iter().any(|column| column.path[0] == *name)
        });
        let parts: Vec<_> = unseen.map(|(name, json)| format!("{}:{json}", quoted(name))).collect();
        (!parts.is_empty()).then(|| format!("{{{}}}", parts.join(",")))
    }
}

/// The text as JSON.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The text that this JSON is; none where it is of another type, or no text that UTF-8 can hold.
pub(super) fn text(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    match inner.contains('\\') {
        true => serde_json::from_str(json).ok().map(Cow::Owned),
        false => Some(Cow::Borrowed(inner)),
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Names)
    }
}

struct Names;

impl<'de> Visitor<'de> for Names {
    type Value = Fields<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::with_capacity(48);
        while let Some(name) = map.next_key::<Name<'de>>()? {
            fields.push((name.0, map.next_value::<&'de RawValue>()?.get()));
        }
        Ok(Fields(fields))
    }
}

/// A name borrowed where it can be: serde's own `Cow` always copies.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// The JSON on one line and without the spaces between its parts. Text holds no line end in JSON, so
/// what is on one line already is left as it is.
pub(super) fn one_line(json: &str) -> Cow<'_, str> {
    if !json.contains(['\n', '\r']) {
        return Cow::Borrowed(json);
    }
    let (mut within, mut escaped) = (false, false);
    let kept = json.chars().filter(|letter| {
        let keep = within || !letter.is_ascii_whitespace();
        match letter {
            '"' if !escaped => within = !within,
            _ => {}
        }
        escaped = within && *letter == '\\' && !escaped;
        keep
    });
    Cow::Owned(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_stays_and_the_last_of_two_values_counts() {
        let fields =
            Fields::read(r#"{"a":1,"big":18446744073709551617,"a":1.50,"n":null}"#).unwrap();
        assert_eq!(fields.get("a"), Some("1.50"));
        assert_eq!(fields.get("big"), Some("18446744073709551617"));
        assert_eq!((fields.get("n"), fields.get("gone")), (None, None));
    }

    #[test]
    fn what_no_column_is_for_is_extra() {
        let columns = Columns::chosen(["id", "geoip.city", "extra"].into_iter()).unwrap();
        let fields = Fields::read(r#"{"id":"1","geoip":{"city":"X"},"a\"b":[1, 2]}"#).unwrap();
        assert_eq!(fields.value(&columns.list[1]), Some("\"X\""));
        let extra = fields.extra(&columns, &[]).unwrap();
        assert_eq!(extra, r#"{"geoip":{"city":"X"},"a\"b":[1, 2]}"#);
        let beside = fields.extra(&columns, &[&columns.list[0]]).unwrap();
        assert!(beside.starts_with(r#"{"id":"1","#), "{beside}");
        assert_eq!(Fields::read(r#"{"id":"1"}"#).unwrap().extra(&columns, &[]), None);
    }

    #[test]
    fn what_cannot_be_taken_apart_is_an_error_and_not_an_empty_contact() {
        for json in ["[]", r#"{"\ud800":1}"#] {
            assert!(Fields::read(json).is_err(), "{json}");
        }
        assert_eq!(text(r#""\ud800""#), None);
    }

    #[test]
    fn json_on_several_lines_becomes_one_and_its_texts_stay() {
        let json = "{\n  \"a \\\" b\": [1,\r\n 2],\n  \"c\\\\\": \"x  y\"\n}";
        assert_eq!(one_line(json), r#"{"a \" b":[1,2],"c\\":"x  y"}"#);
    }
}
