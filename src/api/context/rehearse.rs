//! Writes that are rehearsed: noted and answered, and not sent. Reads of what they would have left.

use bytes::Bytes;
use serde_json::Value;

use super::Context;
use crate::Result;
use crate::api::Plan;
use crate::api::rehearsal::{describe, describe_call};
use crate::client::{Client, Request, Response, list_within};

impl Context {
    /// What the rehearsal would have done so far; nothing where the run is none.
    pub fn plan(&self) -> Plan {
        self.rehearsal.record().plan()
    }

    /// What a rehearsal keeps is no more than this, in bytes: the script makes it, so that it is the script's memory.
    pub(crate) fn bound(&self, memory: Option<usize>) {
        let Some(memory) = memory.filter(|_| self.dry_run) else { return };
        self.rehearsal.record().bound(memory);
        #[cfg(feature = "stdlib")]
        self.files.bound(memory);
    }

    /// Rehearses the call of a function that changes something other than the account.
    pub(crate) fn rehearse_call(&self, path: &'static str, arguments: &[Value]) {
        self.journal.rehearse("call", path);
        self.rehearsal.record().call(path, arguments);
        self.sink.rehearsed(&describe_call(path, arguments));
    }

    /// Answers a write as the API would.
    pub(super) async fn rehearse(&self, client: &Client, request: &Request) -> Result<Response> {
        let answer = self.rehearsal.answer(client, request).await?;
        self.journal.rehearse(request.method().as_str(), request.path());
        self.sink.rehearsed(&describe(request));
        Ok(answer)
    }

    /// Sends a read, unless it is of what the rehearsal wrote.
    pub(super) async fn read(&self, client: &Client, request: &Request) -> Result<Response> {
        match self.dry_run.then(|| self.rehearsal.read(request)).flatten() {
            Some(answer) => answer,
            None => client.send(request).await,
        }
    }

    /// The rows of a list, however the API wraps it, and those that the rehearsal added.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub(in crate::api) async fn list(&self, request: &Request, name: &str) -> Result<Bytes> {
        let client = self.client()?;
        match self.dry_run.then(|| self.rehearsal.read(request)).flatten() {
            Some(answer) => list_within(&answer?.body, name),
            None => {
                let list = client.list(request, name).await?;
                Ok(if self.dry_run { self.rehearsal.with_added(request, list) } else { list })
            }
        }
    }
}
