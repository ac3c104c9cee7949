//! Update the contact that matches, or create it.

mod criteria;
mod fields;
mod find;
mod index;
mod ours;
mod search;
mod sent;

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};

#[cfg(feature = "check")]
pub(crate) use self::criteria::can_match;
pub(crate) use self::criteria::{Criteria, is_comparable};
pub(crate) use self::fields::Fields;
pub(crate) use self::find::Finder;
use self::find::{Found, the_only};
pub(crate) use self::sent::{Sent, sent};
use super::answer::unexpected_shape;
use super::write::{Writer, written};
use super::{Client, Contact, Contacts, routes};
use crate::{Error, ErrorKind, Result};

/// What an upsert did, with the contact after it.
#[derive(Debug, Clone, PartialEq)]
pub enum Upserted {
    /// None matched: the contact was created.
    Created(Contact),
    /// One matched, and was changed.
    Updated(Contact),
    /// One matched, and there was nothing that an update takes.
    Unchanged(Contact),
}

impl Upserted {
    /// The contact.
    pub fn into_contact(self) -> Contact {
        match self {
            Self::Created(contact) | Self::Updated(contact) | Self::Unchanged(contact) => contact,
        }
    }
}

/// What an upsert did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Did {
    Create,
    Update,
    Nothing,
}

impl Contacts<'_> {
    /// Updates the contact that matches, or creates it.
    ///
    /// `matching` is an object, such as `{ "email": "ana@example.com" }`, whose fields must all match,
    /// or the name or names of fields whose values stand in `fields`. E-mail addresses are compared
    /// without case, phone numbers by their digits, anything else exactly; an `id` is looked up and
    /// never created. `fields` may hold all that a create or an update takes: an update leaves out
    /// what only a create takes, and a create is followed by an update with what only that takes.
    ///
    /// Contacts are found whatever the reach of the API's search, which is measured once for each
    /// client; where it does not reach, or would cost more, and for phone numbers, which are written in
    /// many forms, all contacts are gone through once. What is then known of them is kept true by all
    /// writes of this client's contacts, not by a write that is sent with [`Client::send`].
    ///
    /// ```no_run
    /// use cliengo::client::Client;
    /// use serde_json::json;
    ///
    /// # async fn example(client: Client) -> cliengo::Result<()> {
    /// let fields = json!({ "email": "ana@example.com", "websiteId": "5e8f…", "rating": 5 });
    /// let ana = client.contacts().upsert("email", &fields).await?.into_contact();
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] before anything is sent where a field is unknown or cannot be right, and
    /// before anything is written where several contacts match; else as [`create`](Self::create) and
    /// [`update`](Self::update).
    pub async fn upsert<M, F>(&self, matching: &M, fields: &F) -> Result<Upserted>
    where
        M: Serialize + ?Sized,
        F: Serialize + ?Sized,
    {
        let cannot = |error| Error::invalid(format!("the fields cannot be sent: {error}"));
        let matching = serde_json::to_value(matching).map_err(cannot)?;
        let Value::Object(fields) = serde_json::to_value(fields).map_err(cannot)? else {
            return Err(Error::invalid("the fields are no object"));
        };
        let (criteria, fields) = plan(matching, fields)?;
        let client = self.client();
        let (did, json) = upsert(client, client, &criteria, &fields).await?;
        let contact = serde_json::from_slice(&json).map_err(|error| unexpected_shape(&error))?;
        Ok(match did {
            Did::Create => Upserted::Created(contact),
            Did::Update => Upserted::Updated(contact),
            Did::Nothing => Upserted::Unchanged(contact),
        })
    }

    /// Says that so many upserts will follow. From there it may be cheaper to go through all contacts
    /// once than to search for each; unless told, one follows.
    pub async fn foresee_upserts(&self, upserts: u64) {
        self.client().finder().foresee(upserts).await;
    }
}

/// Checks what is to be matched and written.
///
/// # Errors
/// [`ErrorKind::Invalid`] where a field is unknown or cannot be right.
pub(crate) fn plan(matching: Value, fields: Map<String, Value>) -> Result<(Criteria, Fields)> {
    let mut fields = fields;
    let criteria = Criteria::read(matching, &mut fields)?;
    let fields = Fields::split(fields, &criteria)?;
    Ok((criteria, fields))
}

/// Updates the contact that matches, or creates it; gives the contact's JSON.
pub(crate) async fn upsert(
    client: &Client,
    writer: &impl Writer,
    criteria: &Criteria,
    fields: &Fields,
) -> Result<(Did, Bytes)> {
    let finder = client.finder();
    let _turn = finder.turns.take(&format!("{:?} {}", criteria.names(), criteria.key())).await;
    let Some(found) = find(client, writer, criteria).await? else {
        return create(client, writer, fields).await.map(|json| (Did::Create, json));
    };
    let id = found.id.clone();
    match update(client, writer, found, fields).await {
        // It was known from before, and is no more.
        Err(error) if error.kind == ErrorKind::NotFound && criteria.id().is_none() => {
            if !writer.rehearses() {
                finder.forget(&id).await;
            }
            create(client, writer, fields).await.map(|json| (Did::Create, json))
        }
        other => other,
    }
}

/// The contact that matches, if there is one. An id alone is taken for one: its update will tell.
async fn find(client: &Client, writer: &impl Writer, criteria: &Criteria) -> Result<Option<Found>> {
    if let Some(contact) = writer.written(&|contact| criteria.match_contact(contact)) {
        let json = Value::Object(contact).to_string();
        return Ok(Some(Found { id: id_of(json.as_bytes()), json: Some(json.into()) }));
    }
    let Some(id) = criteria.id() else {
        return the_only(client.finder().find(client, criteria).await?, criteria);
    };
    if criteria.names().len() == 1 {
        return Ok(Some(Found { id: id.to_owned(), json: None }));
    }
    let json = client.send(&routes::get_contact(id)?).await?.body;
    let contact = serde_json::from_slice(&json).map_err(|error| unexpected_shape(&error))?;
    if !criteria.match_contact(&contact) {
        let message = format!("the contact {id} does not have the other values to match by");
        return Err(Error::new(ErrorKind::NotFound, message));
    }
    Ok(Some(Found { id: id.to_owned(), json: Some(json) }))
}

async fn update(
    client: &Client,
    writer: &impl Writer,
    found: Found,
    fields: &Fields,
) -> Result<(Did, Bytes)> {
    let Found { id, json } = found;
    if fields.update.is_empty() {
        return Ok((
            Did::Nothing,
            match json {
                Some(json) => json,
                None => client.send(&routes::get_contact(&id)?).await?.body,
            },
        ));
    }
    let json = change(client, writer, &id, &fields.update).await?;
    Ok((Did::Update, json))
}

/// Creates a contact, and sets what a create does not take.
pub(crate) async fn create(
    client: &Client,
    writer: &impl Writer,
    fields: &Fields,
) -> Result<Bytes> {
    let request = routes::create_contact(&Value::Object(fields.to_create()?));
    let json = written(client, writer, &request, None).await?;
    if fields.after.is_empty() {
        return Ok(json);
    }
    let id = id_of(&json);
    change(client, writer, &id, &fields.after).await.map_err(|error| {
        if error.is_written() {
            return error;
        }
        let names: Vec<_> = fields.after.keys().map(String::as_str).collect();
        let names = names.join(", ");
        error
            .within(format_args!("the contact {id} was created, but {names} could not be set"))
            .with_hint("set them with an update of this id; creating it again would make two")
    })
}

async fn change(
    client: &Client,
    writer: &impl Writer,
    id: &str,
    fields: &Map<String, Value>,
) -> Result<Bytes> {
    let request = routes::update_contact(id, &Value::Object(fields.clone()))?;
    written(client, writer, &request, Some(id)).await
}

fn id_of(json: &[u8]) -> String {
    let contact: Map<String, Value> = serde_json::from_slice(json).unwrap_or_default();
    contact.get("id").and_then(Value::as_str).unwrap_or_default().to_owned()
}
