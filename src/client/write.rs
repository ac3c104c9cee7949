//! A write and the contact after it, whoever keeps account of the write. What the client knows of where
//! contacts are found is kept true here, where all writes of contacts come by.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::{Client, Request, Response, routes};
use crate::{Error, ErrorKind, Result};

/// What writes go through: the client itself, or what notes them before they are sent.
pub(crate) trait Writer: Sync {
    /// Sends a write.
    ///
    /// # Errors
    /// As [`Client::send`], and where the write is not allowed.
    fn write(&self, request: &Request) -> impl Future<Output = Result<Response>> + Send;

    /// True where writes are not sent, so that nothing is to be learnt from their answers.
    fn rehearses(&self) -> bool {
        false
    }

    /// A contact like this that its writes left and that the API does not know.
    fn written(&self, _is: &dyn Fn(&Map<String, Value>) -> bool) -> Option<Map<String, Value>> {
        None
    }
}

impl Writer for Client {
    async fn write(&self, request: &Request) -> Result<Response> {
        self.send(request).await
    }
}

/// Creates a contact, or changes the one with this id, and gives the contact after it.
pub(crate) async fn written(
    client: &Client,
    writer: &impl Writer,
    request: &Request,
    id: Option<&str>,
) -> Result<Bytes> {
    // Nothing of a new contact was known before.
    let changed = if id.is_some() { fields(request) } else { Map::new() };
    let result = match writer.write(request).await {
        Ok(answer) => client.whole_contact(request, answer, id).await,
        Err(error) => Err(error),
    };
    if writer.rehearses() {
        return result;
    }
    match &result {
        Ok(json) => client.finder().learn(json, &changed).await,
        Err(error) if error.is_refusal() => {}
        Err(_) => client.finder().doubt(id, &changed).await,
    }
    result
}

/// Deletes a contact.
pub(crate) async fn deleted(client: &Client, writer: &impl Writer, id: &str) -> Result<()> {
    let result = writer.write(&routes::delete_contact(id)?).await.map(drop);
    if writer.rehearses() {
        return result;
    }
    match &result {
        Err(error) if error.kind == ErrorKind::NotFound => client.finder().forget(id).await,
        Err(error) if error.is_refusal() => {}
        Err(_) => client.finder().doubt(Some(id), &Map::new()).await,
        Ok(()) => client.finder().forget(id).await,
    }
    result
}

/// Sends any other call. What it did to contacts is not looked into: what was known of them is to be
/// asked for anew.
pub(crate) async fn sent(
    client: &Client,
    writer: &impl Writer,
    request: &Request,
) -> Result<Response> {
    let result = writer.write(request).await;
    if writer.rehearses() {
        return result;
    }
    let mut parts = request.path().split(['/', '?']).skip(1);
    let of_contacts = parts.next() == Some("contacts") && request.method().is_write();
    if !of_contacts || result.as_ref().is_err_and(Error::is_refusal) {
        return result;
    }
    let (id, part) = (parts.next(), parts.next());
    let mut changed = Map::new();
    match part {
        // Nothing that a contact is found by.
        Some("tags" | "notes" | "messages") => return result,
        Some("status") => drop(changed.insert("status".to_owned(), Value::Null)),
        _ => {}
    }
    client.finder().doubt(id, &changed).await;
    result
}

/// The fields that a request sends.
fn fields(request: &Request) -> Map<String, Value> {
    let fields = request.body.as_deref().map(serde_json::from_slice);
    fields.and_then(std::result::Result::ok).unwrap_or_default()
}
