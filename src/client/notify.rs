//! Tells another program of something: a hook, a heartbeat. It is no call of the API, and never holds the
//! key.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::Uri;
use hyper::header::{CONTENT_TYPE, HeaderValue, USER_AGENT};
use serde_json::Value;

use super::config::{Limits, Timeouts};
use super::transport::Transport;
use crate::{Error, ErrorKind, Result};

/// Nobody waits longer for a program that is only told something.
const PATIENCE: Duration = Duration::from_secs(10);
/// Its answer is not read for what it says.
const MOST_BYTES: usize = 64 << 10;

/// Calls an address: `POST` with this JSON, or `GET` without. Redirects are not followed.
///
/// # Errors
/// [`ErrorKind::Invalid`] for what is no address; [`ErrorKind::Network`] where no answer came within ten
/// seconds, or one that is no success (2xx). The message names the host alone: the rest of an address is
/// often a secret.
pub(crate) async fn notify(address: &str, body: Option<&Value>) -> Result<()> {
    let wrong = || Error::invalid("this is no address that can be called");
    let uri: Uri = address.parse().map_err(|_| wrong())?;
    let host = uri.host().ok_or_else(wrong)?.to_owned();
    let tls = uri.scheme_str() == Some("https");
    let bytes = body.map(|body| Bytes::from(body.to_string())).unwrap_or_default();
    let mut request = hyper::Request::new(Full::new(bytes));
    *request.uri_mut() = uri;
    if body.is_some() {
        *request.method_mut() = hyper::Method::POST;
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    let agent = HeaderValue::from_static(concat!("cliengo/", env!("CARGO_PKG_VERSION")));
    request.headers_mut().insert(USER_AGENT, agent);
    let timeouts =
        Timeouts { connect: PATIENCE, read: PATIENCE, attempt: PATIENCE, operation: PATIENCE };
    let failed = |what: String| Error::new(ErrorKind::Network, format!("{host} {what}"));
    let sent = Transport::new(tls, &timeouts)
        .attempt(request, &timeouts, &Limits { body: MOST_BYTES })
        .await;
    match sent {
        Ok(answer) if (200..300).contains(&answer.status) => Ok(()),
        Ok(answer) => Err(failed(format!("answered with the status {}", answer.status))),
        Err(error) => Err(failed(format!("did not answer ({})", error.kind()))),
    }
}
