//! Redirects: followed within the API, refused anywhere else, for the key would go with them.

use hyper::header::LOCATION;

use super::inside::climbs;
use super::request::{Method, Request};
use super::transport::Answer;
use crate::{Error, ErrorKind, Result};

/// A redirect within the API is followed this often.
const MAX_REDIRECTS: u32 = 5;

/// Where the `redirects`-th redirect of a call leads, relative to the base URL.
///
/// # Errors
/// [`ErrorKind::Denied`] where it leads out of the API, would send a write elsewhere, or has no end.
pub(super) fn redirected(
    request: &Request,
    base: &str,
    answer: &Answer,
    redirects: u32,
) -> Result<String> {
    let refuse = |why: &str| {
        let error = Error::new(ErrorKind::Denied, format!("a redirect was refused: {why}"));
        Err(error.with_status(answer.status).with_hint("check the base URL, its scheme too"))
    };
    let location = answer.headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let Some(location) = location else { return refuse("it leads nowhere") };
    if request.method() != Method::Get {
        return refuse("a write is not sent elsewhere");
    }
    if redirects > MAX_REDIRECTS {
        return refuse("there is no end to them");
    }
    let rooted = location.starts_with('/') && !location.starts_with("//");
    let whole = if rooted { format!("{}{location}", origin(base)) } else { location.to_owned() };
    match whole.strip_prefix(base) {
        Some(target) if target.starts_with('/') && !climbs(target) => Ok(target.to_owned()),
        _ => refuse("it leads to another host, or out of the API"),
    }
}

/// Scheme and host of a URL.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find('/').map_or(url.len(), |end| host + end);
    &url[..end]
}
