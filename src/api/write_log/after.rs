//! What the answer to a write tells of the contact after it.

use serde_json::{Map, Value};

use crate::client::{Response, unwrapped};
use crate::store::{NewWrite, WriteKind};
use crate::{Error, ErrorKind, Result};

/// The API's own word on when a contact was created: an answer without it is not the whole contact.
const CREATED: &str = "creationDate";

/// What an answer tells.
pub(super) struct Answered {
    /// The id of the contact that was created.
    pub(super) created: Option<String>,
    /// The contact, where the answer is all of it.
    pub(super) after: Option<Map<String, Value>>,
}

impl Answered {
    pub(super) fn read(response: &Response, write: &NewWrite) -> Self {
        let fields = contact(&response.body).ok();
        let created = match write.kind {
            WriteKind::Create => id_of(fields.as_ref(), response),
            _ => None,
        };
        let id = created.as_ref().or(write.contact.as_ref());
        let is_it = |fields: &Map<String, Value>| {
            fields.get("id").and_then(Value::as_str) == id.map(String::as_str)
        };
        let after = fields.filter(|fields| is_it(fields) && is_whole(fields, write));
        Self { created, after: after.filter(|_| write.kind != WriteKind::Delete) }
    }
}

/// The contact in an answer, which may stand within `{ "contact": … }`.
pub(super) fn contact(body: &bytes::Bytes) -> Result<Map<String, Value>> {
    serde_json::from_slice(&unwrapped(body))
        .map_err(|_| Error::new(ErrorKind::Decode, "the answer is no contact"))
}

fn id_of(fields: Option<&Map<String, Value>>, response: &Response) -> Option<String> {
    let named = fields.and_then(|fields| fields.get("id")?.as_str());
    let place = || response.header("location").and_then(|place| place.rsplit('/').next());
    named.or_else(place).filter(|id| !id.is_empty()).map(str::to_owned)
}

/// An API may answer a write with less than the contact. All of it has the names that it had before; a
/// new one those that were sent, and a date of its own.
fn is_whole(fields: &Map<String, Value>, write: &NewWrite) -> bool {
    let has_all = |of: &Map<String, Value>| {
        of.iter().all(|(name, value)| value.is_null() || fields.contains_key(name))
    };
    match (&write.before, write.body.as_object()) {
        (Some(before), _) => has_all(before),
        (None, Some(sent)) => fields.contains_key(CREATED) && has_all(sent),
        (None, None) => false,
    }
}
