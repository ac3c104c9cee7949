//! One object on a sheet: a line for each name.

use serde_json::{Map, Value};

use super::cell::{Cell, is_empty};
use super::rows::{Row, beginning_with, columns, is_contact, objects};
use super::text::{cut, one_line, width};
use super::{View, table, thousands};
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
        let widest = names.iter().map(|name| width(&one_line(name, " "))).max().unwrap_or(0);
        // A value is what a person looks for: its name takes half of the line at most.
        let widest = self.room(0).map_or(widest, |room| widest.min(room / 2));
        names.iter().map(|name| self.field(name, object.get(name), widest)).collect()
    }

    fn field(&self, name: &str, value: Option<&Value>, widest: usize) -> String {
        let indent = " ".repeat(self.depth * INDENT);
        let title = cut(&one_line(name, " "), widest).into_owned();
        let shown = self.view.paint.name(&title);
        if let Some(below) = self.below(value) {
            return format!("{indent}{shown}\n{below}");
        }
        let spaces = " ".repeat(widest.saturating_sub(width(&title)) + 2);
        let room = self.room(widest + 2).unwrap_or(usize::MAX);
        let cell = self.cell(name, value).cut(room).painted(self.view.paint);
        format!("{indent}{shown}{spaces}{cell}\n")
    }

    /// The columns of the terminal that are left behind the indent and so many.
    fn room(&self, taken: usize) -> Option<usize> {
        self.view.narrower(self.depth * INDENT + taken).width
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
        let shown = &rows[..rows.len().min(self.view.rows)];
        let mut text = table::body(shown, &self.view.narrower(indent));
        if shown.len() < rows.len() {
            let more = format!("… {} more", thousands(rows.len() - shown.len()));
            text.push_str(&self.view.paint.dim(&more));
        }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::terminal::Paint;

    fn shown(value: Value, width: Option<usize>) -> String {
        let view = View { width, ..View::PLAIN };
        sheet(value.as_object().unwrap(), &view)
    }

    #[test]
    fn a_contact_is_grouped_as_in_the_crm_without_what_says_nothing() {
        let contact = json!({
            "id": "6b079470faf7e95b9a001387", "name": "Thaís", "lastName": null, "email": "",
            "message": "Hola.\nQuiero saber el precio del departamento de la foto", "status": "NEW",
            "tags": ["vip", "norte"], "calls": [], "geoip": { "city": "Lima", "latitude": -12.5 },
            "utmSource": "google", "zoo": true,
            "logs": [{ "date": "2026-11-17T21:47:38.016Z", "type": "CREATED" }],
        });
        let expected = "\
Contact
  id       6b079470faf7e95b9a001387
  name     Thaís
  message  Hola. ⏎ Quiero saber el prec…

Follow-up
  status  NEW
  tags    vip, norte

Campaign
  utmSource  google

Address
  geoip
    city      Lima
    latitude  -12.5

Activity
  logs
    date              type
    2026-11-17 21:47  CREATED

Other
  zoo  true
";
        assert_eq!(shown(contact, Some(40)), expected);
    }

    #[test]
    fn any_other_object_is_shown_by_name_with_what_is_in_it_indented() {
        let object =
            json!({ "名": 1, "inner": { "x": { "y": null } }, "list": [1, 2], "empty": {} });
        let expected = "empty  {}\ninner\n  x\n    y\nlist   [1,2]\n名     1\n";
        let trimmed: String =
            shown(object, Some(80)).lines().map(|line| format!("{}\n", line.trim_end())).collect();
        assert_eq!(trimmed, expected);
    }

    #[test]
    fn without_a_terminal_every_name_has_its_line() {
        let contact = json!({ "id": "1", "status": "NEW", "name": null, "tags": ["a"] });
        let expected = "id      1\nname    \nstatus  NEW\ntags    [\"a\"]\n";
        assert_eq!(shown(contact, None), expected);
    }

    #[test]
    fn a_list_within_an_object_shows_no_more_rows_than_a_list() {
        let view = View { width: Some(80), rows: 2, ..View::PLAIN };
        let object = json!({ "logs": [{ "n": 1 }, { "n": 2 }, { "n": 3 }] });
        let expected = "logs\n  n\n  1\n  2\n  … 1 more\n";
        assert_eq!(sheet(object.as_object().unwrap(), &view), expected);
    }

    #[test]
    fn what_is_too_deep_is_json() {
        let deep = json!({ "a": { "b": { "c": { "d": { "e": { "f": 1 } } } } } });
        assert!(shown(deep, Some(80)).ends_with("        e  {\"f\":1}\n"));
    }

    #[test]
    fn names_and_values_are_coloured_by_what_they_are() {
        let view = View { paint: Paint { on: true }, width: Some(80), ..View::PLAIN };
        let object = json!({ "n": 1, "at": "2026-11-17T21:47:38Z" });
        let expected = "\x1b[36mat\x1b[0m  \x1b[34m2026-11-17T21:47:38Z\x1b[0m\n\
                        \x1b[36mn\x1b[0m   \x1b[33m1\x1b[0m\n";
        assert_eq!(sheet(object.as_object().unwrap(), &view), expected);
    }
}
