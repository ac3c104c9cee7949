//! From an answer to bytes on the wire: headers, gzip, and the ways a delivery can fail.

use std::io::{self, Write};
use std::task::Poll;
use std::time::Duration;

use axum::body::Body;
use axum::http::response::Builder;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use futures_util::stream;

use super::answer::Answer;
use super::connection::Connection;
use super::faults::{Delivery, Shaped};

/// Smaller bodies are not worth compressing.
const WORTH_COMPRESSING: usize = 2_048;

/// The size of one piece of a flood.
const FLOOD_PIECE: u64 = 64 * 1_024;

/// The response that goes out, dated `date`.
pub(crate) fn respond(
    shaped: Shaped,
    date: &str,
    gzip: bool,
    connection: &Connection,
) -> Response<Body> {
    let Shaped { mut answer, delivery } = shaped;
    if gzip && answer.body.len() > WORTH_COMPRESSING {
        compress(&mut answer);
    }
    let head = head(&answer, &delivery, date, connection);
    // A location that is no header value cannot be sent; a 500 with an empty body says so.
    head.body(body(answer.body, delivery, connection)).unwrap_or_else(|_| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}

/// The status and the headers.
fn head(answer: &Answer, delivery: &Delivery, date: &str, connection: &Connection) -> Builder {
    let mut head = Response::builder()
        .status(answer.status)
        .header(header::CONTENT_TYPE, answer.content_type)
        .header(header::DATE, date)
        .header(header::VARY, "accept-encoding");
    for (name, value) in &answer.headers {
        head = head.header(*name, value);
    }
    if connection.is_closing() {
        head = head.header(header::CONNECTION, "close");
    }
    // A stream does not know its length, but a client is to notice what is missing.
    if matches!(delivery, Delivery::HalfThenReset | Delivery::Slowly { .. }) {
        head = head.header(header::CONTENT_LENGTH, answer.body.len());
    }
    head
}

/// True where the client takes gzip.
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).map(HeaderValue::to_str);
    let Some(Ok(accepted)) = accepted else { return false };
    accepted.split(',').any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(quality.trim(), "q=0" | "q=0.0")
    })
}

/// The fastest level: the emulator is timed with it.
fn compress(answer: &mut Answer) {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    if let Ok(bytes) = encoder.write_all(&answer.body).and_then(|()| encoder.finish()) {
        answer.body = bytes.into();
        answer.headers.push(("content-encoding", "gzip".to_owned()));
    }
}

fn body(bytes: Bytes, delivery: Delivery, connection: &Connection) -> Body {
    match delivery {
        Delivery::Whole => Body::from(bytes),
        Delivery::Reset => {
            connection.reset();
            Body::empty()
        }
        Delivery::HalfThenReset => half_then_reset(bytes, connection.clone()),
        Delivery::Slowly { pause, chunks } => slowly(bytes, pause, chunks, connection),
        Delivery::Flood { bytes } => flood(bytes, connection),
    }
}

/// The reset must wait until the half is out, or the client would see none of it.
fn half_then_reset(bytes: Bytes, connection: Connection) -> Body {
    let mut half = Some(bytes.slice(..bytes.len() / 2));
    let mut flushes = 0;
    Body::from_stream(stream::poll_fn(move |context| {
        if let Some(half) = half.take() {
            flushes = connection.flushes();
            return Poll::Ready(Some(Ok(half)));
        }
        connection.poll_flushed(context, flushes).map(|()| {
            connection.reset();
            Some(Err(io::Error::from(io::ErrorKind::ConnectionReset)))
        })
    }))
}

fn slowly(bytes: Bytes, pause: Duration, chunks: usize, connection: &Connection) -> Body {
    let size = bytes.len().div_ceil(chunks.max(1)).max(1);
    let busy = connection.busy();
    let start = (bytes, Duration::ZERO, busy);
    Body::from_stream(stream::unfold(start, move |(mut left, wait, busy)| async move {
        if left.is_empty() {
            return None;
        }
        tokio::time::sleep(wait).await;
        let chunk = left.split_to(size.min(left.len()));
        Some((Ok::<_, io::Error>(chunk), (left, pause, busy)))
    }))
}

/// `{"message":"xxx…"}` of this many bytes, sent as it is made.
fn flood(bytes: u64, connection: &Connection) -> Body {
    let (head, tail) = (r#"{"message":""#, r#""}"#);
    let filler = Bytes::from(vec![b'x'; FLOOD_PIECE as usize]);
    let length = bytes.saturating_sub((head.len() + tail.len()) as u64);
    let busy = connection.busy();
    let pieces = length.div_ceil(FLOOD_PIECE);
    let middle = (0..pieces).map(move |piece| {
        let _connection_is_busy = &busy;
        let size = FLOOD_PIECE.min(length - piece * FLOOD_PIECE);
        filler.slice(..size as usize)
    });
    let ends = |text: &'static str| std::iter::once(Bytes::from_static(text.as_bytes()));
    let whole = ends(head).chain(middle).chain(ends(tail));
    Body::from_stream(stream::iter(whole.map(Ok::<_, io::Error>)))
}
