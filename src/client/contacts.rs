//! The documented operations on contacts, typed.

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::request::Request;
use super::write::{self, written};
use super::{Client, Contact, ContactChanges, ListContacts, NewContact, Response, routes};
use crate::error::LOOK_IT_UP;
use crate::schema::{ContactFilter, check_create, check_update};
use crate::{Error, ErrorKind, Result};

/// The contacts of the account; from [`Client::contacts`].
#[derive(Debug, Clone, Copy)]
pub struct Contacts<'a>(&'a Client);

impl Contacts<'_> {
    pub(super) fn client(&self) -> &Client {
        self.0
    }

    /// The contacts that match, newest first and complete, whatever the API's 1,000-row cap. Await it
    /// for all of them, or go through its [`stream`](ListContacts::stream).
    pub fn list(&self, filter: ContactFilter) -> ListContacts {
        ListContacts::new(self.0.clone(), filter)
    }

    /// The number of contacts that match.
    ///
    /// # Errors
    /// As [`Client::send`]; [`ErrorKind::Incomplete`] where the API cannot give all that match.
    pub async fn count(&self, filter: ContactFilter) -> Result<u64> {
        self.0.count_contacts(&filter).await
    }

    /// The newest contact that matches.
    ///
    /// # Errors
    /// As [`count`](Self::count).
    pub async fn find(&self, mut filter: ContactFilter) -> Result<Option<Contact>> {
        filter.limit = Some(1);
        Ok(self.list(filter).await?.pop())
    }

    /// `GET /contacts/:id`
    ///
    /// # Errors
    /// As [`Client::send`]; [`ErrorKind::NotFound`] for an unknown id.
    pub async fn get(&self, id: &str) -> Result<Contact> {
        self.0.read(routes::get_contact(id)?).await
    }

    /// `POST /contacts`: the created contact.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] before anything is sent where a field is unknown or cannot be right;
    /// else as [`Client::send`].
    pub async fn create(&self, contact: &NewContact) -> Result<Contact> {
        let fields = check_create(fields_of(contact)?)?;
        self.0.write_contact(routes::create_contact(&Value::Object(fields)), None).await
    }

    /// `PATCH /contacts/:id`: the changed contact.
    ///
    /// # Errors
    /// As [`create`](Self::create), and where nothing is changed.
    pub async fn update(&self, id: &str, changes: &ContactChanges) -> Result<Contact> {
        let fields = check_update(fields_of(changes)?)?;
        self.0.write_contact(routes::update_contact(id, &Value::Object(fields))?, Some(id)).await
    }

    /// `DELETE /contacts/:id`
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn delete(&self, id: &str) -> Result<()> {
        write::deleted(self.0, self.0, id).await
    }

    /// `PUT /contacts/:id/status`
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn set_status(&self, id: &str, status: &str) -> Result<()> {
        write::sent(self.0, self.0, &routes::set_status(id, status)?).await.map(drop)
    }

    /// `POST /contacts/:id/tags`
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn add_tag(&self, id: &str, tag: &str) -> Result<()> {
        self.0.write(routes::add_tag(id, tag)?).await
    }

    /// `GET /contacts/:id/notes`
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn notes(&self, id: &str) -> Result<Vec<Value>> {
        self.0.read_list(routes::contact_part(id, "notes")?, "notes").await
    }

    /// `POST /contacts/:id/notes`
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn add_note(&self, id: &str, message: &str) -> Result<()> {
        self.0.write(routes::add_to_contact(id, "notes", message)?).await
    }

    /// `GET /contacts/:id/messages`
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn messages(&self, id: &str) -> Result<Vec<Value>> {
        self.0.read_list(routes::contact_part(id, "messages")?, "messages").await
    }

    /// `POST /contacts/:id/messages`
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn add_message(&self, id: &str, message: &str) -> Result<()> {
        self.0.write(routes::add_to_contact(id, "messages", message)?).await
    }

    /// `GET /contacts/:id/history`
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn history(&self, id: &str) -> Result<Vec<Value>> {
        self.0.read_list(routes::contact_part(id, "history")?, "history").await
    }
}

impl Client {
    /// The contacts of the account.
    pub fn contacts(&self) -> Contacts<'_> {
        Contacts(self)
    }

    /// A created or changed contact: the answer itself where it is the contact, else the contact
    /// read anew, for an API may answer a write with less.
    pub(crate) async fn whole_contact(
        &self,
        request: &Request,
        answer: Response,
        id: Option<&str>,
    ) -> Result<Bytes> {
        let body = unwrapped(&answer.body);
        let fields: Option<Map<String, Value>> = serde_json::from_slice(&body).ok();
        let named = fields.as_ref().and_then(|fields| fields.get("id")?.as_str());
        if named.is_some() && fields.as_ref().is_some_and(|fields| fields.len() > 2) {
            return Ok(body);
        }
        let place = answer.header("location").and_then(|place| place.rsplit('/').next());
        let Some(id) = named.or(id).or(place).filter(|id| !id.is_empty()) else {
            return Err(untold(request, "the contact was written, but the answer names no id"));
        };
        // Whatever the read's error says of trying again is not meant for the write.
        self.send(&routes::get_contact(id)?).await.map(|answer| answer.body).map_err(|error| {
            let message = &error.message;
            untold(
                request,
                format!("the contact {id} was written, but could not be read: {message}"),
            )
        })
    }

    async fn write_contact<T>(&self, request: Request, id: Option<&str>) -> Result<T>
    where
        T: DeserializeOwned,
    {
        let contact = written(self, self, &request, id).await?;
        serde_json::from_slice(&contact)
            .map_err(|error| request.blame(super::answer::unexpected_shape(&error)))
    }
}

/// The error of a write that was done.
fn untold(request: &Request, message: impl Into<String>) -> Error {
    request.blame(Error::new(ErrorKind::Decode, message).with_hint(LOOK_IT_UP))
}

/// The contact within `{ "contact": { … } }`, or the body as it is.
pub(crate) fn unwrapped(body: &Bytes) -> Bytes {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wrapped<'a> {
        #[serde(borrow)]
        contact: &'a serde_json::value::RawValue,
    }
    let inner = serde_json::from_slice::<Wrapped>(body).map(|wrapped| wrapped.contact.get());
    inner.map_or_else(|_| body.clone(), |inner| body.slice_ref(inner.as_bytes()))
}

fn fields_of(input: &impl Serialize) -> Result<Map<String, Value>> {
    match serde_json::to_value(input) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Error::invalid("the fields are no object")),
        Err(error) => Err(Error::invalid(format!("the fields cannot be sent: {error}"))),
    }
}
