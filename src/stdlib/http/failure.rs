//! Why no answer came, in the words of an error.

use std::time::Duration;

use hyper::Method;

use super::body::too_much;
use super::redirect::Outgoing;
use crate::client::transport::TransportError;
use crate::error::OUTCOME_UNKNOWN;
use crate::{Error, ErrorKind};

/// The error of an attempt at `call`, which began as one with the method `first`.
pub(super) fn failed(
    error: TransportError,
    first: &Method,
    call: &Outgoing,
    limit: Duration,
) -> Error {
    let host = call.target.host();
    let not_connected = |message: String| {
        Error::new(ErrorKind::Network, message)
            .with_retryable(true)
            .with_hint("check the URL and the network")
    };
    match error {
        TransportError::NotARequest(why) => Error::invalid(format!("this cannot be sent: {why}")),
        TransportError::Refused(error) => error,
        TransportError::NotConnected(why) => {
            not_connected(format!("no connection to {host}: {why}"))
        }
        TransportError::ConnectTimedOut => {
            not_connected(format!("no connection to {host} in time"))
        }
        TransportError::TimedOut => too_slow(first, limit),
        TransportError::Broken(why) => {
            let message = format!("the connection to {host} broke: {why}");
            uncertain(Error::new(ErrorKind::Network, message), first)
        }
        TransportError::TooLarge(_) => too_much("the answer"),
    }
}

/// The error of a call that took too long.
pub(super) fn too_slow(first: &Method, limit: Duration) -> Error {
    let message = format!("no answer came within {} s", limit.as_secs_f64());
    let error = Error::new(ErrorKind::Timeout, message);
    uncertain(error.with_hint("allow it more with the option timeout"), first)
}

/// The error of a call that may have been carried out. It may be made again where that is the same as once.
fn uncertain(error: Error, method: &Method) -> Error {
    match method.is_idempotent() {
        true => error.with_retryable(true),
        false => error.with_hint(OUTCOME_UNKNOWN),
    }
}
