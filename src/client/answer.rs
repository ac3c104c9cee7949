//! The API's answers, and what an answer that is no success says.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::request::Request;
use crate::{Error, ErrorKind, Result};

/// The most that an error quotes of the API's words, in characters.
const QUOTED: usize = 300;

/// A good answer (2xx) of the API.
#[derive(Debug, Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body after decompression.
    pub body: Bytes,
    /// How many times the call was sent.
    pub attempts: u32,
}

impl Response {
    /// The body as a value of this type.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] with the place in the JSON where it does not fit.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|error| unexpected_shape(&error))
    }

    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The answer is JSON, but not what this operation answers.
pub(crate) fn unexpected_shape(error: &dyn std::fmt::Display) -> Error {
    // The parsers quote the answer below their first line, and it may be long.
    let error = error.to_string();
    let error = error.lines().next().unwrap_or_default();
    Error::new(ErrorKind::Decode, format!("the answer is not what this call gives: {error}"))
        .with_hint("look at it with cliengo.call, which gives the body as it came")
}

/// The error that an answer of 3xx, 4xx or 5xx means.
pub(crate) fn refusal(request: &Request, status: u16, body: &[u8]) -> Error {
    let (kind, mut hint) = meaning(status);
    // A list is never missing: its path, or what stands in front of it, is wrong.
    if status == 404 && !request.path().trim_start_matches('/').contains('/') {
        hint = Some("check the base URL: Cliengo's ends in /1.0");
    }
    let words = words(body).unwrap_or_else(|| status_text(status).to_owned());
    let hint = match kind {
        ErrorKind::Unauthorized => Some(check_key("CLIENGO_API_KEY")),
        _ => hint.map(str::to_owned),
    };
    let error = Error::new(kind, format!("{words} ({status})"))
        .with_status(status)
        .with_retryable(status == 429 || status == 408 || status >= 500)
        .with_hint_if(hint);
    request.blame(error)
}

/// What to do about a key that was refused, by where it was found.
pub(super) fn check_key(source: &str) -> String {
    format!("check the API key: {source} must hold the one from Cliengo's settings")
}

fn meaning(status: u16) -> (ErrorKind, Option<&'static str>) {
    match status {
        401 | 403 => (ErrorKind::Unauthorized, None),
        404 | 410 => (ErrorKind::NotFound, None),
        408 => (ErrorKind::Timeout, None),
        429 => (ErrorKind::RateLimited, Some("wait a little, or set a slower rate")),
        400..500 => (ErrorKind::Invalid, None),
        _ => (ErrorKind::Server, None),
    }
}

/// The API's own words: the first of `message`, `error`, `errors[0].message`.
fn words(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |value: Option<&Value>| match value? {
        Value::String(text) => Some(text.clone()),
        Value::Object(inner) => inner.get("message")?.as_str().map(str::to_owned),
        _ => None,
    };
    let said = text(body.get("message"))
        .or_else(|| text(body.get("error")))
        .or_else(|| text(body.get("errors").and_then(|errors| errors.get(0))))?;
    let said = said.trim();
    (!said.is_empty()).then(|| said.chars().take(QUOTED).collect())
}

fn status_text(status: u16) -> &'static str {
    hyper::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("the server answered with an unknown status")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::request::Method;

    fn said(status: u16, body: &str) -> String {
        let request = Request::new(Method::Get, &["contacts"]).unwrap();
        refusal(&request, status, body.as_bytes()).message.clone()
    }

    #[test]
    fn the_apis_words_are_found_under_every_name_it_uses() {
        assert_eq!(said(400, r#"{"message":"Offset too big"}"#), "Offset too big (400)");
        assert_eq!(said(400, r#"{"error":"bad"}"#), "bad (400)");
        assert_eq!(said(400, r#"{"error":{"message":"bad"}}"#), "bad (400)");
        assert_eq!(said(422, r#"{"errors":[{"message":"no"}]}"#), "no (422)");
        assert_eq!(said(502, "<html>oops</html>"), "Bad Gateway (502)");
        assert_eq!(said(404, r#"{"message":""}"#), "Not Found (404)");
    }
}
