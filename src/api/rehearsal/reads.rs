//! Reads of what a rehearsal wrote.

use bytes::Bytes;
use serde_json::{Value, json};

use super::{Rehearsal, not_found, parts};
use crate::Result;
use crate::client::{Request, Response};

impl Rehearsal {
    /// The answer to a read of a contact that it wrote, or of what hangs on one that it created; none where the
    /// account is to be asked.
    pub(in crate::api) fn read(&self, request: &Request) -> Option<Result<Response>> {
        let parts = parts(request.path());
        let ["contacts", id, part @ ..] = &parts.iter().map(AsRef::as_ref).collect::<Vec<_>>()[..]
        else {
            return None;
        };
        let contact = self.lock().contacts.get(*id)?.clone();
        let body = match (contact, part) {
            (None, _) => return Some(Err(request.blame(not_found(id)))),
            (Some(contact), []) => Value::Object(contact),
            (Some(_), [part]) if self.lock().created.contains(*id) => {
                let rows = self.added(id, part);
                json!({ "paging": { "total": rows.len() }, "results": rows })
            }
            _ => return None,
        };
        let body = body.to_string().into();
        Some(Ok(Response { status: 200, headers: Vec::new(), body, attempts: 0 }))
    }

    /// A list that hangs on a contact, with what it added to it at the end: `list` is what the account holds.
    pub(in crate::api) fn with_added(&self, request: &Request, list: Bytes) -> Bytes {
        let parts = parts(request.path());
        let [_, id, part] = &parts[..] else { return list };
        let added = self.added(id, part);
        let Some(inner) = list.trim_ascii().strip_suffix(b"]").filter(|_| !added.is_empty()) else {
            return list;
        };
        // Spliced, so that the rows of the account stay as they came.
        let comma: &[u8] = if inner.trim_ascii() == b"[" { b"" } else { b"," };
        let added = Value::from(added).to_string();
        [inner, comma, added.trim_start_matches('[').as_bytes()].concat().into()
    }

    fn added(&self, id: &str, part: &str) -> Vec<Value> {
        let key = (id.to_owned(), part.to_owned());
        self.lock().added.get(&key).cloned().unwrap_or_default()
    }
}
