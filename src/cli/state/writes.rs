//! The journaled writes of a run, as they are shown.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::describe::time;
use crate::cli::undo;
use crate::schema::{Difference, differences};
use crate::store::{JournaledWrite, WriteKind, WriteOutcome};
use crate::terminal::harmless;

/// A write with the fields that it changed.
pub(super) fn shown(write: &JournaledWrite) -> Value {
    let end = write.end.as_ref();
    json!({
        "number": write.id,
        "at": time(Some(write.begin.at)),
        "method": write.begin.method,
        "path": write.begin.path,
        "kind": write.begin.kind,
        "outcome": write.outcome(),
        "status": end.and_then(|end| end.status),
        "contact": write.begin.contact,
        "created": end.and_then(|end| end.created.as_ref()),
        "changes": changes(write),
    })
}

/// The writes with the fields that each changed, for people.
pub(super) fn text(journal: &[JournaledWrite]) -> String {
    // Every write adds to the history, which tells a person nothing here.
    let mut text = format!("\nwrites ({})\n", journal.len());
    for write in journal {
        let made = write.end.as_ref().and_then(|end| end.created.as_deref());
        let made = made.map(|id| format!(" (created {id})")).unwrap_or_default();
        let ended = match write.outcome() {
            WriteOutcome::Done => "",
            WriteOutcome::Refused => " — refused",
            WriteOutcome::Unknown => " — outcome unknown",
        };
        let line = format!("{} {}{made}{ended}", write.begin.method, write.begin.path);
        let _ = writeln!(text, "  {}", harmless(&line));
        let mut changed = changes(write);
        changed.retain(|it| it.field != "logs");
        undo::fields(&mut text, &changed);
    }
    text.trim_end().to_owned()
}

/// What the write changed; of one that makes a contact, what it sent.
fn changes(write: &JournaledWrite) -> Vec<Difference> {
    let after = write.end.as_ref().and_then(|end| end.after.as_ref());
    match (write.begin.kind, &write.begin.before, after, write.begin.body.as_object()) {
        (WriteKind::Create, _, _, Some(sent)) => differences(&Default::default(), sent),
        (WriteKind::Create | WriteKind::Delete | WriteKind::Other, ..) => Vec::new(),
        (_, Some(before), Some(after), _) => differences(before, after),
        _ => Vec::new(),
    }
}
