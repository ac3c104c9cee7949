//! Looks through a JSON text before a language makes its values of it, so that what is wrong is told with its
//! place, and alike in both.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::digits;
use crate::api::Answer;
use crate::{Error, Result};

/// The smallest magnitude of a whole number that no language has as a number.
const LARGE: f64 = 9_223_372_036_854_775_808.0;

/// Lists and objects in each other: more than this a script could not give back.
const DEEPEST: usize = 60;

/// Reads the text.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid), with line and column, where it is no JSON.
pub(super) fn decode(text: &str) -> Result<Answer> {
    let text = text.trim_start_matches('\u{feff}');
    let mut parser = serde_json::Deserializer::from_str(text);
    let large = Cell::new(false);
    let read =
        Look { large: &large, depth: 0 }.deserialize(&mut parser).and_then(|()| parser.end());
    read.map_err(|error| not_json(&error))?;
    let json = if large.get() { digits::kept(text) } else { text.to_owned() };
    Ok(Answer::Json(json.into()))
}

/// What is wrong, and where.
fn not_json(error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or_default();
    let what =
        WORDS.iter().fold(what.to_owned(), |what, (theirs, ours)| what.replace(theirs, ours));
    Error::invalid(format!("json.decode: line {line}, column {column}: {what}"))
}

/// The parser's words that a script's author cannot know, and plain ones.
const WORDS: [(&str, &str); 5] = [
    ("EOF while parsing a value", "the text ends where a value is expected"),
    ("EOF while parsing", "the text ends within"),
    ("expected ident", "expected value"),
    ("expected value", "expected a value"),
    ("trailing characters", "there is more after the value"),
];

/// Goes through a value and makes nothing of it.
#[derive(Clone, Copy)]
struct Look<'a> {
    /// Becomes true at a number whose digits could be lost.
    large: &'a Cell<bool>,
    depth: usize,
}

impl Look<'_> {
    fn inside<E: serde::de::Error>(self) -> Result<Self, E> {
        match self.depth < DEEPEST {
            true => Ok(Self { depth: self.depth + 1, ..self }),
            false => Err(E::custom(format_args!("more than {DEEPEST} levels are in each other"))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.large.set(self.large.get() || value.abs() >= LARGE);
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let inside = self.inside()?;
        while items.next_element_seed(inside)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let inside = self.inside()?;
        while entries.next_key_seed(inside)?.is_some() {
            entries.next_value_seed(inside)?;
        }
        Ok(())
    }
}
