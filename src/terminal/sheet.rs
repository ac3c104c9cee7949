//! One object on a sheet: a line for each name.

use serde_json::{Map, Value};

use super::cell::{Cell, is_empty};
use super::rows::{Row, beginning_with, columns, is_contact, objects};
use super::text::width;
use super::{View, harmless, table};
use crate::schema::{FieldGroup, contact_field};

/// Objects below this depth are JSON.
const DEEPEST: usize = 4;
/// What a part is moved to the right by.
const INDENT: usize = 2;

/// An object as whole lines: a contact in the groups of the CRM, without what says nothing; anything else
/// by name.
pub(crate) fn sheet(object: &Map<String, Value>, view: &View) -> String {
    match view.width {
        Some(_) if is_contact(object) => contact(object, view),
        _ => record(object, &[], view),
    }
}

/// An object with these names in front of the others.
pub(crate) fn record(object: &Map<String, Value>, first: &[&str], view: &View) -> String {
    Lines { view, depth: 0 }.of(object, &beginning_with(first, columns(&[object])))
}

fn contact(contact: Row<'_>, view: &View) -> String {
    let mut names = columns(&[contact]);
    names.retain(|name| contact.get(name).is_some_and(|value| !is_empty(value)));
    let group = |name: &str| contact_field(name).map_or(FieldGroup::Other, |field| field.group);
    let part = |part: FieldGroup| {
        let names: Vec<_> = names.iter().filter(|name| group(name) == part).cloned().collect();
        let heading = view.paint.heading(part.title());
        let lines = Lines { view, depth: 1 }.of(contact, &names);
        (!names.is_empty()).then(|| format!("{heading}\n{lines}"))
    };
    FieldGroup::ALL.into_iter().filter_map(part).collect::<Vec<_>>().join("\n")
}

/// Writes the lines of an object at a depth.
struct Lines<'a> {
    view: &'a View,
    depth: usize,
}

impl Lines<'_> {
    fn of(&self, object: Row<'_>, names: &[String]) -> String {
        let widest = names.iter().map(|name| width(&harmless(name))).max().unwrap_or(0);
        names.iter().map(|name| self.field(name, object.get(name), widest)).collect()
    }

    fn field(&self, name: &str, value: Option<&Value>, widest: usize) -> String {
        let indent = " ".repeat(self.depth * INDENT);
        let shown = self.view.paint.name(&harmless(name));
        if let Some(below) = self.below(value) {
            return format!("{indent}{shown}\n{below}");
        }
        let spaces = " ".repeat(widest.saturating_sub(width(&harmless(name))) + 2);
        let room = self.view.narrower(indent.len() + widest + 2).width.unwrap_or(usize::MAX);
        let cell = self.cell(name, value).painted(room, self.view.paint);
        format!("{indent}{shown}{spaces}{cell}\n")
    }

    /// What stands in lines of its own below the name.
    fn below(&self, value: Option<&Value>) -> Option<String> {
        let value = value.filter(|value| self.depth < DEEPEST && !is_empty(value))?;
        if let Value::Object(inner) = value {
            let lines = Lines { view: self.view, depth: self.depth + 1 };
            return Some(lines.of(inner, &columns(&[inner])));
        }
        let rows = objects(value).filter(|_| self.view.width.is_some())?;
        let indent = (self.depth + 1) * INDENT;
        let text = table::body(&rows, &self.view.narrower(indent));
        Some(text.lines().map(|line| format!("{}{line}\n", " ".repeat(indent))).collect())
    }

    /// What stands beside the name: words in a list without their quotes, where a person reads it.
    fn cell(&self, name: &str, value: Option<&Value>) -> Cell {
        let words = value.and_then(Value::as_array).filter(|_| self.view.width.is_some());
        let words: Option<Vec<&str>> =
            words.and_then(|list| list.iter().map(Value::as_str).collect());
        match words.filter(|words| !words.is_empty()) {
            Some(words) => Cell::of(name, Some(&words.join(", ").into())),
            None => Cell::of(name, value),
        }
    }
}
