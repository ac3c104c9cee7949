//! The emulator's clock, and instants as milliseconds since 1970.

use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::schema::to_wire;
use crate::{Error, Result};

/// An instant in milliseconds since 1970, UTC.
pub(crate) type Millis = i64;

/// One UTC day.
pub(crate) const DAY: Millis = 86_400_000;

/// A clock that follows the system's, ahead or behind it, or stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Clock {
    /// The system's clock and this many milliseconds.
    Running(Millis),
    /// Stands still at this instant.
    Frozen(Millis),
}

impl Clock {
    /// A clock that stands still at `instant`, or follows the system's where there is none.
    pub(crate) fn new(instant: Option<Timestamp>) -> Self {
        instant.map_or(Self::Running(0), |instant| Self::Frozen(instant.as_millisecond()))
    }

    pub(crate) fn now(self) -> Millis {
        match self {
            Self::Running(ahead) => system_now().saturating_add(ahead),
            Self::Frozen(instant) => instant,
        }
    }

    pub(crate) fn is_frozen(self) -> bool {
        matches!(self, Self::Frozen(_))
    }

    /// Sets the time, and whether it passes.
    pub(crate) fn set(&mut self, now: Millis, frozen: bool) {
        *self = if frozen {
            Self::Frozen(now)
        } else {
            Self::Running(now.saturating_sub(system_now()))
        };
    }

    pub(crate) fn advance(&mut self, by: Millis) {
        match self {
            Self::Running(offset) | Self::Frozen(offset) => *offset = offset.saturating_add(by),
        }
    }
}

fn system_now() -> Millis {
    Timestamp::now().as_millisecond()
}

/// The nearest instant that a date can name.
fn timestamp(instant: Millis) -> Timestamp {
    let bounds = Timestamp::MIN.as_millisecond()..=Timestamp::MAX.as_millisecond();
    let instant = instant.clamp(*bounds.start(), *bounds.end());
    Timestamp::from_millisecond(instant).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The instant as the API writes it: `2026-05-07T12:00:00.000Z`.
pub(crate) fn wire(instant: Millis) -> String {
    to_wire(timestamp(instant))
}

/// The instant as an HTTP header writes it: `Thu, 07 May 2026 12:00:00 GMT`.
pub(crate) fn http_date(instant: Millis) -> String {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&timestamp(instant)).unwrap_or_default()
}

/// Reads what the API takes for a date: RFC 3339 or `YYYY-MM-DD`, but no ages, which are the
/// client's own.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for anything else.
pub(crate) fn read_date(text: &str) -> Result<Millis> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant.as_millisecond());
    }
    text.parse::<Date>()
        .ok()
        .filter(|_| text.len() == "2026-05-07".len())
        .and_then(|day| day.to_zoned(TimeZone::UTC).ok())
        .map(|midnight| midnight.timestamp().as_millisecond())
        .ok_or_else(|| Error::invalid(format!("\"{text}\" is not a valid date")))
}
