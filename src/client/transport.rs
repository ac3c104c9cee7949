//! One attempt over the wire: a pooled HTTP/1.1 connection, the body within its cap, decompressed.

use std::error::Error as _;
use std::io::Read;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Full};
use hyper::header::{CONTENT_ENCODING, HeaderMap};
use hyper::{Response, body::Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::{Connect, HttpConnector};
use hyper_util::client::legacy::{Builder, Client, Error as SendError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::timeout;

use super::config::{Limits, Timeouts};
use crate::{Error, ErrorKind};

/// What came back, whatever its status.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Why nothing came back.
#[derive(Debug)]
pub(crate) enum TransportError {
    /// The path or a header is none that HTTP knows: there was nothing to send.
    NotARequest(String),
    /// The connection could not be made: nothing was sent.
    NotConnected(String),
    /// The connection was refused on this side: nothing was sent.
    Refused(Error),
    /// The connection could not be made in time: nothing was sent.
    ConnectTimedOut,
    /// No answer, or not all of it, in time.
    TimedOut,
    /// The connection broke after the request had been sent.
    Broken(String),
    /// The body is larger than the cap, in bytes.
    TooLarge(usize),
}

impl TransportError {
    /// What kind of failure it is, in one word.
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::Refused(error) => error.kind,
            Self::NotARequest(_) => ErrorKind::Invalid,
            Self::NotConnected(_) | Self::ConnectTimedOut | Self::Broken(_) => ErrorKind::Network,
            Self::TimedOut => ErrorKind::Timeout,
            Self::TooLarge(_) => ErrorKind::Limit,
        }
    }
}

/// A connection pool for one base URL. TLS is set up only where the URL asks for it: it costs
/// milliseconds that a run against a local server need not pay.
pub(crate) enum Transport {
    Plain(Client<HttpConnector, Full<Bytes>>),
    Tls(Client<HttpsConnector<HttpConnector>, Full<Bytes>>),
}

impl Transport {
    pub(crate) fn new(tls: bool, timeouts: &Timeouts) -> Self {
        let mut http = HttpConnector::new();
        http.set_connect_timeout(Some(timeouts.connect));
        http.set_nodelay(true);
        http.enforce_http(false);
        let pool = pool();
        if !tls {
            return Self::Plain(pool.build(http));
        }
        let https = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_only()
            .enable_http1()
            .wrap_connector(http);
        Self::Tls(pool.build(https))
    }

    /// Sends the request once and reads the whole answer.
    pub(crate) async fn attempt(
        &self,
        request: hyper::Request<Full<Bytes>>,
        timeouts: &Timeouts,
        limits: &Limits,
    ) -> Result<Answer, TransportError> {
        match self {
            Self::Plain(client) => attempt(client, request, timeouts, limits).await,
            Self::Tls(client) => attempt(client, request, timeouts, limits).await,
        }
    }
}

/// Begins a pool of connections.
pub(crate) fn pool() -> Builder {
    let mut pool = Client::builder(TokioExecutor::new());
    pool.pool_timer(TokioTimer::new()).pool_idle_timeout(Duration::from_secs(50));
    pool
}

/// Sends the request once over a connection of this pool and reads the whole answer.
pub(crate) async fn attempt<C: Connect + Clone + Send + Sync + 'static>(
    client: &Client<C, Full<Bytes>>,
    request: hyper::Request<Full<Bytes>>,
    timeouts: &Timeouts,
    limits: &Limits,
) -> Result<Answer, TransportError> {
    let whole = async {
        let response = timeout(timeouts.connect + timeouts.read, client.request(request))
            .await
            .map_err(|_| TransportError::TimedOut)?
            .map_err(|error| not_answered(&error))?;
        receive(response, timeouts.read, limits.body).await
    };
    timeout(timeouts.attempt, whole).await.unwrap_or(Err(TransportError::TimedOut))
}

async fn receive(
    response: Response<Incoming>,
    read: Duration,
    cap: usize,
) -> Result<Answer, TransportError> {
    let (parts, mut body) = response.into_parts();
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) =
        timeout(read, body.frame()).await.map_err(|_| TransportError::TimedOut)?
    {
        let Ok(data) = frame.map_err(|error| TransportError::Broken(chain(&error)))?.into_data()
        else {
            continue;
        };
        if first.len() + rest.len() + data.len() > cap {
            return Err(TransportError::TooLarge(cap));
        }
        // Most answers are one frame, and need no copy.
        if first.is_empty() {
            first = data;
        } else {
            rest.extend_from_slice(&data);
        }
    }
    let whole = if rest.is_empty() { first } else { [first, rest.freeze()].concat().into() };
    let packed = parts.headers.get(CONTENT_ENCODING).is_some_and(|value| value == "gzip");
    let body = if packed && !whole.is_empty() { unpack(&whole, cap)? } else { whole };
    Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
}

/// Decompresses within the cap, so that a small bomb does not become a large body.
fn unpack(packed: &[u8], cap: usize) -> Result<Bytes, TransportError> {
    let mut body = Vec::with_capacity((packed.len() * 4).min(cap));
    let mut reader = flate2::bufread::MultiGzDecoder::new(packed).take(cap as u64 + 1);
    reader
        .read_to_end(&mut body)
        .map_err(|error| TransportError::Broken(format!("the gzip body is damaged: {error}")))?;
    if body.len() > cap {
        return Err(TransportError::TooLarge(cap));
    }
    Ok(body.into())
}

fn not_answered(error: &SendError) -> TransportError {
    if !error.is_connect() {
        return TransportError::Broken(chain(error));
    }
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(refused) = inner.downcast_ref::<Error>() {
            return TransportError::Refused(refused.clone());
        }
        let io = inner.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::TimedOut) {
            return TransportError::ConnectTimedOut;
        }
        source = inner.source();
    }
    TransportError::NotConnected(chain(error))
}

/// The innermost cause says most: "Connection refused", "invalid peer certificate".
fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        words = inner.to_string();
        source = inner.source();
    }
    words
}
