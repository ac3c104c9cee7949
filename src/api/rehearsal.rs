//! What a run would do to the account, without doing it: reads are real, and each write is answered as
//! the API would, so that the script goes on as in earnest.
//!
//! What was written in the rehearsal is known to its later writes, and to reads of that contact alone: lists and
//! searches tell what the account holds.

mod contact;
mod reads;
mod record;
mod steps;
mod weight;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use self::record::{Effect, Record};
use crate::client::{Client, Method, Request, Response, routes};
use crate::{Error, ErrorKind, Result};

pub(super) use self::steps::RehearsedSteps;

/// What a rehearsal knows of the account after the writes that it did not make.
#[derive(Debug, Default)]
pub(super) struct Rehearsal {
    known: Mutex<Known>,
    record: Record,
}

#[derive(Debug, Default)]
struct Known {
    /// The contacts that it wrote, as they would be; none for one that it deleted.
    contacts: HashMap<String, Option<Map<String, Value>>>,
    /// The ids of those that it created.
    created: HashSet<String>,
    /// The notes and messages that it added, by contact and part.
    added: HashMap<(String, String), Vec<Value>>,
}

impl Rehearsal {
    /// The answer that the API would give to this write, which becomes an item of the plan.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] for a contact that there is not; [`ErrorKind::Limit`] once it keeps all that it
    /// can; whatever a read of the contact fails with.
    pub(super) async fn answer(&self, client: &Client, request: &Request) -> Result<Response> {
        self.record.room()?;
        let place = self.record.reserve();
        self.record.account(client).await;
        let (status, body, effect) = self.effect(client, request).await?;
        self.record.write(place, request, effect);
        let body = body.to_string().into();
        Ok(Response { status, headers: Vec::new(), body, attempts: 0 })
    }

    async fn effect(&self, client: &Client, request: &Request) -> Result<(u16, Value, Effect)> {
        let parts = parts(request.path());
        let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
        let (method, fields) = (request.method(), fields(request));
        Ok(match (method, &parts[..]) {
            (Method::Post, ["contacts"]) => self.create(fields),
            (Method::Delete, ["contacts", id]) => self.delete(client, request, id).await?,
            (Method::Post, ["conversations"]) => {
                let answer = contact::conversation(fields);
                let effect = Effect::other().creating(&answer);
                (201, answer, effect)
            }
            (_, ["contacts", id, part @ ..]) => match change_of(method, part) {
                Some((status, change)) => {
                    let (before, first) = self.contact(client, request, id).await?;
                    let mut contact = before.clone();
                    let answer = change(&mut contact, fields.clone());
                    let effect = Effect::update(id, (before, first), &contact, (part, &fields));
                    self.keep(id, Some(contact));
                    match part {
                        [part @ ("notes" | "messages")] => {
                            self.add(id, part, answer.clone());
                            (status, answer.clone(), effect.creating(&answer))
                        }
                        _ => (status, answer, effect),
                    }
                }
                None => (200, json!({}), Effect::other()),
            },
            _ => (200, json!({}), Effect::other()),
        })
    }

    /// A contact like this among those that it wrote.
    pub(super) fn find(
        &self,
        is: &dyn Fn(&Map<String, Value>) -> bool,
    ) -> Option<Map<String, Value>> {
        self.lock().contacts.values().flatten().find(|contact| is(contact)).cloned()
    }

    /// What it would have done.
    pub(super) fn record(&self) -> &Record {
        &self.record
    }

    fn create(&self, fields: Map<String, Value>) -> (u16, Value, Effect) {
        let (id, contact) = contact::create(fields.clone());
        let effect = Effect::create(&id, &fields);
        self.lock().created.insert(id.clone());
        self.keep(&id, Some(contact.clone()));
        (201, Value::Object(contact), effect)
    }

    async fn delete(
        &self,
        client: &Client,
        request: &Request,
        id: &str,
    ) -> Result<(u16, Value, Effect)> {
        let (before, first) = self.contact(client, request, id).await?;
        self.keep(id, None);
        Ok((200, json!({ "id": id, "deleted": true }), Effect::delete(id, before, first)))
    }

    /// The contact as it would be by now, and true where nothing was written to it yet.
    async fn contact(
        &self,
        client: &Client,
        request: &Request,
        id: &str,
    ) -> Result<(Map<String, Value>, bool)> {
        let known = self.lock().contacts.get(id).cloned();
        match known {
            Some(Some(contact)) => Ok((contact, false)),
            Some(None) => Err(request.blame(not_found(id))),
            None => {
                let answer = client.send(&routes::get_contact(id)?).await;
                let contact = answer.and_then(|answer| answer.json());
                contact.map(|contact| (contact, true)).map_err(|error| request.blame(error))
            }
        }
    }

    fn keep(&self, id: &str, contact: Option<Map<String, Value>>) {
        self.lock().contacts.insert(id.to_owned(), contact);
    }

    fn add(&self, id: &str, part: &str, value: Value) {
        let mut known = self.lock();
        known.added.entry((id.to_owned(), part.to_owned())).or_default().push(value);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
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

/// The segments of a path, without their escapes. The API takes one slash more, between them or at the end, for
/// none.
pub(super) fn parts(path: &str) -> Vec<Cow<'_, str>> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let decoded = |part| percent_decode_str(part).decode_utf8_lossy();
    path.split('/').filter(|part| !part.is_empty()).map(decoded).collect()
}

/// The write in a line: `would PATCH /contacts/… {"rating":5}`.
pub(super) fn describe(request: &Request) -> String {
    let body = request.body().map(String::from_utf8_lossy).unwrap_or_default();
    let line = format!("would {} {} {body}", request.method(), request.target());
    line.trim_end().to_owned()
}

/// The arguments that were given: those behind the last that says something are left out.
pub(super) fn given(arguments: &[Value]) -> &[Value] {
    let given = arguments.iter().rposition(|value| !value.is_null()).map_or(0, |last| last + 1);
    &arguments[..given]
}

/// The call of a function outside the account in a line: `would call crm.push("Ana", 5)`.
pub(super) fn describe_call(path: &str, arguments: &[Value]) -> String {
    let given: Vec<String> = given(arguments).iter().map(Value::to_string).collect();
    format!("would call {path}({})", given.join(", "))
}

fn not_found(id: &str) -> Error {
    Error::new(ErrorKind::NotFound, format!("Contact {id} not found (404)")).with_status(404)
}

fn fields(request: &Request) -> Map<String, Value> {
    let fields = request.body().map(sonic_rs::from_slice);
    fields.and_then(std::result::Result::ok).unwrap_or_default()
}
