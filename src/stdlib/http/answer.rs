//! What a script gets of an answer.

use bytes::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderMap};
use serde_json::{Map, Value};

use crate::api::Answer;
use crate::api::response::{answer, is_json};
use crate::client::text::readable;
use crate::client::transport::Answer as Answered;
use crate::stdlib::json::digits;

/// `{ status, headers, body }`.
pub(super) fn given(answered: Answered) -> Answer {
    let Answered { status, headers, body } = answered;
    let body = readable(body);
    let is_json = may_be_json(&headers, &body) && is_json(&body);
    let body = if is_json { with_digits(body) } else { body };
    answer(status, texts(&headers), &body, is_json)
}

/// The JSON with all digits of its numbers: those beyond 64 bits are texts, as of `json.decode`.
fn with_digits(json: Bytes) -> Bytes {
    match std::str::from_utf8(&json) {
        Ok(text) if digits::may_be_large(&json) => digits::kept(text).into(),
        _ => json,
    }
}

/// What a rehearsal gives in the place of an answer.
pub(super) fn rehearsed() -> Answer {
    answer(200, Map::new(), &Bytes::new(), false)
}

/// A text that is a number is a text, unless the server says that it is JSON.
fn may_be_json(headers: &HeaderMap, body: &[u8]) -> bool {
    let said = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let said = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    said.ends_with("/json") || said.ends_with("+json") || matches!(first, Some(b'{' | b'['))
}

/// The headers as texts. One that came more than once is a list with commas (RFC 9110, 5.2).
fn texts(headers: &HeaderMap) -> Map<String, Value> {
    let text = |name| {
        let values = headers.get_all(name).iter();
        let values: Vec<_> = values.map(|it| String::from_utf8_lossy(it.as_bytes())).collect();
        values.join(", ")
    };
    headers.keys().map(|name| (name.as_str().to_owned(), text(name).into())).collect()
}
