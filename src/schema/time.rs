//! Instants and lengths of time as people write them.

use std::time::Duration;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use crate::{Error, Result};

/// An instant, or a whole day in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant, or the first one of the day.
    pub start: Timestamp,
    /// True where a whole day was meant.
    pub is_day: bool,
}

impl Moment {
    /// The last millisecond that the moment covers: the instant itself, or the end of its day.
    pub fn end(&self) -> Timestamp {
        if !self.is_day {
            return self.start;
        }
        let length = SignedDuration::from_hours(24) - SignedDuration::from_millis(1);
        self.start.checked_add(length).unwrap_or(Timestamp::MAX)
    }

    /// The UTC day that holds the moment.
    pub fn day(&self) -> Date {
        self.start.to_zoned(TimeZone::UTC).date()
    }
}

/// Reads RFC 3339 (`2026-05-07T12:00:00Z`), a day in UTC (`2026-05-07`), or an age (`7d`, `12h`).
///
/// ```
/// use cliengo::schema::parse_moment;
///
/// assert!(parse_moment("2026-05-07")?.is_day);
/// assert!(parse_moment("7d")?.start < parse_moment("1h")?.start);
/// assert!(parse_moment("last week").is_err());
/// # Ok::<(), cliengo::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for anything else.
pub fn parse_moment(text: &str) -> Result<Moment> {
    let text = text.trim();
    if let Ok(start) = text.parse::<Timestamp>() {
        return Ok(Moment { start, is_day: false });
    }
    if let Ok(day) = text.parse::<Date>()
        && let Ok(midnight) = day.to_zoned(TimeZone::UTC)
        && text.len() == 10
    {
        return Ok(Moment { start: midnight.timestamp(), is_day: true });
    }
    let age = parse_duration(text).ok().and_then(|age| SignedDuration::try_from(age).ok());
    if let Some(start) = age.and_then(|age| Timestamp::now().checked_sub(age).ok()) {
        return Ok(Moment { start, is_day: false });
    }
    Err(Error::invalid(format!("\"{text}\" is not a date"))
        .with_hint("write 2026-05-07, 2026-05-07T12:00:00Z, or an age such as 7d or 12h"))
}

/// Reads a length of time: `500ms`, `2s`, `15m`, `12h`, `7d`, `2w`; several add up: `1h30m`.
///
/// ```
/// use std::time::Duration;
/// assert_eq!(cliengo::schema::parse_duration("1h30m")?, Duration::from_secs(5_400));
/// # Ok::<(), cliengo::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where there is no number, no unit, an unknown
/// unit, or more time than can be counted.
pub fn parse_duration(text: &str) -> Result<Duration> {
    let refuse = || {
        Error::invalid(format!("\"{text}\" is not a length of time"))
            .with_hint("write a number and a unit: 500ms, 2s, 15m, 12h, 7d or 2w")
    };
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(refuse());
    }
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
        let (number, tail) = rest.split_at(digits.ok_or_else(refuse)?);
        let letters = tail.find(|letter: char| !letter.is_ascii_lowercase()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        let seconds = match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3_600.0,
            "d" => 86_400.0,
            "w" => 604_800.0,
            _ => return Err(refuse()),
        };
        let number: f64 = number.parse().map_err(|_| refuse())?;
        let part = Duration::try_from_secs_f64(number * seconds).map_err(|_| refuse())?;
        total = total.checked_add(part).ok_or_else(refuse)?;
        rest = tail.trim_start();
    }
    Ok(total)
}

/// Reads the JSON of a date as the API answers it: RFC 3339 text, or the epoch in milliseconds, which
/// was seen too, or in seconds. A time without a zone is UTC, as the API's times are. None for anything
/// else.
///
/// ```
/// use cliengo::schema::read_instant;
///
/// assert_eq!(read_instant("1700000000000"), read_instant("\"2023-11-14T22:13:20.000Z\""));
/// assert_eq!(read_instant("\"yesterday\""), None);
/// ```
pub fn read_instant(json: &str) -> Option<Timestamp> {
    // No contact is from before 1973, where milliseconds and seconds would meet.
    if let Some(epoch) = json.trim_matches('"').parse::<f64>().ok().filter(|epoch| *epoch > 1e8) {
        let milliseconds = if epoch < 1e11 { epoch * 1_000.0 } else { epoch };
        return Timestamp::from_millisecond(milliseconds as i64).ok();
    }
    let text = json.strip_prefix('"')?.strip_suffix('"')?;
    let without_zone = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok();
    text.parse().ok().or_else(|| without_zone().map(|time| time.timestamp()))
}

/// The instant as the API writes it: UTC with milliseconds, `2026-05-07T12:00:00.000Z`.
pub fn to_wire(instant: Timestamp) -> String {
    format!("{instant:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_with_three_decimals() {
        let moment = parse_moment("2026-05-07T09:00:00-03:00").unwrap();
        assert_eq!(to_wire(moment.start), "2026-05-07T12:00:00.000Z");
    }

    #[test]
    fn a_day_reaches_to_its_last_millisecond() {
        let day = parse_moment("2026-05-07").unwrap();
        assert_eq!(to_wire(day.end()), "2026-05-07T23:59:59.999Z");
    }

    #[test]
    fn an_instant_is_read_in_every_form_that_was_seen() {
        let expected = "2023-11-14T22:13:20Z".parse().ok();
        for json in [
            "1700000000000",
            "1700000000",
            "\"1700000000000\"",
            "1700000000000.0",
            "\"2023-11-14T22:13:20.000Z\"",
            "\"2023-11-14T19:13:20-03:00\"",
            "\"2023-11-14T22:13:20\"",
        ] {
            assert_eq!(read_instant(json), expected, "{json}");
        }
        for json in ["null", "\"yesterday\"", "{}", "\"2026\"", "0"] {
            assert_eq!(read_instant(json), None, "{json}");
        }
    }

    #[test]
    fn nonsense_is_refused_with_a_hint() {
        for text in
            ["", "d", "7", "7x", "-3d", "1e400d", "2026-13-01", "yesterday", "99999999999999w"]
        {
            let error = parse_moment(text).unwrap_err();
            assert!(error.hint.is_some(), "{text}");
        }
    }
}
