//! One value on one line, with what it is.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::rows::{self, Row};
use super::text::{cut, one_line, width};
use super::{Paint, Role};

/// No cell of a table is looked at further than this: no terminal is so wide.
const LONGEST: usize = 2_000;

/// A value on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) role: Role,
}

impl Cell {
    /// Nothing.
    pub(super) fn nothing() -> Self {
        Self { text: String::new(), role: Role::Nothing }
    }

    /// The value of the field with this name, whole, its lines parted by `⏎`.
    pub(super) fn of(name: &str, value: Option<&Value>) -> Self {
        Self { text: one_line(&rows::cell(value), " ⏎ "), role: role(name, value) }
    }

    /// The field of a row of a table, where lines are parted by a space.
    pub(super) fn on_row(name: &str, row: Row<'_>) -> Self {
        let value = row.get(name);
        let text = rows::cell(value);
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
        Self { text: one_line(&text[..end], " "), role: role(name, value) }
    }

    /// The same for a person, where an instant has no seconds, and an empty list or object is nothing.
    pub(super) fn short(name: &str, row: Row<'_>) -> Self {
        let value = row.get(name);
        if value.is_none_or(is_empty) {
            return Self::nothing();
        }
        match value.and_then(Value::as_str).and_then(instant) {
            Some(instant) => {
                let minute = instant.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M");
                Self { text: minute.to_string(), role: Role::Date }
            }
            None => Self::on_row(name, row),
        }
    }

    /// Both, in the role of the first.
    pub(super) fn and(self, other: Self) -> Self {
        Self { text: format!("{} {}", self.text, other.text), role: self.role }
    }

    pub(super) fn width(&self) -> usize {
        width(&self.text)
    }

    /// The same, cut where it is wider than this.
    pub(super) fn cut(&self, columns: usize) -> Self {
        Self { text: cut(&self.text, columns).into_owned(), role: self.role }
    }

    /// The text in its colour.
    pub(super) fn painted(&self, paint: Paint) -> String {
        paint.role(self.role, &self.text)
    }
}

/// True for what says nothing to a person: null, `""`, `[]`, `{}`.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The instant that the text is, where it is one as the API writes it.
fn instant(text: &str) -> Option<Timestamp> {
    let begins = text.len() >= 20 && text.as_bytes().get(10) == Some(&b'T');
    text.parse().ok().filter(|_| begins)
}

fn role(name: &str, value: Option<&Value>) -> Role {
    match value {
        None | Some(Value::Null) => Role::Nothing,
        Some(Value::Bool(_)) => Role::Truth,
        Some(Value::Number(_)) => Role::Number,
        Some(Value::String(text)) if instant(text).is_some() => Role::Date,
        Some(Value::String(_)) if name == "status" => Role::Status,
        Some(Value::String(_)) => Role::Text,
        Some(Value::Array(_) | Value::Object(_)) => Role::Dim,
    }
}
