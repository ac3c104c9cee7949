//! Values as people read them.

use serde_json::Value;

use super::cell::Cell;
use super::rows::objects;
use super::text::harmless_lines;
use super::{View, sheet, table};

/// The value as whole lines: text as it is, an object as a sheet, a list as a table; nothing for nothing.
pub(crate) fn value(value: &Value, view: &View) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => match view.width {
            Some(_) => format!("{}\n", harmless_lines(text)),
            None => format!("{text}\n"),
        },
        Value::Object(object) if !object.is_empty() => sheet(object, view),
        Value::Array(list) if list.is_empty() || is_shown_as_table(value, view) => {
            table(list, list.len(), 0, view)
        }
        // A program that reads it may take it for JSON.
        Value::Array(_) => format!("{value:#}\n"),
        other => format!("{}\n", Cell::of("", Some(other)).painted(usize::MAX, view.paint)),
    }
}

fn is_shown_as_table(list: &Value, view: &View) -> bool {
    view.width.is_some() || objects(list).is_some()
}
