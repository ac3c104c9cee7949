//! A run that only says what it would write. Nothing but reads reaches the API; each write is answered as
//! the API would, so that the script goes on as in earnest.
//!
//! What was written in the rehearsal is known to its later writes, not to its reads.

mod contact;
mod steps;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::client::{Client, Method, Request, Response, routes};
use crate::{Error, ErrorKind, Result};

pub(super) use self::steps::RehearsedSteps;

/// What a rehearsal knows of the account after the writes that it did not make.
#[derive(Debug, Default)]
pub(super) struct Rehearsal {
    /// The contacts that it wrote, as they would be; none for one that it deleted.
    contacts: Mutex<HashMap<String, Option<Map<String, Value>>>>,
}

impl Rehearsal {
    /// The answer that the API would give to this write.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] for a contact that there is not; whatever a read of it fails with.
    pub(super) async fn answer(&self, client: &Client, request: &Request) -> Result<Response> {
        let path = request.path().split(['?', '#']).next().unwrap_or_default();
        let decoded = |part| percent_decode_str(part).decode_utf8_lossy();
        let parts: Vec<Cow<'_, str>> = path.split('/').skip(1).map(decoded).collect();
        let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
        let (method, fields) = (request.method(), fields(request));
        let (status, body) = match (method, &parts[..]) {
            (Method::Post, ["contacts"]) => (201, self.create(fields)),
            (Method::Delete, ["contacts", id]) => (200, self.delete(client, request, id).await?),
            (Method::Post, ["conversations"]) => (201, contact::conversation(fields)),
            (_, ["contacts", id, part @ ..]) => match change_of(method, part) {
                Some((status, change)) => {
                    let mut contact = self.contact(client, request, id).await?;
                    let answer = change(&mut contact, fields);
                    self.keep(id, Some(contact));
                    (status, answer)
                }
                None => (200, json!({})),
            },
            _ => (200, json!({})),
        };
        let body = body.to_string().into();
        Ok(Response { status, headers: Vec::new(), body, attempts: 0 })
    }

    /// A contact like this among those that it wrote.
    pub(super) fn find(
        &self,
        is: &dyn Fn(&Map<String, Value>) -> bool,
    ) -> Option<Map<String, Value>> {
        self.lock().values().flatten().find(|contact| is(contact)).cloned()
    }

    fn create(&self, fields: Map<String, Value>) -> Value {
        let (id, contact) = contact::create(fields);
        self.keep(&id, Some(contact.clone()));
        Value::Object(contact)
    }

    async fn delete(&self, client: &Client, request: &Request, id: &str) -> Result<Value> {
        self.contact(client, request, id).await?;
        self.keep(id, None);
        Ok(json!({ "id": id, "deleted": true }))
    }

    /// The contact as it would be by now.
    async fn contact(
        &self,
        client: &Client,
        request: &Request,
        id: &str,
    ) -> Result<Map<String, Value>> {
        let known = self.lock().get(id).cloned();
        match known {
            Some(Some(contact)) => Ok(contact),
            Some(None) => {
                let message = format!("Contact {id} not found (404)");
                Err(request.blame(Error::new(ErrorKind::NotFound, message).with_status(404)))
            }
            None => {
                let answer = client.send(&routes::get_contact(id)?).await;
                answer.and_then(|answer| answer.json()).map_err(|error| request.blame(error))
            }
        }
    }

    fn keep(&self, id: &str, contact: Option<Map<String, Value>>) {
        self.lock().insert(id.to_owned(), contact);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Option<Map<String, Value>>>> {
        self.contacts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The status and the change of a write below a contact; none for what is not known.
fn change_of(method: Method, part: &[&str]) -> Option<(u16, contact::Change)> {
    Some(match (method, part) {
        (Method::Patch, []) => (200, contact::update),
        (Method::Put, ["status"]) => (200, contact::set_status),
        (Method::Post, ["tags"]) => (201, contact::add_tag),
        (Method::Post, ["notes"]) => (201, contact::add_note),
        (Method::Post, ["messages"]) => (201, contact::add_message),
        _ => return None,
    })
}

/// The write in a line: `would PATCH /contacts/… {"rating":5}`.
pub(super) fn describe(request: &Request) -> String {
    let body = request.body().map(String::from_utf8_lossy).unwrap_or_default();
    let line = format!("would {} {} {body}", request.method(), request.target());
    line.trim_end().to_owned()
}

/// The call of an embedder's own function in a line: `would call crm.push("Ana",5)`.
pub(super) fn describe_call(path: &str, arguments: &[Value]) -> String {
    let given = arguments.iter().rposition(|value| !value.is_null()).map_or(0, |last| last + 1);
    let given: Vec<String> = arguments[..given].iter().map(Value::to_string).collect();
    format!("would call {path}({})", given.join(", "))
}

fn fields(request: &Request) -> Map<String, Value> {
    let fields = request.body().map(serde_json::from_slice);
    fields.and_then(std::result::Result::ok).unwrap_or_default()
}
