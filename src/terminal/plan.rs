//! A plan as a diff: what is created, what changes from what to what, what is deleted.

mod entry;

use self::entry::Lines;
use super::{Paint, View, counted, thousands};
use crate::api::{Plan, PlanCounts};

/// Entries that are shown unless all are asked for.
const SHOWN: usize = 50;

/// The plan as whole lines, the last of them its counts. Where `more` says how to see all of it, long values are
/// cut, and only the first entries are shown.
pub(crate) fn plan(plan: &Plan, more: Option<&str>, view: &View) -> String {
    let entries = plan.entries();
    let most = if more.is_some() { SHOWN } else { entries.len() };
    let lines = Lines { view, cut: more.is_some() };
    let mut text: String =
        entries.iter().take(most).map(|entry| lines.of(entry, &plan.items)).collect();
    if let Some(more) = more.filter(|_| entries.len() > most) {
        let left = format!("… {} more ({more})", thousands(entries.len() - most));
        text.push_str(&format!("{}\n", view.paint.dim(&left)));
    }
    text.push_str(&summary(plan, view.paint));
    text
}

/// `plan: 1 to create, 2 to update; nothing was sent`
fn summary(plan: &Plan, paint: Paint) -> String {
    let PlanCounts { create, update, delete, other } = plan.counts();
    let contacts = [(create, "to create"), (update, "to update"), (delete, "to delete")];
    let some = contacts.iter().filter(|(count, _)| *count > 0);
    let mut parts: Vec<_> =
        some.map(|(count, what)| format!("{} {what}", thousands(*count))).collect();
    if other > 0 {
        parts.push(counted(other, "other call"));
    }
    let what = match parts.is_empty() {
        true if plan.is_empty() => "nothing to do".to_owned(),
        true => "nothing is left to do".to_owned(),
        false => parts.join(", "),
    };
    let title = if plan.complete { "plan:" } else { "plan, incomplete for the script failed:" };
    format!("{} {what}; nothing was sent\n", paint.heading(title))
}
