//! Writes that are rehearsed: noted and answered, and not sent.

use serde_json::Value;

use super::Context;
use crate::Result;
use crate::api::rehearsal::{describe, describe_call};
use crate::client::{Client, Request, Response};

impl Context {
    /// Rehearses the call of a function that changes something other than the account.
    pub(crate) fn rehearse_call(&self, path: &'static str, arguments: &[Value]) {
        self.journal.rehearse("call", path);
        self.sink.rehearsed(&describe_call(path, arguments));
    }

    /// Answers a write as the API would.
    pub(super) async fn rehearse(&self, client: &Client, request: &Request) -> Result<Response> {
        let answer = self.rehearsal.answer(client, request).await?;
        self.journal.rehearse(request.method().as_str(), request.path());
        self.sink.rehearsed(&describe(request));
        Ok(answer)
    }
}
