//! One entry of a plan: what becomes of a contact, or another call.

use serde_json::Value;

use crate::api::{PlanEntry, PlanEntryKind, PlanItem};
use crate::schema::{CONTACT_FIELDS, Difference};
use crate::terminal::cell::Cell;
use crate::terminal::text::one_line;
use crate::terminal::{Role, View, cut, width};

/// Columns of a value, where it is cut.
const LONGEST: usize = 60;
/// What stands for no value.
const NOTHING: &str = "—";

/// Writes entries.
pub(super) struct Lines<'a> {
    pub(super) view: &'a View,
    /// True where long values are cut.
    pub(super) cut: bool,
}

impl Lines<'_> {
    pub(super) fn of(&self, entry: &PlanEntry, items: &[PlanItem]) -> String {
        match entry.kind {
            PlanEntryKind::Create => self.contact("+ create", Role::Success, entry),
            PlanEntryKind::Update => self.contact("~ update", Role::Warning, entry),
            PlanEntryKind::Delete => self.title("− delete", Role::Error, entry),
            PlanEntryKind::Passing => self.title("± create and delete again", Role::Dim, entry),
            PlanEntryKind::Other => {
                entry.items.iter().filter_map(|at| items.get(*at)).map(|it| self.call(it)).collect()
            }
        }
    }

    /// `~ update Ana Pérez (66…a1)`: an id that was invented says nothing to anybody.
    fn title(&self, what: &str, role: Role, entry: &PlanEntry) -> String {
        let is_new = matches!(entry.kind, PlanEntryKind::Create | PlanEntryKind::Passing);
        let id = entry.contact.as_deref().filter(|_| !is_new);
        let words = match (entry.name.as_deref(), id) {
            (Some(name), Some(id)) => format!("{name} ({id})"),
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => "a contact without a name".to_owned(),
        };
        let words = self.fitting(&one_line(&words, " "), width(what) + 1);
        format!("{} {words}\n", self.view.paint.role(role, what))
    }

    fn contact(&self, what: &str, role: Role, entry: &PlanEntry) -> String {
        let mut rows: Vec<(String, String)> = Vec::new();
        let place = |change: &&Difference| {
            let place = CONTACT_FIELDS.iter().position(|field| field.name == change.field);
            place.unwrap_or(usize::MAX)
        };
        let mut changes: Vec<&Difference> = entry.changes.iter().collect();
        changes.sort_by_key(place);
        for change in changes {
            match change.field.as_str() {
                "tags" => rows.extend(self.tags(change)),
                field if entry.kind == PlanEntryKind::Create && change.old.is_null() => {
                    rows.push((field.to_owned(), self.value(field, &change.new)));
                }
                field => rows.push((field.to_owned(), self.change(field, change))),
            }
        }
        for (part, texts) in [("note", &entry.notes), ("message", &entry.messages)] {
            let said = |text: &String| Value::from(text.as_str());
            let quoted = texts.iter().map(|text| self.value("", &said(text).to_string().into()));
            rows.extend(quoted.map(|text| (part.to_owned(), format!("+ {text}"))));
        }
        let mut text = self.title(what, role, entry);
        if rows.is_empty() && entry.kind == PlanEntryKind::Update {
            text.push_str(&format!("    {}\n", self.view.paint.dim("nothing changes")));
        }
        let widest = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
        for (name, value) in rows {
            let spaces = " ".repeat(widest.saturating_sub(width(&name)) + 2);
            text.push_str(&format!("    {}{spaces}{value}\n", self.view.paint.name(&name)));
        }
        text
    }

    /// `2 → 5`
    fn change(&self, field: &str, change: &Difference) -> String {
        format!("{} → {}", self.value(field, &change.old), self.value(field, &change.new))
    }

    /// The tags that come and go.
    fn tags(&self, change: &Difference) -> Vec<(String, String)> {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let (old, new) = (list(&change.old), list(&change.new));
        let row = |sign: &str, tag: &Value| {
            ("tag".to_owned(), format!("{sign} {}", self.value("tag", tag)))
        };
        let gone = old.iter().filter(|tag| !new.contains(tag)).map(|tag| row("−", tag));
        let come = new.iter().filter(|tag| !old.contains(tag)).map(|tag| row("+", tag));
        gone.chain(come).collect()
    }

    fn value(&self, field: &str, value: &Value) -> String {
        let cell = match value {
            Value::Null => Cell { text: NOTHING.to_owned(), role: Role::Nothing },
            Value::String(text) if text.is_empty() => {
                Cell { text: "\"\"".to_owned(), role: Role::Nothing }
            }
            value => Cell::of(field, Some(value)),
        };
        let cell = if self.cut { cell.cut(LONGEST) } else { cell };
        cell.painted(self.view.paint)
    }

    /// `! POST /campaigns {"a":1}`
    fn call(&self, item: &PlanItem) -> String {
        let given = match (&item.text, &item.body) {
            (Some(text), _) => text.clone(),
            (None, Value::Array(arguments)) if item.is_outside() => {
                let arguments: Vec<_> = arguments.iter().map(Value::to_string).collect();
                format!("({})", arguments.join(", "))
            }
            (None, Value::Null) => String::new(),
            (None, body) => body.to_string(),
        };
        let gap = if item.is_outside() || given.is_empty() { "" } else { " " };
        let words = one_line(&format!("{} {}{gap}{given}", item.method, item.path), " ");
        let words = self.fitting(&words, 2);
        format!("{} {words}\n", self.view.paint.role(Role::Hint, "!"))
    }

    /// The text on what is left of a line behind so many columns.
    fn fitting(&self, text: &str, taken: usize) -> String {
        let room = self.view.width.map_or(2 * LONGEST, |width| width.saturating_sub(taken));
        if self.cut { cut(text, room).into_owned() } else { text.to_owned() }
    }
}
