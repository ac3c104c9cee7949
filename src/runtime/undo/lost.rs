//! Looks for a contact whose create got no answer.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::values::{Fields, same, value};
use crate::Result;
use crate::api::skew;
use crate::client::Client;
use crate::schema::{ContactFilter, read_instant};

/// Clocks of two machines, compared by the second, differ by less.
const BEFORE: SignedDuration = SignedDuration::from_mins(1);
/// A create that got no answer is done by then, or never.
const AFTER: SignedDuration = SignedDuration::from_mins(10);

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// No contact like it.
    None,
    /// One that was created when it would have been.
    One(String),
    /// Several, or one that was created later: it may be somebody else's.
    Doubtful(Vec<String>),
}

/// Looks for a contact with all these fields that was created at that time, by the clock here. `known` are
/// the ids of those that others are known to have created.
pub(super) async fn find(
    client: &Client,
    at: Timestamp,
    fields: &Fields,
    known: &HashSet<String>,
) -> Result<Found> {
    let there = at.checked_add(skew(client).await?).unwrap_or(at);
    let since = there.checked_sub(BEFORE).ok();
    let filter = ContactFilter { since, ..ContactFilter::default() };
    let mut walk = client.contacts().list(filter).walk();
    let (mut timely, mut late) = (Vec::new(), Vec::new());
    while let Some(page) = walk.next_page().await? {
        for row in page {
            let contact: Fields = serde_json::from_slice(&row.json).unwrap_or_default();
            let id = contact.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            let is_it = |(name, sent): (&String, &Value)| same(name, sent, &value(&contact, name));
            if known.contains(&id) || !fields.iter().all(is_it) {
                continue;
            }
            if is_timely(&contact, there) { timely.push(id) } else { late.push(id) }
        }
    }
    Ok(match (timely.as_slice(), late.is_empty()) {
        ([], true) => Found::None,
        ([id], _) => Found::One(id.clone()),
        _ => Found::Doubtful(timely.into_iter().chain(late).collect()),
    })
}

fn is_timely(contact: &Fields, there: Timestamp) -> bool {
    let created = contact.get("creationDate").and_then(|date| read_instant(&date.to_string()));
    let window = (there.checked_sub(BEFORE), there.checked_add(AFTER));
    match (created, window) {
        (Some(created), (Ok(from), Ok(until))) => created >= from && created <= until,
        _ => false,
    }
}
