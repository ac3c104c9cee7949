//! What an undo did, in words for people.

use std::fmt::Write as _;
use std::io::stdout;

use serde_json::Value;

use crate::runtime::{UndoAction, UndoItem, UndoOutcome, UndoReport};
use crate::schema::Difference;
use crate::terminal::{Paint, Role, counted, cut, harmless};

/// Columns of one value; what is longer is cut.
const WIDE: usize = 60;
/// Contacts that are shown one by one.
const SHOWN: usize = 200;

/// A line for each contact, with its fields below it.
pub(super) fn items(report: &UndoReport) -> String {
    let paint = Paint::of(&stdout());
    let mut text = String::new();
    for item in report.items.iter().take(SHOWN) {
        add(&mut text, item, paint);
    }
    if report.items.len() > SHOWN {
        let more = counted(report.items.len() - SHOWN, "more contact");
        let _ = writeln!(text, "… and {more}: -o json tells of all");
    }
    text
}

/// How it went, in a line.
pub(super) fn summary(report: &UndoReport, is_dry_run: bool) -> String {
    let verb = if is_dry_run { "would be undone" } else { "undone" };
    let mut parts = vec![format!("{} {verb}", counted(report.undone, "contact"))];
    for (count, what) in [
        (report.already, "with nothing to undo"),
        (report.skipped, "left alone"),
        (report.failed, "failed"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let by = match (report.undo, is_dry_run) {
        (_, true) => "; nothing was sent".to_owned(),
        (Some(undo), _) => format!("; `cliengo runs undo {undo}` takes that back"),
        (None, _) => String::new(),
    };
    format!("run {}: {}{by}", report.run, parts.join(", "))
}

/// What may help where contacts were left alone: not where the run's own fields were changed.
pub(super) fn hint(report: &UndoReport) -> Option<&'static str> {
    let helps = |item: &UndoItem| item.others_apart;
    report.items.iter().any(helps).then_some(
        "  hint: --despite-other-changes puts back what the run changed where others changed something else",
    )
}

fn add(text: &mut String, item: &UndoItem, paint: Paint) {
    let (sign, role) = sign(item);
    let who = match (&item.name, &item.contact) {
        (Some(name), Some(id)) => format!("{name} ({id})"),
        (Some(name), None) => name.clone(),
        (None, Some(id)) => id.clone(),
        (None, None) => "a call".to_owned(),
    };
    let _ = writeln!(text, "{} {}", paint.role(role, &sign), harmless(&who));
    if let Some(reason) = &item.reason {
        line(text, reason);
    }
    fields(text, &item.fields);
    fields(text, &item.changed);
    if let Some(id) = &item.new_id {
        line(text, &format!("its id is {id} now"));
    }
    for left in &item.left {
        line(text, &format!("not taken back: {left}"));
    }
}

fn sign(item: &UndoItem) -> (String, Role) {
    let would = item.outcome == UndoOutcome::Planned;
    match (item.outcome, item.action) {
        (UndoOutcome::Skipped, _) => ("! left alone".to_owned(), Role::Warning),
        (UndoOutcome::Failed, _) => ("! failed".to_owned(), Role::Error),
        (_, UndoAction::None) => ("= nothing to undo".to_owned(), Role::Dim),
        (_, action) => {
            let (sign, done, planned, role) = match action {
                UndoAction::Delete => ("−", "deleted", "delete", Role::Error),
                UndoAction::Recreate => ("+", "made anew", "make anew", Role::Success),
                _ => ("~", "put back", "put back", Role::Warning),
            };
            let words = if would { format!("would {planned}") } else { done.to_owned() };
            (format!("{sign} {words}"), role)
        }
    }
}

/// The fields, a line each, one below the other.
pub(in crate::cli) fn fields(text: &mut String, fields: &[Difference]) {
    let widest = fields.iter().map(|it| it.field.len()).max().unwrap_or_default();
    for Difference { field, old, new } in fields {
        let (old, new) = (short(old), short(new));
        let _ = writeln!(text, "    {}  {old} → {new}", harmless(&format!("{field:widest$}")));
    }
}

fn line(text: &mut String, words: &str) {
    let _ = writeln!(text, "    {}", harmless(words));
}

/// A value on one line.
fn short(value: &Value) -> String {
    let text = match value {
        Value::Null => "—".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.len() > 1 => format!("a list of {}", items.len()),
        other => other.to_string(),
    };
    cut(&harmless(&text).replace('\n', " "), WIDE).into_owned()
}
