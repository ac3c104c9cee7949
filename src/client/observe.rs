//! Who wants to know of each exchange with the API: logs, counters, the server's clock.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::header::{DATE, HeaderMap};
use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::request::Request;
use super::transport::{Answer, TransportError};
use crate::ErrorKind;

/// One attempt at a call, as it went over the wire. Never holds the key, a query or a body. Its times
/// serialize as milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Exchange {
    /// The HTTP method.
    pub method: &'static str,
    /// The path relative to the base URL, without its query.
    pub path: String,
    /// Which attempt at the call it was, from 1.
    pub attempt: u32,
    /// The HTTP status; none where no answer came.
    pub status: Option<u16>,
    /// What went wrong on the wire, where no answer came.
    pub failure: Option<ErrorKind>,
    /// The time from sending to the whole answer.
    #[serde(rename = "took_ms", serialize_with = "milliseconds")]
    pub took: Duration,
    /// The time that the call waited before for its place in the pace.
    #[serde(rename = "waited_ms", serialize_with = "milliseconds")]
    pub waited: Duration,
    /// The bytes of the answer's body, unpacked.
    pub bytes: usize,
    /// The server's clock, where the answer told it (`Date`, RFC 9110, 6.6.1): whole seconds.
    pub date: Option<Timestamp>,
}

fn milliseconds<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(time.as_secs_f64() * 1_000.0)
}

/// A wait before the next attempt at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wait {
    /// How long.
    pub time: Duration,
    /// The HTTP status that it is for; none where no answer came.
    pub status: Option<u16>,
    /// True where the API asked for it (`Retry-After`, RFC 9110, 10.2.3).
    pub asked: bool,
}

/// Is told of each exchange; see [`Client::observed`](super::Client::observed).
pub trait Observer: Send + Sync {
    /// A call is about to be made, before its first attempt. The base URL and the request do not hold the
    /// key, wherever it is sent.
    fn requested(&self, _base_url: &str, _request: &Request) {}

    /// An attempt at a call has ended.
    fn exchanged(&self, exchange: &Exchange);

    /// The same, with the call that it was an attempt at.
    fn answered(&self, _request: &Request, exchange: &Exchange) {
        self.exchanged(exchange);
    }

    /// A call begins to wait: for its next attempt, or because the API asked for silence.
    fn waits(&self, _wait: &Wait) {}
}

/// Those who want to know, the last one first.
#[derive(Clone, Default)]
pub(super) struct Observers(Option<Arc<Link>>);

struct Link {
    observer: Arc<dyn Observer>,
    before: Observers,
}

impl Observers {
    pub(super) fn with(&self, observer: Arc<dyn Observer>) -> Self {
        Self(Some(Arc::new(Link { observer, before: self.clone() })))
    }

    pub(super) fn tell(
        &self,
        request: &Request,
        attempt: u32,
        (booked, sent): (Instant, Instant),
        result: &Result<Answer, TransportError>,
    ) {
        if self.0.is_none() {
            return;
        }
        let (method, path) = (request.method().as_str(), request.path().to_owned());
        let (took, waited) = (sent.elapsed(), sent.duration_since(booked));
        let (status, failure, bytes, date) = match result {
            Ok(answer) => (Some(answer.status), None, answer.body.len(), date(&answer.headers)),
            Err(error) => (None, Some(error.kind()), 0, None),
        };
        let exchange =
            Exchange { method, path, attempt, status, failure, took, waited, bytes, date };
        self.each(|observer| observer.answered(request, &exchange));
    }

    pub(super) fn announce(&self, base_url: &str, request: &Request) {
        self.each(|observer| observer.requested(base_url, request));
    }

    pub(super) fn wait(&self, time: Duration, status: Option<u16>, asked: bool) {
        let wait = Wait { time, status, asked };
        self.each(|observer| observer.waits(&wait));
    }

    fn each(&self, tell: impl Fn(&dyn Observer)) {
        let mut next = &self.0;
        while let Some(link) = next {
            tell(&*link.observer);
            next = &link.before.0;
        }
    }
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let date = httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()?;
    Timestamp::try_from(date).ok()
}

impl fmt::Debug for Observers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observers")
    }
}
