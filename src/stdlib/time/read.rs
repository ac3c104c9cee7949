//! Reads instants as people and programs write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::Value;

use super::language::Language;
use super::names;
use crate::api::{Call, Named};
use crate::schedule::time_zone;
use crate::schema::{FieldType, to_wire};
use crate::{Error, Result};

/// The options of `time.parse`.
pub(super) const PARSE_OPTIONS: &[Named] = &[
    Named::new("format", "The pattern that the text has, as in strptime: `%d.%m.%Y`; the names of `%B`, `%b`, `%A` and `%a` are English, Spanish or Portuguese.")
        .of(FieldType::Text),
    Named::new("zone", "The time zone of a text that names none; UTC unless given.")
        .of(FieldType::Text),
    Named::new("day_first", "False reads 11/25/2026: the month before the day.")
        .of(FieldType::Truth),
];

/// `time.parse(value, options?)`
pub(super) fn parse(call: &Call) -> Result<Value> {
    let zone = zone(call.option(1, "zone").as_str().unwrap_or_default())?;
    let day_first = call.option(1, "day_first").as_bool().unwrap_or(true);
    let read = match (call.value(0), call.option(1, "format").as_str()) {
        (Value::String(text), Some(pattern)) => formatted(text.trim(), pattern, &zone)?,
        (value, _) => read(value, &zone, day_first)?,
    };
    Ok(to_wire(read).into())
}

/// The time zone of this name; UTC where there is none.
pub(super) fn zone(name: &str) -> Result<TimeZone> {
    if name.is_empty() { Ok(TimeZone::UTC) } else { time_zone(name) }
}

/// The instant that an argument is.
pub(super) fn instant(value: &Value, zone: &TimeZone) -> Result<Timestamp> {
    read(value, zone, true)
}

fn read(value: &Value, zone: &TimeZone, day_first: bool) -> Result<Timestamp> {
    let read = match value {
        Value::String(text) => {
            let text = text.trim();
            exact(text, zone).or_else(|| written(text, zone, day_first))
        }
        number => number.as_f64().and_then(epoch),
    };
    read.ok_or_else(|| refuse(value, day_first))
}

fn refuse(value: &Value, day_first: bool) -> Error {
    let other_way =
        value.as_str().and_then(|text| written(text.trim(), &TimeZone::UTC, !day_first));
    let hint = match other_way {
        Some(_) if day_first => "where the month comes first, read it with day_first = false",
        Some(_) => "where the day comes first, leave day_first out",
        None => "write 2026-11-25, 2026-11-25T14:30:00Z or 25/11/2026 14:30, or name its format",
    };
    Error::invalid(format!("{value} is no time that can be read")).with_hint(hint)
}

/// Seconds since 1970, or milliseconds where seconds would be after the year 5138.
fn epoch(number: f64) -> Option<Timestamp> {
    let milliseconds = if number.abs() < 1e11 { number * 1_000.0 } else { number };

    Timestamp::from_millisecond(milliseconds.round() as i64).ok()
}

/// A text in one of the formats of programs.
fn exact(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let with_zone = || text.parse::<Zoned>().ok().map(|zoned| zoned.timestamp());
    let without_zone = || at(text.parse::<DateTime>().ok()?, zone);
    let of_mail = || rfc2822::parse(text).ok().map(|zoned| zoned.timestamp());
    // Fewer digits are a date such as 20261125.
    let digits = || {
        let number = text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        number.then(|| text.parse().ok().and_then(epoch)).flatten()
    };
    let instant = text.parse::<Timestamp>().ok();
    instant.or_else(digits).or_else(with_zone).or_else(without_zone).or_else(of_mail)
}

fn at(time: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_zoned(time).compatible().ok().map(|zoned| zoned.timestamp())
}

/// A text as people write it: a date, and perhaps a time of day after it.
fn written(text: &str, zone: &TimeZone, day_first: bool) -> Option<Timestamp> {
    let text = text.to_lowercase().replace([',', '\u{a0}'], " ");
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| !matches!(*word, "de" | "del" | "a" | "las" | "às" | "at" | "of"))
        .collect();
    let words = match words.split_first()? {
        (first, rest) if Language::is_day(first) && Language::month(first).is_none() => rest,
        // "mar" is a month, and a Tuesday where a date comes after it.
        (first, rest) if Language::is_day(first) && named(words.get(..3)?).is_none() => rest,
        _ => &words[..],
    };
    let (date, rest) = match words.split_first()? {
        (first, rest) if first.contains(['/', '-', '.']) => (numeric(first, day_first)?, rest),
        _ => (named(words.get(..3)?)?, words.get(3..)?),
    };
    at(date.to_datetime(time_of_day(rest)?), zone)
}

/// `25/11/2026`, `25-11-26`, `25-nov-2026` or `2026/11/25`.
fn numeric(text: &str, day_first: bool) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    if first.len() == 4 {
        return date(first, month(second)?, third);
    }
    let is_named = Language::month(second).is_some();
    let (day, number) = if day_first || is_named { (first, second) } else { (second, first) };
    date(third, month(number)?, day)
}

/// A month by its number or its name.
fn month(text: &str) -> Option<i8> {
    text.parse().ok().or_else(|| Language::month(text))
}

/// `25 noviembre 2026` or `november 25 2026`.
fn named(words: &[&str]) -> Option<Date> {
    let [first, second, year] = words else { return None };
    match (Language::month(first), Language::month(second)) {
        (None, Some(month)) => date(year, month, first),
        (Some(month), None) => date(year, month, second),
        _ => None,
    }
}

/// A year of two digits is of this century.
fn date(year: &str, month: i8, day: &str) -> Option<Date> {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let year = match year.len() {
        2 if is_number(year) => 2_000 + year.parse::<i16>().ok()?,
        4 if is_number(year) => year.parse().ok()?,
        _ => return None,
    };
    // `1º de março`.
    Date::new(year, month, day.trim_end_matches('º').parse().ok()?).ok()
}

/// `14:30`, `2:30 pm`, `14h30`, `14:30:15`; midnight where there is none.
fn time_of_day(words: &[&str]) -> Option<Time> {
    let text = words.concat().replace('.', "");
    if text.is_empty() {
        return Some(Time::midnight());
    }
    let text = text.trim_end_matches("hs").trim_end_matches("hrs");
    let (clock, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (text, None),
    };
    let mut numbers = Vec::new();
    for part in clock.trim_end_matches('h').split([':', 'h']) {
        numbers.push(part.parse::<i8>().ok().filter(|number| *number >= 0)?);
    }
    let (hour, rest) = numbers.split_first()?;
    let hour = match half {
        Some(half) if (1..=12).contains(hour) => hour % 12 + half,
        Some(_) => return None,
        None if rest.is_empty() && !clock.ends_with('h') => return None,
        None => *hour,
    };
    let at = |place: usize| rest.get(place).copied().unwrap_or(0);
    (rest.len() <= 2).then(|| Time::new(hour, at(0), at(1), 0).ok()).flatten()
}

/// A text of the format that the script names.
fn formatted(text: &str, pattern: &str, zone: &TimeZone) -> Result<Timestamp> {
    let refuse = |why: String| {
        Error::invalid(format!("\"{text}\" is not of the format \"{pattern}\": {why}"))
            .with_hint("%d is the day, %m the month, %B its name, %Y the year, %H:%M the time")
    };
    let in_english = || strtime::parse(pattern, names::in_english(text, pattern)).ok();
    let parsed = match strtime::parse(pattern, text) {
        Ok(parsed) => parsed,
        Err(error) => in_english().ok_or_else(|| refuse(error.to_string()))?,
    };
    if let Ok(instant) = parsed.to_timestamp() {
        return Ok(instant);
    }
    let midnight = || parsed.to_date().map(|date| date.to_datetime(Time::midnight()));
    let time = parsed.to_datetime().or_else(|_| midnight());
    let time = time.map_err(|error| refuse(error.to_string()))?;
    at(time, zone).ok_or_else(|| refuse("there is no such time".to_owned()))
}
