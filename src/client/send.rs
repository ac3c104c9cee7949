//! The loop around one call: pace, attempts, retries, redirects, and errors that say what is known.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use hyper::Uri;
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    RETRY_AFTER, USER_AGENT,
};
use secrecy::{ExposeSecret, SecretString};
use serde::de::IgnoredAny;

use super::answer::{Response, check_key, refusal};
use super::config::KeyPlace;
use super::observe::Observers;
use super::redirect::redirected;
use super::request::{Expect, Method, Request};
use super::retry::{Failure, lock};
use super::secret::{mask_key, without_key};
use super::transport::{Answer, TransportError};
use super::{Client, Inner, text};
use crate::error::OUTCOME_UNKNOWN;
use crate::{Error, ErrorKind, Result};

/// The headers that every request of a client shares. Over the loopback no bytes need to be saved:
/// packing a page would cost more time than all the rest of its way.
pub(crate) fn headers(key: &SecretString, place: KeyPlace, loopback: bool) -> Result<HeaderMap> {
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if !loopback {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
    let agent = concat!("cliengo/", env!("CARGO_PKG_VERSION"));
    headers.insert(USER_AGENT, HeaderValue::from_static(agent));
    if place == KeyPlace::Header {
        let bearer = HeaderValue::from_str(&format!("Bearer {}", key.expose_secret()));
        let mut bearer = bearer.map_err(|_| Error::invalid("the API key fits in no header"))?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
    }
    Ok(headers)
}

impl Client {
    /// Sends a call and gives the API's good answer (2xx).
    ///
    /// Transient failures are retried with full-jitter backoff, as far as the policy, the retry
    /// budget and the operation's time allow: `GET`, `PUT`, `PATCH` and `DELETE` always, `POST` and a
    /// `PATCH` that adds a note only where it surely was not processed. `Retry-After` is honoured in both
    /// its forms (RFC 9110, 10.2.3).
    ///
    /// # Errors
    /// Every [`ErrorKind`] that a call can end with, naming the method and the path. Where a write
    /// was cut off, the hint says that the outcome is unknown.
    pub async fn send(&self, request: &Request) -> Result<Response> {
        self.send_checked(request, &check_json).await
    }

    /// As [`send`](Self::send), with another look at the answer than whether it is JSON: one that it
    /// refuses is spoilt, and asked for again.
    pub(crate) async fn send_checked(
        &self,
        request: &Request,
        check: &Check<'_>,
    ) -> Result<Response> {
        let begun = Instant::now();
        let call = Call { inner: &self.0, observers: &self.1, request, check, begun };
        match tokio::time::timeout(self.0.timeouts.operation, call.run()).await {
            Ok(result) => result.map_err(|error| without_key(&self.0.key, error)),
            Err(_) => Err(request.blame(outcome_unknown(request, too_slow()))),
        }
    }
}

/// Tells whether a good answer's body is whole.
type Check<'a> = dyn Fn(&Bytes) -> Result<()> + Sync + 'a;

/// The body is JSON.
///
/// # Errors
/// [`ErrorKind::Decode`] where it is not, saying what it looks like instead.
pub(super) fn check_json(body: &Bytes) -> Result<()> {
    sonic_rs::from_slice::<IgnoredAny>(body).map(drop).map_err(|_| not_json(body))
}

/// One call on its way.
struct Call<'a> {
    inner: &'a Inner,
    observers: &'a Observers,
    request: &'a Request,
    check: &'a Check<'a>,
    begun: Instant,
}

/// Why an attempt gave no good answer.
struct Attempt {
    failure: Failure,
    error: Error,
    retry_after: Option<Duration>,
    throttled: bool,
}

impl Attempt {
    /// True where the API may have processed it, as where its answer is too large to be read.
    fn is_uncertain(&self) -> bool {
        self.error.kind == ErrorKind::Limit
            || matches!(self.failure, Failure::Unknown | Failure::TimedOut)
    }
}

impl Call<'_> {
    async fn run(&self) -> Result<Response> {
        self.observers.announce(&self.inner.base.text, self.request);
        let mut target = self.request.target();
        let (mut attempts, mut redirects, mut uncertain) = (0, 0, false);
        loop {
            let booked = Instant::now();
            self.wait_for_place().await;
            attempts += 1;
            let sent = Instant::now();
            let result = self.attempt(&target).await;
            self.observers.tell(self.request, attempts, (booked, sent), &result);
            let failed = match result {
                Ok(answer) if (300..400).contains(&answer.status) => {
                    redirects += 1;
                    let to = redirected(self.request, &self.inner.base.text, &answer, redirects);
                    target = to.map_err(|error| self.told(self.request.blame(error), uncertain))?;
                    continue;
                }
                Ok(answer) => match self.judge(answer, attempts) {
                    Ok(response) => return Ok(response),
                    Err(failed) => failed,
                },
                Err(error) => self.transport_failed(error),
            };
            // A delete whose first answer was lost, and that then finds nothing, did its work.
            if uncertain
                && self.request.method == Method::Delete
                && failed.error.status == Some(404)
            {
                return Ok(Response { status: 204, headers: vec![], body: Bytes::new(), attempts });
            }
            uncertain |= failed.is_uncertain();
            self.wait_to_repeat(failed, attempts, uncertain).await?;
        }
    }

    async fn wait_for_place(&self) {
        let now = Instant::now();
        let (place, silence) = {
            let mut pace = lock(&self.inner.pace);
            (pace.book(now), pace.silence(now))
        };
        if let Some(time) = silence {
            self.observers.wait(time, Some(429), true);
        }
        if place > now {
            tokio::time::sleep_until(place.into()).await;
        }
    }

    async fn attempt(&self, target: &str) -> Result<Answer, TransportError> {
        let request = self.build(target).map_err(TransportError::NotARequest)?;
        self.inner.transport.attempt(request, &self.inner.timeouts, &self.inner.limits).await
    }

    fn build(&self, target: &str) -> Result<hyper::Request<Full<Bytes>>, String> {
        let mut url = format!("{}{target}", self.inner.base.text);
        if self.inner.key_place == KeyPlace::Query {
            url.push(if target.contains('?') { '&' } else { '?' });
            url.push_str("api_key=");
            url.push_str(self.inner.key.expose_secret());
        }
        let uri = Uri::try_from(url).map_err(|_| "the path is not a URL's".to_owned())?;
        let body = self.request.body.clone();
        let mut request = hyper::Request::new(Full::new(body.clone().unwrap_or_default()));
        *request.uri_mut() = uri;
        *request.method_mut() = match self.request.method {
            Method::Get => hyper::Method::GET,
            Method::Post => hyper::Method::POST,
            Method::Put => hyper::Method::PUT,
            Method::Patch => hyper::Method::PATCH,
            Method::Delete => hyper::Method::DELETE,
        };
        let mut headers = self.inner.headers.clone();
        if body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in &self.request.headers {
            let name = name.parse::<HeaderName>().map_err(|error| error.to_string())?;
            let value = HeaderValue::from_str(value).map_err(|error| error.to_string())?;
            headers.insert(name, value);
        }
        *request.headers_mut() = headers;
        Ok(request)
    }

    /// A good answer, or why it is none.
    fn judge(&self, answer: Answer, attempts: u32) -> Result<Response, Attempt> {
        let status = answer.status;
        if status == 429 {
            let retry_after = retry_after(&answer.headers);
            lock(&self.inner.pace).refused(Instant::now(), retry_after);
        } else {
            lock(&self.inner.pace).answered(Instant::now());
        }
        if !(200..300).contains(&status) {
            return Err(self.refused(status, &answer));
        }
        let body = text::readable(mask_key(&self.inner.key, answer.body));
        // A write may be answered with nothing (204); a read has to say something.
        // Or with a word such as "OK".
        let silent_write = self.request.method.is_write() && !text::means_json(&body);
        let body =
            if silent_write && self.request.expect == Expect::Json { Bytes::new() } else { body };
        // A page in the place of the answer to a write is the word of something in between.
        let is_page = self.request.method.is_write() && text::is_page(&body);
        let read = is_page || self.request.expect == Expect::Json && !silent_write;
        let check =
            |body: &Bytes| if text::too_deep(body) { Err(nested()) } else { (self.check)(body) };
        if let Some(error) = read.then(|| check(&body).err()).flatten() {
            return Err(Attempt {
                failure: Failure::Unknown,
                error: self.request.blame(error.with_status(status)),
                retry_after: None,
                throttled: false,
            });
        }
        self.inner.budget.refund();
        // A read's headers tell nothing that anybody asks for; a write's may name what was created.
        let wanted = self.request.expect == Expect::Anything || self.request.method.is_write();
        let headers = if wanted { self.texts(&answer.headers) } else { Vec::new() };
        Ok(Response { status, headers, body, attempts })
    }

    /// The headers as texts, without the key.
    fn texts(&self, headers: &HeaderMap) -> Vec<(String, String)> {
        let text = |(name, value): (&HeaderName, &HeaderValue)| {
            let value = mask_key(&self.inner.key, Bytes::copy_from_slice(value.as_bytes()));
            (name.as_str().to_owned(), String::from_utf8_lossy(&value).into_owned())
        };
        headers.iter().map(text).collect()
    }

    fn refused(&self, status: u16, answer: &Answer) -> Attempt {
        let failure = match status {
            429 | 503 => Failure::Refused,
            501 | 505 => Failure::Final,
            408 | 500..=599 => Failure::Unknown,
            _ => Failure::Final,
        };
        // Before the words are cut to a length: half a key would not be found any more.
        let error = refusal(self.request, status, &mask_key(&self.inner.key, answer.body.clone()));
        let source = self.inner.key_source.as_deref();
        let source = source.filter(|_| error.kind == ErrorKind::Unauthorized);
        let error = error.with_hint_if(source.map(check_key));
        let retry_after = retry_after(&answer.headers);
        Attempt { failure, error, retry_after, throttled: status == 429 }
    }

    fn transport_failed(&self, error: TransportError) -> Attempt {
        let host = &self.inner.base.authority;
        let network =
            |message: String| Error::new(ErrorKind::Network, message).with_retryable(true);
        let (failure, error) = match error {
            TransportError::NotARequest(why) => {
                (Failure::Final, Error::invalid(format!("this cannot be sent: {why}")))
            }
            TransportError::Refused(error) => (Failure::Final, error),
            TransportError::NotConnected(why) => (
                Failure::NotSent,
                network(format!("no connection to {host}: {why}"))
                    .with_hint("check the base URL and the network"),
            ),
            TransportError::ConnectTimedOut => (
                Failure::NotSent,
                network(format!("no connection to {host} in time"))
                    .with_hint("check the base URL and the network"),
            ),
            TransportError::TimedOut => (Failure::TimedOut, too_slow()),
            TransportError::Broken(why) => {
                (Failure::Unknown, network(format!("the connection to {host} broke: {why}")))
            }
            TransportError::TooLarge(cap) => (
                Failure::Final,
                Error::new(ErrorKind::Limit, format!("the answer is larger than {cap} bytes"))
                    .with_hint("ask for fewer rows, or raise the client's body cap"),
            ),
        };
        Attempt { failure, error: self.request.blame(error), retry_after: None, throttled: false }
    }

    /// Waits before the next attempt, or gives the error where there is to be none. `uncertain` says that
    /// one of the attempts may have been processed.
    async fn wait_to_repeat(&self, failed: Attempt, attempts: u32, uncertain: bool) -> Result<()> {
        let policy = &self.inner.retry;
        let most = if failed.throttled { policy.max_throttled } else { policy.max_attempts };
        if !failed.failure.may_repeat(self.request.is_idempotent()) {
            return Err(self.told(failed.error, uncertain));
        }
        if attempts >= most || !self.inner.budget.pay(failed.failure) {
            let noun = if attempts == 1 { "attempt" } else { "attempts" };
            let error = failed.error.within(format_args!("gave up after {attempts} {noun}"));
            return Err(self.told(error, uncertain));
        }
        let wait = match failed.retry_after {
            Some(wait) => wait,
            None => policy.delay(attempts, fastrand::f64()),
        };
        let left = self.inner.timeouts.operation.saturating_sub(self.begun.elapsed());
        if wait > left {
            let error = failed.error.within(format_args!("gave up after {attempts} attempts"));
            let asked = failed.retry_after.map(|wait| wait.as_millis().div_ceil(1_000));
            let hint = asked.map(|seconds| format!("the API asks to wait {seconds} s"));
            return Err(self.told(error.with_hint_if(hint), uncertain));
        }
        self.observers.wait(wait, failed.error.status, failed.retry_after.is_some());
        tokio::time::sleep(wait).await;
        Ok(())
    }

    /// The error, saying whether the write may have been done all the same.
    fn told(&self, error: Error, uncertain: bool) -> Error {
        if uncertain { outcome_unknown(self.request, error) } else { error }
    }
}

fn too_slow() -> Error {
    Error::new(ErrorKind::Timeout, "the API did not answer in time").with_retryable(true)
}

fn nested() -> Error {
    Error::new(ErrorKind::Decode, "the answer is nested deeper than any answer of the API")
}

fn not_json(body: &[u8]) -> Error {
    let start = body.iter().find(|byte| !byte.is_ascii_whitespace());
    let what = match start {
        None => "the answer is empty",
        Some(b'<') => "the answer is an HTML page, not JSON",
        Some(_) => "the answer is not whole JSON",
    };
    Error::new(ErrorKind::Decode, what).with_retryable(true).with_hint(
        "something between here and the API may have answered in its place; check the base URL",
    )
}

/// A write whose answer was lost may have been done: repeating it is the person's choice.
fn outcome_unknown(request: &Request, error: Error) -> Error {
    if !request.method.is_write() {
        return error;
    }
    let retryable = error.retryable && request.is_idempotent();
    error.with_retryable(retryable).with_hint(OUTCOME_UNKNOWN)
}

/// `Retry-After` in seconds, or as a date (RFC 9110, 10.2.3).
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let until = httpdate::parse_http_date(value).ok()?;
    // The date is the server's: its own clock, where it tells it, is the one to compare with.
    let now = headers
        .get(hyper::header::DATE)
        .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok())
        .unwrap_or_else(std::time::SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}
