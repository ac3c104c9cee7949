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
    /// True where the server told.
    pub is_told: bool,
}

impl ServerTime {
    /// What time it is here.
    pub(crate) fn here(self) -> Timestamp {
        self.now.checked_sub(self.skew).unwrap_or(self.now)
    }
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
            Some(ServerTime { now, skew: seen.skew, is_told: true })
        });
        told.unwrap_or_else(|| {
            let (now, skew) = (Timestamp::now(), SignedDuration::ZERO);
            ServerTime { now, skew, is_told: false }
        })
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
