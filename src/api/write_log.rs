//! The undo journal of a run: each write with the contact before it and after it.

mod after;
mod target;

use jiff::Timestamp;
use serde_json::{Map, Value};

use self::after::Answered;
use self::target::{Target, target};
use crate::client::{Client, Request, Response, routes};
use crate::store::{NewWrite, WriteEnd, WriteKind, WriteOutcome};
use crate::{Error, ErrorKind, Result};

/// Keeps the writes of a run, so that they can be undone.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use cliengo::Result;
/// use cliengo::api::{Context, WriteLog};
/// use cliengo::store::{NewWrite, WriteEnd};
///
/// /// Knows which contacts were changed.
/// #[derive(Default)]
/// struct Touched(Mutex<Vec<String>>);
///
/// impl WriteLog for Touched {
///     fn begin(&self, write: &NewWrite) -> Result<u64> {
///         self.0.lock().unwrap().extend(write.contact.clone());
///         Ok(0)
///     }
///
///     fn end(&self, _: u64, _: &WriteEnd) -> Result<()> {
///         Ok(())
///     }
/// }
///
/// let context = Context::builder().write_log(Arc::new(Touched::default())).build();
/// # drop(context);
/// ```
pub trait WriteLog: Send + Sync {
    /// Keeps a write that is about to be sent, so that it is there after a crash, and gives its number.
    /// It may be called from several threads at once, and may block for as long as the disk takes.
    ///
    /// # Errors
    /// Where it is not surely kept; the write is not sent then.
    fn begin(&self, write: &NewWrite) -> Result<u64>;

    /// Keeps how a write ended; the last word counts. One that is never told of has an unknown outcome.
    ///
    /// # Errors
    /// Where that is not kept.
    fn end(&self, number: u64, end: &WriteEnd) -> Result<()>;

    /// The run came to its end, with this error where it failed: nothing more is written.
    fn close(&self, _error: Option<&Error>) {}
}

/// A write that is kept, and is being sent.
pub(super) struct Noted<'a> {
    log: &'a dyn WriteLog,
    client: &'a Client,
    number: u64,
    write: NewWrite,
}

impl<'a> Noted<'a> {
    /// Reads the contact that the write is about, and keeps both.
    ///
    /// # Errors
    /// Where the contact cannot be read, or it cannot be kept: then the write is not to be sent.
    pub(super) async fn begin(
        log: &'a dyn WriteLog,
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
        let number = log.begin(&write).map_err(unkept)?;
        Ok(Self { log, client, number, write })
    }

    /// Keeps how it ended. Where that cannot be kept, the outcome stays unknown, which is no reason to
    /// call a write failed that was done.
    pub(super) async fn end(self, result: &Result<Response>) {
        match result {
            Ok(response) => self.done(response).await,
            Err(error) if !error.is_outcome_unknown() => {
                self.keep(WriteOutcome::Refused, error.status, None, None);
            }
            Err(_) => {}
        }
    }

    async fn done(self, response: &Response) {
        let answered = Answered::read(response, &self.write);
        let created = answered.created;
        let is_over = answered.after.is_some() || self.write.kind == WriteKind::Delete;
        self.keep(WriteOutcome::Done, Some(response.status), created.clone(), answered.after);
        let id = created.as_ref().or(self.write.contact.as_ref());
        let (false, Some(id)) = (is_over, id) else { return };
        // It is known to be done before it is read, for the program may end in between.
        if let Ok(after @ Some(_)) = read(self.client, id).await {
            self.keep(WriteOutcome::Done, Some(response.status), created, after);
        }
    }

    fn keep(
        &self,
        outcome: WriteOutcome,
        status: Option<u16>,
        created: Option<String>,
        after: Option<Map<String, Value>>,
    ) {
        let end = WriteEnd { at: Timestamp::now(), outcome, status, created, after };
        drop(self.log.end(self.number, &end));
    }
}

/// The contact; none where there is none.
pub(crate) async fn read(client: &Client, id: &str) -> Result<Option<Map<String, Value>>> {
    match client.send(&routes::get_contact(id)?).await {
        Ok(answer) => Ok(Some(after::contact(&answer.body)?)),
        Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
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
