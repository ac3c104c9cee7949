//! What the emulator holds: reset, snapshot, contacts put in as they are, the journal.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

use super::read;
use crate::emulator::answer::{Answer, Outcome, join};
use crate::emulator::knobs::Knobs;
use crate::emulator::world::World;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reset {
    contacts: Option<usize>,
    seed: Option<u64>,
    knobs: Option<Knobs>,
}

/// `POST /reset`: everything as it was at the start, or with other contacts, seed or knobs.
///
/// Faults, journal and clock begin anew too.
pub(super) fn reset(world: &mut World, body: &Bytes) -> Outcome {
    let Reset { contacts, seed, knobs } = read(body)?;
    let mut options = world.options.clone();
    options.contacts = contacts.unwrap_or(options.contacts);
    options.seed = seed.unwrap_or(options.seed);
    options.knobs = knobs.unwrap_or(options.knobs);
    options.check()?;
    let changes = world.changes + 1;
    *world = World { changes, saved: world.saved, ..World::new(options) };
    let seed = world.contacts.seed();
    Ok(Answer::json(200, &json!({ "contacts": seed.count, "seed": seed.seed })))
}

/// `GET /snapshot`: all contacts in the order of the list.
pub(super) fn snapshot(world: &mut World, _: &Bytes) -> Outcome {
    let contacts = &world.contacts;
    let mut body = Vec::new();
    join(&mut body, contacts.newest_first().map(|slot| contacts.body(slot)));
    Ok(Answer::json_bytes(200, body))
}

/// `POST /contacts`: puts contacts in exactly as given; one whose id is there is replaced.
pub(super) fn insert(world: &mut World, body: &Bytes) -> Outcome {
    let contacts: Vec<Box<RawValue>> = read(body)?;
    let count = contacts.len();
    for (index, contact) in contacts.into_iter().enumerate() {
        world.contacts.put(contact).map_err(|error| error.within(format!("contact {index}")))?;
        world.changes += 1;
    }
    Ok(Answer::json(201, &json!({ "inserted": count })))
}

/// `DELETE /contacts`: takes those with these ids out.
pub(super) fn remove(world: &mut World, body: &Bytes) -> Outcome {
    let ids: Vec<String> = read(body)?;
    let removed = ids.iter().filter(|id| world.contacts.remove(id)).count();
    world.changes += 1;
    Ok(Answer::json(200, &json!({ "removed": removed })))
}

/// `GET /journal`: every call of the API since the start, oldest first.
pub(super) fn journal(world: &mut World, _: &Bytes) -> Outcome {
    Ok(Answer::json(200, &world.journal.to_json()))
}

/// `DELETE /journal`
pub(super) fn clear_journal(world: &mut World, _: &Bytes) -> Outcome {
    world.journal.clear();
    Ok(Answer::json(200, &json!([])))
}
