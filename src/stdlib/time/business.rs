//! Business hours.

use jiff::civil::{Date, Time};
use serde_json::Value;

use super::read::{instant, zone};
use crate::api::{Call, Named};
use crate::schema::FieldType;
use crate::{Error, Result};

/// The options of `time.is_business`.
pub(super) const BUSINESS_OPTIONS: &[Named] = &[
    Named::new("zone", "The time zone of the business; UTC unless given.").of(FieldType::Text),
    Named::new("days", "Its days: { 1, 2, 3, 4, 5 } unless given, where 1 is Monday.")
        .of(FieldType::List),
    Named::new("from", "When it opens: \"09:00\" unless given.").of(FieldType::Text),
    Named::new("to", "When it closes: \"18:00\" unless given, which is no more business.")
        .of(FieldType::Text),
    Named::new("holidays", "Dates on which it is closed: { \"2026-12-25\" }.").of(FieldType::List),
];

/// `time.is_business(time, options?)`
pub(super) fn is_business(call: &Call) -> Result<Value> {
    let zone = zone(call.option(1, "zone").as_str().unwrap_or_default())?;
    let at = instant(call.value(0), &zone)?.to_zoned(zone);
    let (from, to) = (clock(call, "from", 9)?, clock(call, "to", 18)?);
    let open = match from < to {
        true => (from..to).contains(&at.time()),
        // It is open past midnight.
        false => at.time() >= from || at.time() < to,
    };
    let day = days(call)?.contains(&at.weekday().to_monday_one_offset());
    let holiday = holidays(call)?.contains(&at.date());
    Ok((open && day && !holiday).into())
}

fn clock(call: &Call, name: &str, usual: i8) -> Result<Time> {
    let Some(text) = call.option(1, name).as_str() else {
        return Ok(Time::constant(usual, 0, 0, 0));
    };
    let padded = if text.find(':') == Some(1) { format!("0{text}") } else { text.to_owned() };
    match padded.as_str() {
        // The end of the day, which no clock shows; the hours then go past midnight and end at once.
        "24:00" => Ok(Time::midnight()),
        padded => padded.parse().map_err(|_| {
            Error::invalid(format!("{name}: \"{text}\" is no time of day"))
                .with_hint("write \"09:00\"")
        }),
    }
}

fn days(call: &Call) -> Result<Vec<i8>> {
    let Some(days) = call.option(1, "days").as_array() else { return Ok(vec![1, 2, 3, 4, 5]) };
    let number = |day: &Value| {
        let number = day.as_i64().and_then(|day| i8::try_from(day).ok());
        number.filter(|day| (1..=7).contains(day)).ok_or_else(|| {
            Error::invalid(format!("days: {day} is no day of the week"))
                .with_hint("1 is Monday, 7 is Sunday")
        })
    };
    days.iter().map(number).collect()
}

fn holidays(call: &Call) -> Result<Vec<Date>> {
    let date = |day: &Value| {
        day.as_str().and_then(|day| day.parse().ok()).ok_or_else(|| {
            Error::invalid(format!("holidays: {day} is no date")).with_hint("write \"2026-12-25\"")
        })
    };
    call.option(1, "holidays").as_array().into_iter().flatten().map(date).collect()
}
