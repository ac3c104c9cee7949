//! Where a contact stands: as the plan knows it, done in part, or changed by somebody else.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::Work;
use super::compare::{Expected, is_settable};
use crate::api::plan::{PlanAction, PlanItem};
use crate::client::routes;
use crate::schema::{Difference, differences};
use crate::{ErrorKind, Result};

/// Fields that a reason names; the rest is counted.
const NAMED: usize = 4;
/// Letters of a value in a reason.
const LONGEST: usize = 40;

/// Where a contact's notes are.
const NOTES: &str = "notes";

/// What was found of a contact.
#[derive(Debug, Clone)]
pub(super) enum Standing {
    /// Its items may be sent; those with a number up to this one are done already.
    Going { done_until: u64 },
    /// None of its items may be sent any more.
    Stopped(String),
}

/// What each contact is expected to be, by the id that the plan has for it, and which items are about it.
pub(super) struct States {
    expected: HashMap<String, Expected>,
    items: HashMap<String, Vec<usize>>,
}

impl States {
    pub(super) fn of(items: &[PlanItem]) -> Self {
        let mut states = Self { expected: HashMap::new(), items: HashMap::new() };
        for (place, item) in items.iter().enumerate() {
            let Some(id) = &item.contact else { continue };
            states.items.entry(id.clone()).or_default().push(place);
            if let Some(before) = &item.before {
                let expected = Expected { fields: before.clone(), was_read: true };
                states.expected.entry(id.clone()).or_insert(expected);
            }
        }
        states
    }

    /// True where items of this contact follow behind this one.
    pub(super) fn go_on_behind(&self, item: &PlanItem) -> bool {
        let last = item.contact.as_ref().and_then(|id| self.items.get(id)?.last());
        last.is_some_and(|last| *last as u64 + 1 > item.number)
    }

    /// An item was done: with the contact after it, where that is known.
    pub(super) fn done(&mut self, item: &PlanItem, after: Option<Map<String, Value>>) {
        let Some(id) = &item.contact else { return };
        let expected = match (after, self.expected.get(id)) {
            (Some(fields), _) => Expected { fields, was_read: true },
            (None, Some(before)) => before.after(item),
            (None, None) => Expected { fields: Map::new(), was_read: false }.after(item),
        };
        self.expected.insert(id.clone(), expected);
    }
}

impl Work<'_> {
    /// Reads the contact, and tells what may be done with it from this item on.
    pub(super) async fn look(&self, item: &PlanItem, id: &str) -> Result<Standing> {
        let answer = self.client.send(&routes::get_contact(id)?).await;
        let contact = match answer.and_then(|answer| answer.json()) {
            Ok(contact) => Some(contact),
            Err(error) if error.kind == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let rest = self.rest(item);
        match contact {
            Some(contact) => self.judge(item, &rest, &contact),
            None => Ok(match rest.iter().find(|item| item.action == PlanAction::Delete) {
                Some(delete) => Standing::Going { done_until: delete.number },
                None => Standing::Stopped("the contact was deleted since".to_owned()),
            }),
        }
    }

    fn judge(
        &self,
        item: &PlanItem,
        rest: &[PlanItem],
        contact: &Map<String, Value>,
    ) -> Result<Standing> {
        let planned = item.contact.as_deref().unwrap_or_default();
        let Some(expected) = self.book().states.expected.get(planned).cloned() else {
            return Ok(Standing::Stopped("the plan does not tell what it was".to_owned()));
        };
        if expected.is(contact) {
            return Ok(Standing::Going { done_until: 0 });
        }
        let sent = self.begun(item)?.is_some();
        let updates = rest.iter().take_while(|item| item.action == PlanAction::Update).count();
        let done =
            (1..=updates).rev().find(|many| expected.is_after(&rest[..*many], contact, sent));
        Ok(match done {
            Some(many) => Standing::Going { done_until: rest[many - 1].number },
            None => Standing::Stopped(changed(&differences(&expected.fields, contact))),
        })
    }

    /// The items about the same contact, from this one on, as they show in it.
    fn rest(&self, item: &PlanItem) -> Vec<PlanItem> {
        let book = self.book();
        let places = item.contact.as_ref().and_then(|id| book.states.items.get(id));
        let items = places.into_iter().flatten().filter_map(|place| self.plan.items.get(*place));
        items.filter(|one| one.number >= item.number).map(|one| book.ids.shown(one)).collect()
    }
}

/// The text of the note that was added last, where the list of them grew.
fn added(change: &Difference) -> Option<Value> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (old, new) = (list(&change.old), list(&change.new));
    let grew = change.field == NOTES && new.len() > old.len();
    new.iter().rfind(|note| grew && !old.contains(note))?.get("message").cloned()
}

/// `the contact changed since the plan was made: rating 2 → 3`
fn changed(differences: &[Difference]) -> String {
    // What people change says more than the history of it.
    let (settable, rest): (Vec<_>, Vec<_>) =
        differences.iter().partition(|change| is_settable(&change.field) || change.field == NOTES);
    let differences = if settable.is_empty() { rest } else { settable };
    let short = |value: &Value| {
        let text = match value {
            Value::Null => "nothing".to_owned(),
            value => value.to_string(),
        };
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    };
    let named = differences.iter().take(NAMED);
    let mut fields: Vec<_> = named
        .map(|change| match added(change) {
            Some(text) => format!("a note was added: {}", short(&text)),
            None => format!("{} {} → {}", change.field, short(&change.old), short(&change.new)),
        })
        .collect();
    if differences.len() > NAMED {
        fields.push(format!("and {} more", differences.len() - NAMED));
    }
    format!("the contact changed since the plan was made: {}", fields.join(", "))
}
