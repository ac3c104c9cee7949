//! Counts units of time, and finds where they begin and end.

use jiff::civil::Date;
use jiff::{RoundMode, Span, ToSpan, Unit, Zoned, ZonedRound};
use serde_json::Value;

use super::read::{instant, zone};
use crate::api::Call;
use crate::schema::to_wire;
use crate::{Error, Result};

/// What can be counted.
pub(super) const UNITS: &[&str] =
    &["millisecond", "second", "minute", "hour", "day", "week", "month", "year"];
/// What begins and ends.
pub(super) const PERIODS: &[&str] = &["minute", "hour", "day", "week", "month", "quarter", "year"];

/// `time.between(from, to, unit?, zone?)`
pub(super) fn between(call: &Call) -> Result<Value> {
    let zone = zone(call.text(3))?;
    let from = instant(call.value(0), &zone)?.to_zoned(zone.clone());
    let to = instant(call.value(1), &zone)?.to_zoned(zone);
    let unit = match call.text(2) {
        "millisecond" => Unit::Millisecond,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => Unit::Second,
    };
    let span = from.until((unit, &to)).map_err(too_far)?;
    // Smaller units than the one that is asked for hold what is left over.
    let count = match unit {
        Unit::Millisecond => span.get_milliseconds(),
        Unit::Minute => span.get_minutes(),
        Unit::Hour => span.get_hours().into(),
        Unit::Day => span.get_days().into(),
        Unit::Week => span.get_weeks().into(),
        Unit::Month => span.get_months().into(),
        Unit::Year => span.get_years().into(),
        _ => span.get_seconds(),
    };
    Ok(count.into())
}

fn too_far(_: jiff::Error) -> Error {
    Error::invalid("that is further than years can be counted")
}

/// `time.start_of(time, unit, zone?)`
pub(super) fn start_of(call: &Call) -> Result<Value> {
    let (start, _) = period(call)?;
    Ok(to_wire(start.timestamp()).into())
}

/// `time.end_of(time, unit, zone?)`
pub(super) fn end_of(call: &Call) -> Result<Value> {
    let (_, next) = period(call)?;
    let last = next.checked_sub(1.millisecond()).map_err(too_far)?;
    Ok(to_wire(last.timestamp()).into())
}

/// The beginning of the period that holds the instant, and that of the next one.
fn period(call: &Call) -> Result<(Zoned, Zoned)> {
    let zone = zone(call.text(2))?;
    let at = instant(call.value(0), &zone)?.to_zoned(zone);
    let found = match call.text(1) {
        "minute" => of_clock(&at, Unit::Minute, 1.minute()),
        "hour" => of_clock(&at, Unit::Hour, 1.hour()),
        unit => of_calendar(&at, unit),
    };
    found.map_err(too_far)
}

fn of_clock(at: &Zoned, unit: Unit, length: Span) -> Result<(Zoned, Zoned), jiff::Error> {
    let start = at.round(ZonedRound::new().smallest(unit).mode(RoundMode::Floor))?;
    let next = start.checked_add(length)?;
    Ok((start, next))
}

fn of_calendar(at: &Zoned, unit: &str) -> Result<(Zoned, Zoned), jiff::Error> {
    let day = at.date();
    let (first, length) = match unit {
        "week" => {
            (day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days())?, 1.week())
        }
        "month" => (day.first_of_month(), 1.month()),
        "quarter" => (quarter(day)?, 3.months()),
        "year" => (day.first_of_year(), 1.year()),
        _ => (day, 1.day()),
    };
    let begins = |day: Date| day.to_zoned(at.time_zone().clone());
    Ok((begins(first)?, begins(first.checked_add(length)?)?))
}

fn quarter(day: Date) -> Result<Date, jiff::Error> {
    let month = (day.month() - 1) / 3 * 3 + 1;
    day.with().month(month).day(1).build()
}
