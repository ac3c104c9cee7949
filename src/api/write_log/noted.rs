//! A write on its way: kept before it is sent, and after its answer.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};
use tokio::task::spawn_blocking;

use super::after::Answered;
use super::target::{Target, target};
use super::{WriteLog, read};
use crate::client::{Client, Request, Response};
use crate::store::{NewWrite, WriteEnd, WriteKind, WriteOutcome};
use crate::{Error, ErrorKind, Result};

/// A write that is kept, and is being sent.
pub(in crate::api) struct Noted<'a> {
    log: &'a Arc<dyn WriteLog>,
    client: &'a Client,
    number: u64,
    write: NewWrite,
}

impl<'a> Noted<'a> {
    /// Reads the contact that the write is about, and keeps both.
    ///
    /// # Errors
    /// Where the contact cannot be read, or it cannot be kept: then the write is not to be sent.
    pub(in crate::api) async fn begin(
        log: &'a Arc<dyn WriteLog>,
        client: &'a Client,
        request: &Request,
    ) -> Result<Self> {
        let Target { kind, contact } = target(request);
        let before = match &contact {
            Some(id) => read(client, id).await.map_err(|error| unread(request, error))?,
            None => None,
        };
        let write = NewWrite {
            at: Timestamp::now(),
            account: client.fingerprint(),
            kind,
            method: request.method().as_str().to_owned(),
            path: request.path().to_owned(),
            body: request.body().map_or(Value::Null, readable),
            contact,
            before,
        };
        let keeper = Arc::clone(log);
        let (number, write) = aside(move || (keeper.begin(&write), write)).await?;
        Ok(Self { log, client, number: number.map_err(unkept)?, write })
    }

    /// Keeps how it ended. Where that cannot be kept, the outcome stays unknown, which is no reason to
    /// call a write failed that was done.
    pub(in crate::api) async fn end(self, result: &Result<Response>) {
        match result {
            Ok(response) => self.done(response).await,
            Err(error) if !error.is_outcome_unknown() => {
                self.keep(WriteOutcome::Refused, error.status, None, None).await;
            }
            Err(_) => {}
        }
    }

    async fn done(self, response: &Response) {
        let answered = Answered::read(response, &self.write);
        let created = answered.created;
        let is_over = answered.after.is_some() || self.write.kind == WriteKind::Delete;
        let status = Some(response.status);
        self.keep(WriteOutcome::Done, status, created.clone(), answered.after).await;
        let id = created.as_ref().or(self.write.contact.as_ref());
        let (false, Some(id)) = (is_over, id) else { return };
        // It is known to be done before it is read, for the program may end in between.
        if let Ok(after @ Some(_)) = read(self.client, id).await {
            self.keep(WriteOutcome::Done, status, created, after).await;
        }
    }

    async fn keep(
        &self,
        outcome: WriteOutcome,
        status: Option<u16>,
        created: Option<String>,
        after: Option<Map<String, Value>>,
    ) {
        let end = WriteEnd { at: Timestamp::now(), outcome, status, created, after };
        let (keeper, number) = (Arc::clone(self.log), self.number);
        drop(aside(move || keeper.end(number, &end)).await);
    }
}

/// Does what waits for the disk on a thread that may wait, so that other calls go on.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let ended = |_| Error::new(ErrorKind::Limit, "the write could not be journaled");
    spawn_blocking(work).await.map_err(ended)
}

/// The body as JSON; its text where it is none.
fn readable(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| String::from_utf8_lossy(body).into())
}

fn unread(request: &Request, error: Error) -> Error {
    let words = format!("not sent, for the contact before it could not be read: {}", error.message);
    let hint = error.hint.clone().unwrap_or_else(|| "nothing was changed; try again".to_owned());
    request.blame(error.with_message(words)).with_hint(hint)
}

fn unkept(error: Error) -> Error {
    let hint = error.hint.clone().map(|hint| format!("{hint}; or ")).unwrap_or_default();
    error
        .within("not sent, for it could not be journaled")
        .with_hint(format!("{hint}let the run write without undo"))
}
