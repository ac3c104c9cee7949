//! Looks for a contact whose create got no answer.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::values::{Fields, same, value};
use crate::Result;
use crate::api::{is_as_created, skew, was_changed, write_log};
use crate::client::Client;
use crate::schema::{ContactFilter, contact_field, read_instant};

/// What was created so long before may still be it, for clocks differ; it is not surely it.
const SEARCHED: SignedDuration = SignedDuration::from_mins(1);
/// Clocks of two machines, compared by the second, differ by less.
const BEFORE: SignedDuration = SignedDuration::from_secs(5);
/// A create that got no answer is done by then, or never.
const AFTER: SignedDuration = SignedDuration::from_mins(10);
/// What no change of a contact changes.
const LASTING: &str = "websiteId";
/// What tells one person from another.
const OF_PERSONS: [&str; 4] = ["name", "lastName", "email", "phone"];

/// What is looked for.
pub(super) struct Sought<'a> {
    /// When the create was sent, by the clock here.
    pub(super) at: Timestamp,
    /// What it sent.
    pub(super) fields: &'a Fields,
    /// Whether another write is known to have created the contact with this id.
    pub(super) is_others: &'a (dyn Fn(&str) -> Result<bool> + Sync),
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// No contact that may be it.
    None,
    /// The one that it is: created when it would have been, and as it would have been.
    One(String),
    /// Several that it may be; or one that was created later, that has more, or that was changed since.
    Doubtful(Vec<String>),
}

/// Looks for the contact. What else is known of a contact than what was sent, and what the API gives each by
/// itself, is the work of others: then it is not surely the one.
pub(super) async fn find(client: &Client, sought: &Sought<'_>) -> Result<Found> {
    let there = sought.at.checked_add(skew(client).await?).unwrap_or(sought.at);
    let since = there.checked_sub(SEARCHED).ok();
    let filter = ContactFilter { since, ..ContactFilter::default() };
    let mut walk = client.contacts().list(filter).walk();
    let (mut timely, mut late) = (Vec::new(), Vec::new());
    while let Some(page) = walk.next_page().await? {
        for row in page {
            let contact: Fields = serde_json::from_slice(&row.json).unwrap_or_default();
            let id = contact.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            let is_timely = is_timely(&contact, there);
            let may_be =
                if is_timely { sought.may_become(&contact) } else { sought.fits(&contact) };
            if may_be && !(sought.is_others)(&id)? {
                if is_timely { timely.push(id) } else { late.push(id) }
            }
        }
    }
    sought.choose(client, timely, late).await
}

impl Sought<'_> {
    /// Which it is of those that were created when it would have been; `late` are others like it.
    async fn choose(
        &self,
        client: &Client,
        timely: Vec<String>,
        late: Vec<String>,
    ) -> Result<Found> {
        let (mut sure, mut doubtful) = (Vec::new(), Vec::new());
        for id in timely {
            // A list may tell less of a contact than there is.
            let Some(contact) = write_log::read(client, &id).await? else { continue };
            let fits = self.fits(&contact);
            let is_new = is_as_created(&contact, self.fields);
            match (fits, is_new) {
                (true, true) => sure.push(id),
                (true, false) => doubtful.push(id),
                (false, _) if self.may_have_been(&contact) => doubtful.push(id),
                (false, _) => {}
            }
        }
        Ok(match (sure.as_slice(), doubtful.is_empty(), late.is_empty()) {
            ([], true, true) => Found::None,
            ([id], true, _) => Found::One(id.clone()),
            _ => Found::Doubtful([sure, doubtful, late].concat()),
        })
    }

    /// True where the contact has all that was sent, as far as the API tells it.
    fn fits(&self, contact: &Fields) -> bool {
        let has = |(name, sent): (&String, &Value)| {
            let is_told = contact_field(name).is_none_or(|field| field.answered);
            !is_told && !contact.contains_key(name) || same(name, sent, &value(contact, name))
        };
        self.fields.iter().all(has)
    }

    /// True where it may be it, whatever was changed since.
    fn may_become(&self, contact: &Fields) -> bool {
        let sent = value(self.fields, LASTING);
        sent.is_null() || same(LASTING, &sent, &value(contact, LASTING))
    }

    /// True where it may have been as it was sent, and was changed since.
    fn may_have_been(&self, contact: &Fields) -> bool {
        let shares = |name: &&str| {
            let sent = value(self.fields, name);
            !sent.is_null() && same(name, &sent, &value(contact, name))
        };
        was_changed(contact) || OF_PERSONS.iter().any(shares)
    }
}

fn is_timely(contact: &Fields, there: Timestamp) -> bool {
    let created = contact.get("creationDate").and_then(|date| read_instant(&date.to_string()));
    let window = (there.checked_sub(BEFORE), there.checked_add(AFTER));
    match (created, window) {
        (Some(created), (Ok(from), Ok(until))) => created >= from && created <= until,
        _ => false,
    }
}
