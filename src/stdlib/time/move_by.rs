//! Moves instants.

use jiff::Span;
use serde_json::Value;

use super::read::{instant, zone};
use crate::api::Call;
use crate::schema::to_wire;
use crate::{Error, Result};

/// `time.add(time, span, zone?)`
pub(super) fn add(call: &Call) -> Result<Value> {
    let zone = zone(call.text(2))?;
    let at = instant(call.value(0), &zone)?.to_zoned(zone);
    let span = span(call.text(1))?;
    let moved = at.checked_add(span);
    let moved = moved.map_err(|_| Error::invalid("that is further than years can be counted"))?;
    Ok(to_wire(moved.timestamp()).into())
}

/// How far, in words such as `-1mo 2d`.
fn span(text: &str) -> Result<Span> {
    let text = text.trim();
    text.strip_prefix('+').unwrap_or(text).parse().map_err(|_| {
        Error::invalid(format!("\"{text}\" does not say how far")).with_hint(
            "write a number and a unit: 30s, 15m, 2h, 2d, 1w, 1mo, 1y; and -2d for earlier",
        )
    })
}
