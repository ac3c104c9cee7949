//! One call as data, before it is sent.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::{Error, Result};

/// What stays as it is in a path segment or a query value (RFC 3986, unreserved characters).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The HTTP methods that the API uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates; doing it twice may create twice.
    Post,
    /// Sets.
    Put,
    /// Changes some fields.
    Patch,
    /// Deletes.
    Delete,
}

impl Method {
    /// The method's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Reads a method's name in any case.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a method that the API does not have.
    pub fn parse(name: &str) -> Result<Self> {
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete]
            .into_iter()
            .find(|method| method.as_str().eq_ignore_ascii_case(name))
            .ok_or_else(|| {
                Error::invalid(format!("there is no method \"{name}\""))
                    .with_hint("the methods are GET, POST, PUT, PATCH and DELETE")
            })
    }

    /// True where doing it twice is the same as doing it once (RFC 9110, 9.2.2). `PATCH` is counted
    /// in, for the API's changes set fields to values; of one that adds a note, [`Request::is_idempotent`]
    /// knows.
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post)
    }

    /// True where the method changes something.
    pub const fn is_write(self) -> bool {
        !matches!(self, Self::Get)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the body of a good answer has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Well-formed JSON. An answer that is not is a `decode` error, and is asked for again where
    /// that is safe.
    Json,
    /// Anything.
    Anything,
}

/// One call, relative to the base URL.
#[derive(Debug, Clone)]
pub struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(Cow<'static, str>, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Bytes>,
    pub(crate) expect: Expect,
}

impl Request {
    /// A call of `/segment/segment/…`; each segment is escaped.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for an empty segment, `.` or `..`: with
    /// them `GET /contacts/:id` would become another call.
    pub fn new(method: Method, segments: &[&str]) -> Result<Self> {
        let mut path = String::with_capacity(48);
        for segment in segments {
            if matches!(segment.trim(), "" | "." | "..") {
                return Err(Error::invalid(format!("\"{segment}\" is not an id")));
            }
            path.push('/');
            path.extend(utf8_percent_encode(segment, ESCAPED));
        }
        Ok(Self::with_path(method, path))
    }

    /// A call of a path that is already escaped and starts with a slash.
    pub(crate) fn with_path(method: Method, path: String) -> Self {
        let (query, headers) = (Vec::new(), Vec::new());
        Self { method, path, query, headers, body: None, expect: Expect::Json }
    }

    /// The same call with one more query parameter.
    #[must_use]
    pub fn query(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// The same call with one more header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same call with a JSON body. Names go out in alphabetical order, so that the same fields
    /// are always the same bytes.
    #[must_use]
    pub fn json(mut self, body: &Value) -> Self {
        self.body = Some(body.to_string().into());
        self
    }

    /// The same call with this text as its body.
    #[must_use]
    pub fn text(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into().into());
        self
    }

    /// The same call with other demands on the answer.
    #[must_use]
    pub fn expect(mut self, expect: Expect) -> Self {
        self.expect = expect;
        self
    }

    /// The method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The escaped path relative to the base URL, without its query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The names and values of the query.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.iter().map(|(name, value)| (name.as_ref(), value.as_str()))
    }

    /// The headers that the call adds to those of every call.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The body; none where there is none.
    pub fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// True where doing it twice is the same as doing it once. A `PATCH` with a `note` is not: each adds one.
    pub fn is_idempotent(&self) -> bool {
        self.method.is_idempotent() && !(self.method == Method::Patch && self.adds_note())
    }

    fn adds_note(&self) -> bool {
        let fields = self.body().map(serde_json::from_slice::<Value>);
        fields.and_then(std::result::Result::ok).is_some_and(|fields| !fields["note"].is_null())
    }

    /// The escaped path with its query, as it follows the base URL.
    pub fn target(&self) -> String {
        let mut target = self.path.clone();
        for (name, value) in &self.query {
            // The path of a script may have a query of its own.
            match target.contains('?') {
                false => target.push('?'),
                true if target.ends_with(['?', '&']) => {}
                true => target.push('&'),
            }
            target.extend(utf8_percent_encode(name, ESCAPED));
            target.push('=');
            target.extend(utf8_percent_encode(value, ESCAPED));
        }
        target
    }

    /// The error, naming this call.
    pub(crate) fn blame(&self, error: Error) -> Error {
        error.with_call(self.method.as_str(), self.path.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_become_another_path() {
        let request = Request::new(Method::Get, &["contacts", "../account?x=1#é"]).unwrap();
        assert_eq!(request.path, "/contacts/..%2Faccount%3Fx%3D1%23%C3%A9");
        for id in ["", " ", ".", ".."] {
            assert!(Request::new(Method::Delete, &["contacts", id]).is_err(), "{id:?}");
        }
    }

    #[test]
    fn a_change_that_adds_a_note_is_not_made_twice() {
        let change = |body| Request::with_path(Method::Patch, "/contacts/a".into()).json(&body);
        assert!(change(serde_json::json!({ "rating": 5, "note": null })).is_idempotent());
        assert!(!change(serde_json::json!({ "rating": 5, "note": "called" })).is_idempotent());
        assert!(!change(serde_json::json!({ "note": "" })).is_idempotent());
    }

    #[test]
    fn a_query_is_escaped() {
        let request =
            Request::new(Method::Get, &["contacts"]).unwrap().query("query", "José & Ana");
        assert_eq!(request.target(), "/contacts?query=Jos%C3%A9%20%26%20Ana");
    }
}
