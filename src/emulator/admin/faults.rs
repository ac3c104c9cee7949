//! Rules for faults.

use bytes::Bytes;
use serde::Deserialize;

use super::read;
use crate::emulator::answer::{Answer, Outcome};
use crate::emulator::faults::FaultRule;
use crate::emulator::world::World;

/// `GET /faults`: `[{ "rule": …, "matched": N, "fired": N }]` in the order they are tried.
pub(super) fn list(world: &mut World, _: &Bytes) -> Outcome {
    Ok(Answer::json(200, &world.faults.to_json()))
}

/// One rule, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Rules {
    Several(Vec<serde_json::Value>),
    One(serde_json::Value),
}

/// `POST /faults`: adds a rule, or an array of them, behind the others.
pub(super) fn add(world: &mut World, body: &Bytes) -> Outcome {
    let rules = match read(body)? {
        Rules::Several(rules) => rules,
        Rules::One(rule) => vec![rule],
    };
    // Read one by one, so that an error says what is wrong with a rule.
    let rules: Result<Vec<FaultRule>, _> = rules.into_iter().map(serde_json::from_value).collect();
    let rules = rules.map_err(|error| crate::Error::invalid(error.to_string()))?;
    world.faults.add(rules)?;
    Ok(Answer { status: 201, ..list(world, body)? })
}

/// `DELETE /faults`: nothing fails any more.
pub(super) fn clear(world: &mut World, body: &Bytes) -> Outcome {
    world.faults.clear();
    list(world, body)
}
