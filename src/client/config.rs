//! What a client can be told, with the defaults.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper::Uri;
use secrecy::{ExposeSecret, SecretString};

use super::observe::Observers;
use super::rate::Pace;
use super::retry::{RetryBudget, RetryPolicy};
use super::{Client, Inner, Transport};
use crate::{Error, ErrorKind, Result};

/// The real service.
pub const DEFAULT_BASE_URL: &str = "https://api.cliengo.com/1.0";

/// How long each part of a call may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// To make a connection.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub read: Duration,
    /// One attempt, from the connection to the last byte.
    pub attempt: Duration,
    /// A whole call with all its attempts and waits.
    pub operation: Duration,
}

impl Default for Timeouts {
    /// 5 s, 15 s, 30 s and 120 s.
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            connect: seconds(5),
            read: seconds(15),
            attempt: seconds(30),
            operation: seconds(120),
        }
    }
}

/// What is accepted of an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// The largest body after decompression, in bytes.
    pub(crate) body: usize,
}

/// Where the key is sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeyPlace {
    /// `Authorization: Bearer KEY`.
    #[default]
    Header,
    /// `?api_key=KEY`. Keys in URLs end up in the logs of every server on the way.
    Query,
}

/// Builds a [`Client`].
///
/// ```
/// use cliengo::client::Client;
///
/// let client = Client::builder()
///     .api_key("00000000-0000-4000-8000-000000000000")
///     .base_url("http://127.0.0.1:8080/1.0")
///     .build()?;
/// assert!(!format!("{client:?}").contains("4000"));
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct ClientBuilder {
    key: Option<SecretString>,
    key_source: Option<String>,
    base_url: Option<String>,
    key_place: KeyPlace,
    timeouts: Timeouts,
    retry: RetryPolicy,
    rate: Option<f64>,
    body_cap: Option<usize>,
}

impl ClientBuilder {
    /// The account's API key. Needed.
    #[must_use]
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(SecretString::from(key.into().trim().to_owned()));
        self
    }

    /// Where the key was found, in words, for the hint where the API refuses it; the variable
    /// `CLIENGO_API_KEY` unless told.
    #[must_use]
    pub fn key_source(mut self, source: impl Into<String>) -> Self {
        self.key_source = Some(source.into());
        self
    }

    /// Where the API is; [`DEFAULT_BASE_URL`] unless told.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Where the key is sent; in the header unless told.
    #[must_use]
    pub fn key_place(mut self, place: KeyPlace) -> Self {
        self.key_place = place;
        self
    }

    /// How long each part of a call may take.
    #[must_use]
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// How often and how patiently a call is tried again.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The most requests a second; unlimited unless told, and slower in any case when the API asks.
    #[must_use]
    pub fn rate_limit(mut self, per_second: f64) -> Self {
        self.rate = Some(per_second);
        self
    }

    /// The largest answer taken, in bytes after decompression; 32 MiB unless told.
    #[must_use]
    pub fn body_cap(mut self, bytes: usize) -> Self {
        self.body_cap = Some(bytes);
        self
    }

    /// The client. Nothing is sent and no connection is made before the first call.
    ///
    /// # Errors
    /// [`ErrorKind::Unauthorized`] without a key or with one that no header can hold;
    /// [`ErrorKind::Invalid`] for a base URL that is none, or a rate that is not above zero.
    pub fn build(self) -> Result<Client> {
        let key = self.key.filter(|key| !key.expose_secret().is_empty()).ok_or_else(no_key)?;
        if !key.expose_secret().bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::new(
                ErrorKind::Unauthorized,
                "the API key has characters no key has",
            )
            .with_hint("copy it again from Cliengo's settings"));
        }
        if self.rate.is_some_and(|rate| !rate.is_finite() || rate <= 0.0) {
            return Err(Error::invalid("the rate limit must be above zero"));
        }
        let base = BaseUrl::parse(self.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL))?;
        let inner = Inner {
            transport: Transport::new(base.tls, &self.timeouts),
            headers: super::send::headers(&key, self.key_place, base.is_loopback())?,
            base,
            key,
            key_source: self.key_source,
            key_place: self.key_place,
            timeouts: self.timeouts,
            retry: self.retry,
            limits: Limits { body: self.body_cap.unwrap_or(32 << 20) },
            pace: Arc::new(Mutex::new(Pace::new(self.rate))),
            budget: Arc::new(RetryBudget::new()),
            finder: Arc::default(),
        };
        Ok(Client(Arc::new(inner), Observers::default()))
    }
}

/// The error of a call without a key.
pub(crate) fn no_key() -> Error {
    Error::new(ErrorKind::Unauthorized, "there is no API key")
        .with_hint("set CLIENGO_API_KEY to the key from Cliengo's settings, or try --emulator")
}

/// The base URL, taken apart once.
#[derive(Debug, Clone)]
pub(crate) struct BaseUrl {
    /// Without a slash at its end.
    pub(crate) text: String,
    /// Host and port.
    pub(crate) authority: String,
    pub(crate) tls: bool,
}

impl BaseUrl {
    /// True for an address of this machine.
    fn is_loopback(&self) -> bool {
        let host =
            self.authority.rsplit_once(':').map_or(self.authority.as_str(), |(host, _)| host);
        let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    }

    fn parse(text: &str) -> Result<Self> {
        let refuse = |why: &str| {
            Err(Error::invalid(format!("the base URL is not usable: {why}"))
                .with_hint(format!("write it like {DEFAULT_BASE_URL}")))
        };
        let Ok(uri) = text.trim().parse::<Uri>() else { return refuse("it is no URL") };
        let tls = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return refuse("it must start with https:// or http://"),
        };
        let Some(authority) = uri.authority() else { return refuse("it names no host") };
        if authority.as_str().contains('@') {
            return refuse("it holds a user name; the key is given apart");
        }
        if uri.query().is_some() {
            return refuse("it has a query");
        }
        let text = text.trim().trim_end_matches('/').to_owned();
        Ok(Self { text, authority: authority.as_str().to_lowercase(), tls })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_that_cannot_work_is_refused_before_anything_is_sent() {
        for url in
            ["", "api.cliengo.com", "ftp://x", "https://", "https://u:p@x/1.0", "http://x/?a=1"]
        {
            let built = Client::builder().api_key("k").base_url(url).build();
            assert!(built.is_err(), "{url}");
        }
    }

    #[test]
    fn no_debug_output_shows_the_key() {
        let builder = Client::builder().api_key("sesame-sesame").base_url("http://h/1.0");
        let client = builder.clone().build().unwrap();
        assert!(!format!("{builder:?} {client:?}").contains("sesame"));
    }
}
