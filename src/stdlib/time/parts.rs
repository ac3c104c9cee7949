//! Takes instants apart.

use serde_json::{Value, json};

use super::read::{instant, zone};
use crate::Result;
use crate::api::{Call, Record, ReturnType};
use crate::stdlib::shape::sure;

/// What `time.parts` gives.
pub(super) const TIME_PARTS: Record = Record {
    name: "TimeParts",
    doc: "An instant as the clocks and the calendar of a time zone show it.",
    fields: &[
        sure("year", ReturnType::Integer, "The year."),
        sure("month", ReturnType::Integer, "The month, 1 to 12."),
        sure("day", ReturnType::Integer, "The day of the month."),
        sure("hour", ReturnType::Integer, "The hour, 0 to 23."),
        sure("minute", ReturnType::Integer, "The minute."),
        sure("second", ReturnType::Integer, "The second."),
        sure("millisecond", ReturnType::Integer, "The millisecond."),
        sure("weekday", ReturnType::Integer, "The day of the week: 1 is Monday, 7 is Sunday."),
        sure("week", ReturnType::Integer, "The number of the week, as ISO 8601 counts them."),
        sure("year_day", ReturnType::Integer, "The day of the year, from 1."),
        sure("zone", ReturnType::Text, "The time zone."),
        sure("offset", ReturnType::Text, "How far its clocks are from UTC: `-03:00`."),
    ],
};

/// `time.parts(time, zone?)`
pub(super) fn parts(call: &Call) -> Result<Value> {
    let zone = zone(call.text(1))?;
    let at = instant(call.value(0), &zone)?.to_zoned(zone);
    Ok(json!({
        "year": at.year(),
        "month": at.month(),
        "day": at.day(),
        "hour": at.hour(),
        "minute": at.minute(),
        "second": at.second(),
        "millisecond": at.millisecond(),
        "weekday": at.weekday().to_monday_one_offset(),
        "week": at.date().iso_week_date().week(),
        "year_day": at.day_of_year(),
        "zone": at.time_zone().iana_name().unwrap_or("UTC"),
        "offset": at.strftime("%:z").to_string(),
    }))
}
