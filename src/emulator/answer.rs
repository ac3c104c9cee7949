//! What a route answers: a status and JSON, or the reason why not.

use bytes::Bytes;
use serde::Serialize;
use serde_json::json;

use super::knobs::RowsUnder;
use crate::Error;

/// A whole answer, before anything is done to its delivery.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

impl Answer {
    /// This value as JSON.
    pub(crate) fn json(status: u16, value: &impl Serialize) -> Self {
        Self::json_bytes(status, serde_json::to_vec(value).unwrap_or_default())
    }

    /// These bytes, which are JSON already.
    pub(crate) fn json_bytes(status: u16, body: impl Into<Bytes>) -> Self {
        let content_type = "application/json; charset=utf-8";
        Self { status, content_type, headers: Vec::new(), body: body.into() }
    }

    /// A page of HTML, as a gateway answers.
    pub(crate) fn html(status: u16) -> Self {
        let page = format!(
            "<!DOCTYPE html>\n<html><head><title>{status} Gateway</title></head>\n\
             <body><center><h1>{status}</h1></center><hr><center>gateway</center></body></html>\n"
        );
        Self { content_type: "text/html", ..Self::json_bytes(status, page) }
    }

    #[must_use]
    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Why a request is not done: `{ "message": … }` under this status.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    status: u16,
    message: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        Self::new(404, format!("{what} {id} not found"))
    }
}

impl From<Error> for Refusal {
    /// What the checks of the schema refuse is a bad request.
    fn from(error: Error) -> Self {
        Self::new(400, error.to_string())
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self::json(refusal.status, &json!({ "message": refusal.message }))
    }
}

/// What a route answers.
pub(crate) type Outcome = Result<Answer, Refusal>;

/// Where a page lies within the rows that match.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paging {
    pub(crate) total: usize,
    pub(crate) limit: usize,
    pub(crate) offset: usize,
}

/// A page of rows, each of which is JSON already.
pub(crate) fn page<'a>(
    rows: impl Iterator<Item = std::borrow::Cow<'a, str>>,
    paging: Paging,
    under: RowsUnder,
) -> Answer {
    let Paging { total, limit, offset } = paging;
    let mut body = format!("{{\"{}\":", under.name()).into_bytes();
    join(&mut body, rows);
    let paging = format!(r#","paging":{{"total":{total},"limit":{limit},"offset":{offset}}}}}"#);
    body.extend_from_slice(paging.as_bytes());
    Answer::json_bytes(200, body)
}

/// Writes rows that are JSON already as an array.
pub(crate) fn join<'a>(body: &mut Vec<u8>, rows: impl Iterator<Item = std::borrow::Cow<'a, str>>) {
    body.push(b'[');
    for (index, row) in rows.enumerate() {
        if index > 0 {
            body.push(b',');
        }
        body.extend_from_slice(row.as_bytes());
    }
    body.push(b']');
}
