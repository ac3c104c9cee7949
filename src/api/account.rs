//! `cliengo.account`

use super::contacts::read;
use super::function::{Answer, ApiFn, Call, Example};
use crate::Result;
use crate::client::{Request, routes};

pub(super) const FUNCTIONS: &[ApiFn] = &[ApiFn {
    path: "account.get",
    alias: None,
    params: &[],
    returns: "the account",
    doc: "Gives the account that the API key belongs to.",
    example: Example {
        lua: "return cliengo.account.get().id ~= nil",
        rhai: "cliengo.account.get().id != ()",
        expect: "true",
    },
    mutates: false,
    handler: |call| Box::pin(async move { read(&call, routes::get(&["account"])?).await }),
}];

/// The rows of a list, however the API wraps it.
pub(super) async fn list(call: &Call, request: Request, name: &str) -> Result<Answer> {
    call.context.client()?.list(&request, name).await.map(Answer::Json)
}
