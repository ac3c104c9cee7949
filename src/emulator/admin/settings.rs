//! The clock and the knobs.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::read;
use crate::emulator::answer::{Answer, Outcome};
use crate::emulator::clock::{read_date, wire};
use crate::emulator::knobs::Knobs;
use crate::emulator::world::World;
use crate::schema::parse_duration;
use crate::{Error, Result};

/// `GET /clock`: `{ "now": RFC 3339, "frozen": bool }`.
pub(super) fn clock(world: &mut World, _: &Bytes) -> Outcome {
    let clock = world.clock;
    Ok(Answer::json(200, &json!({ "now": wire(clock.now()), "frozen": clock.is_frozen() })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetClock {
    now: Option<String>,
    frozen: Option<bool>,
}

/// `PUT /clock`: sets the time, whether it passes, or both.
pub(super) fn set_clock(world: &mut World, body: &Bytes) -> Outcome {
    let SetClock { now, frozen } = read(body)?;
    let now = now.as_deref().map(read_date).transpose()?.unwrap_or(world.clock.now());
    world.clock.set(now, frozen.unwrap_or(world.clock.is_frozen()));
    world.changes += 1;
    clock(world, body)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    by: String,
}

/// `POST /clock/advance`: `{ "by": "15m" }`.
pub(super) fn advance_clock(world: &mut World, body: &Bytes) -> Outcome {
    let Advance { by } = read(body)?;
    let length = parse_duration(&by)?;
    world.clock.advance(i64::try_from(length.as_millis()).unwrap_or(i64::MAX));
    world.changes += 1;
    clock(world, body)
}

/// `GET /knobs`
pub(super) fn knobs(world: &mut World, _: &Bytes) -> Outcome {
    Ok(Answer::json(200, &world.knobs))
}

/// `PUT /knobs`: what is left out gets its default.
pub(super) fn set_knobs(world: &mut World, body: &Bytes) -> Outcome {
    let knobs: Knobs = read(body)?;
    knobs.check()?;
    world.knobs = knobs;
    self::knobs(world, body)
}

/// `PATCH /knobs`: what is left out stays.
pub(super) fn change_knobs(world: &mut World, body: &Bytes) -> Outcome {
    let knobs = merged(&world.knobs, read(body)?)?;
    knobs.check()?;
    world.knobs = knobs;
    self::knobs(world, body)
}

fn merged(knobs: &Knobs, changes: Map<String, Value>) -> Result<Knobs> {
    let invalid = |error: serde_json::Error| Error::invalid(error.to_string());
    let mut value = serde_json::to_value(knobs).map_err(invalid)?;
    if let Some(fields) = value.as_object_mut() {
        fields.extend(changes);
    }
    serde_json::from_value(value).map_err(invalid)
}
