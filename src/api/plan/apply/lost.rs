//! Whether what was sent, and whose answer never came, was done.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::Value;

use super::Work;
use super::send::id_of;
use crate::Result;
use crate::api::contact_once::{MARGIN, find, skew};
use crate::api::is_as_created;
use crate::api::plan::PlanItem;
use crate::client::routes;
use crate::client::upsert::sent;

/// What became of a create whose answer never came.
pub(super) enum Created {
    /// No contact is like it.
    Not,
    /// This is the contact.
    As(Bytes),
    /// The contact with this id is like it and has more, or was changed since: it may be somebody else's.
    Doubtful(String),
    /// Its fields do not tell its contact from others.
    Untold,
}

impl Work<'_> {
    /// True where an item about a contact needs not be sent. `shows` says that the contact looks as if it were
    /// done: for a note or a message that is not enough, for the same may have been said before.
    pub(super) async fn was_done(&self, item: &PlanItem, id: &str, shows: bool) -> Result<bool> {
        let said = item.changes.iter().find(|change| {
            item.creates.is_some() && matches!(change.field.as_str(), "notes" | "messages")
        });
        match said {
            None => Ok(shows),
            Some(_) if !shows && self.begun(item)?.is_none() => Ok(false),
            Some(said) => {
                let earlier = self.said_before(item, &said.field, &said.new)?;
                let shown = self.book().ids.value(&said.new).unwrap_or_default();
                Ok(self.said_since(id, &said.field, &shown).await? > earlier)
            }
        }
    }

    /// How many items before this one said the same to the same contact, and were done.
    fn said_before(&self, item: &PlanItem, part: &str, text: &Value) -> Result<usize> {
        let same = |one: &&PlanItem| {
            let says = one.changes.iter().any(|change| change.field == part && change.new == *text);
            one.number < item.number && one.contact == item.contact && says
        };
        let mut count = 0;
        for one in self.plan.items.iter().filter(same) {
            count += usize::from(self.done(one)?.is_some());
        }
        Ok(count)
    }

    /// How often this was said to the contact since the plan was made.
    async fn said_since(&self, id: &str, part: &str, text: &Value) -> Result<usize> {
        let since = self.plan.made.checked_add(skew(self.client).await?).unwrap_or(self.plan.made);
        let since = since.checked_sub(MARGIN).unwrap_or(since);
        let list = self.client.list(&routes::contact_part(id, part)?, part).await?;
        let list: Vec<Value> = serde_json::from_slice(&list).unwrap_or_default();
        let is_new = |said: &&Value| {
            let date =
                said["creationDate"].as_str().and_then(|date| date.parse::<Timestamp>().ok());
            said["message"] == *text && date.is_none_or(|date| date >= since)
        };
        Ok(list.iter().filter(is_new).count())
    }

    /// The contact that an earlier apply created.
    pub(super) async fn created_since(&self, item: &PlanItem, since: Timestamp) -> Result<Created> {
        let body = self.book().ids.value(&item.body).unwrap_or_default();
        let Some(fields) = body.as_object() else { return Ok(Created::Untold) };
        let Some(wanted) = sent(fields) else { return Ok(Created::Untold) };
        let is_other = |contact: &serde_json::Map<String, Value>| {
            let id = contact.get("id").and_then(Value::as_str);
            id.is_none_or(|id| !self.book().ids.holds(id))
        };
        let Some(row) = find(self.client, since, &wanted, &is_other).await? else {
            return Ok(Created::Not);
        };
        // A list may tell less of a contact than there is.
        let id = id_of(&row).unwrap_or_default();
        let contact = self.client.send(&routes::get_contact(&id)?).await?.body;
        let now: serde_json::Map<String, Value> =
            serde_json::from_slice(&contact).unwrap_or_default();
        Ok(if is_as_created(&now, fields) { Created::As(contact) } else { Created::Doubtful(id) })
    }
}
