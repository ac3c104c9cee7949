//! The server's clock, as its answers tell it.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

use crate::client::{Exchange, Observer};

/// What time it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerTime {
    /// The time there; the time here where the server does not tell.
    pub now: Timestamp,
    /// How far the clock there is ahead of the one here.
    pub skew: SignedDuration,
}

/// Follows the server's clock by the `Date` of its answers (RFC 9110, 6.6.1).
#[derive(Debug, Default)]
pub struct ServerClock(Mutex<Option<Seen>>);

#[derive(Debug, Clone, Copy)]
struct Seen {
    date: Timestamp,
    at: Instant,
    skew: SignedDuration,
}

impl ServerClock {
    /// What time it is there now.
    pub fn time(&self) -> ServerTime {
        let seen = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = seen.and_then(|seen| {
            let now = seen.date.checked_add(seen.at.elapsed()).ok()?;
            Some(ServerTime { now, skew: seen.skew })
        });
        told.unwrap_or_else(|| ServerTime { now: Timestamp::now(), skew: SignedDuration::ZERO })
    }
}

impl Observer for ServerClock {
    fn exchanged(&self, exchange: &Exchange) {
        if let Some(date) = exchange.date {
            let skew = date.duration_since(Timestamp::now());
            let seen = Seen { date, at: Instant::now(), skew };
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        }
    }
}
