//! The headers of a call: those of every call, and the script's own.

use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT,
};

use crate::{Error, ErrorKind, Result};

/// Headers that say how a message travels: a script that set them could make one call look like two.
const OURS: [&str; 12] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];
/// What may be told to a host that another one named. Everything else may be a secret.
const HARMLESS: [HeaderName; 4] =
    [ACCEPT, ACCEPT_ENCODING, USER_AGENT, hyper::header::ACCEPT_LANGUAGE];

/// The headers of a call whose body is of this type.
///
/// # Errors
/// [`ErrorKind::Invalid`] for what is no header, [`ErrorKind::Denied`] for one that is not the script's to set.
pub(super) fn headers(own: &[(String, String)], content_type: Option<&str>) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    let agent = concat!("cliengo/", env!("CARGO_PKG_VERSION"));
    headers.insert(USER_AGENT, HeaderValue::from_static(agent));
    if let Some(kind) = content_type.and_then(|kind| HeaderValue::from_str(kind).ok()) {
        headers.insert(CONTENT_TYPE, kind);
    }
    for (name, value) in own {
        if OURS.contains(&name.to_ascii_lowercase().as_str()) {
            return Err(Error::new(ErrorKind::Denied, format!("the header {name} cannot be set")));
        }
        let (name, value) = header(name, value)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue)> {
    let refuse = |what: &str| {
        Error::invalid(format!("the header {name:?} has {what}"))
            .with_hint("a header is one line: a name of letters and dashes, and a value")
    };
    let key = name.parse().map_err(|_| refuse("a name that no header has"))?;
    // Bytes beyond ASCII are let through, as servers take UTF-8 there; line breaks are not.
    let value = HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| refuse("a value that no header has"))?;
    Ok((key, value))
}

/// Leaves what may be told to another host.
pub(super) fn keep_harmless(headers: &mut HeaderMap) {
    let kept = HARMLESS.into_iter().filter_map(|name| Some((headers.get(&name)?.clone(), name)));
    *headers = kept.map(|(value, name)| (name, value)).collect();
}
