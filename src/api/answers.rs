//! The usual ways from a request to what a script gets.

use super::Context;
use super::function::{Answer, Call};
use crate::Result;
use crate::client::{Request, Response, write};

/// What the API answers to a read.
pub(super) async fn read(call: &Call, request: Request) -> Result<Answer> {
    Ok(Answer::Json(call.context.send(&request).await?.body))
}

/// What the API answers to a write; true where it says nothing.
pub(super) async fn write(call: &Call, request: Request) -> Result<Answer> {
    let body = sent(&call.context, &request).await?.body;
    Ok(if body.is_empty() { Answer::Value(true.into()) } else { Answer::Json(body) })
}

/// The answer to a call that may change contacts.
pub(super) async fn sent(context: &Context, request: &Request) -> Result<Response> {
    write::sent(context.client()?, context, request).await
}

/// The rows of a list, however the API wraps it.
pub(super) async fn list(call: &Call, request: Request, name: &str) -> Result<Answer> {
    call.context.list(&request, name).await.map(Answer::Json)
}
