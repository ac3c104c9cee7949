//! What hangs on a contact: its status, tags, notes, messages and history.

use serde_json::{Map, Value};

use super::contacts::{find, get};
use super::lists::whole;
use crate::emulator::answer::{Answer, Outcome, Refusal};
use crate::emulator::call::Call;
use crate::emulator::contacts::{self, Change};
use crate::emulator::world::World;
use crate::schema::STATUSES;

/// `PUT /contacts/:id/status`: the whole contact as it is now.
pub(super) fn set_status(world: &mut World, call: &Call<'_>) -> Outcome {
    find(world, call)?;
    let asked = call.only_text("externalStatus")?;
    let status = STATUSES.iter().find(|status| status.eq_ignore_ascii_case(&asked));
    let status = status.ok_or_else(|| {
        Refusal::new(400, format!("externalStatus must be one of {}", STATUSES.join(", ")))
    })?;
    change(world, call, |fields, change| contacts::set_status(fields, status, change))?;
    get(world, call)
}

/// `POST /contacts/:id/tags`: 201 and the whole contact.
pub(super) fn add_tag(world: &mut World, call: &Call<'_>) -> Outcome {
    find(world, call)?;
    let tag = call.only_text("tag")?;
    change(world, call, |fields, change| contacts::add_tag(fields, &tag, change))?;
    Ok(Answer { status: 201, ..get(world, call)? })
}

/// `GET /contacts/:id/notes`
pub(super) fn notes(world: &mut World, call: &Call<'_>) -> Outcome {
    list_in(world, call, "notes")
}

/// `POST /contacts/:id/notes`: 201 and the note.
pub(super) fn add_note(world: &mut World, call: &Call<'_>) -> Outcome {
    find(world, call)?;
    let text = call.only_text("message")?;
    let note = change(world, call, |fields, change| contacts::add_note(fields, &text, change))?;
    Ok(Answer::json(201, &note))
}

/// `GET /contacts/:id/messages`, oldest first.
pub(super) fn messages(world: &mut World, call: &Call<'_>) -> Outcome {
    find(world, call)?;
    Ok(whole(&messages_of(world, call), &world.knobs))
}

/// `POST /contacts/:id/messages`: 201 and the message.
pub(super) fn add_message(world: &mut World, call: &Call<'_>) -> Outcome {
    find(world, call)?;
    let mut said = messages_of(world, call);
    let text = call.only_text("message")?;
    let message = change(world, call, |fields, change| {
        contacts::log(fields, change, "MESSAGE", &text);
        contacts::said(&text, "from", "USER", change)
    })?;
    said.push(message.clone());
    world.messages.insert(call.id().to_owned(), said);
    Ok(Answer::json(201, &message))
}

/// `GET /contacts/:id/history`, oldest first.
pub(super) fn history(world: &mut World, call: &Call<'_>) -> Outcome {
    list_in(world, call, "logs")
}

fn list_in(world: &World, call: &Call<'_>, name: &str) -> Outcome {
    let fields = world.contacts.fields(find(world, call)?);
    let list = fields.get(name).and_then(Value::as_array);
    Ok(whole(list.map_or(&[], Vec::as_slice), &world.knobs))
}

/// What was written, or else what the seed invents.
fn messages_of(world: &World, call: &Call<'_>) -> Vec<Value> {
    if let Some(said) = world.messages.get(call.id()) {
        return said.clone();
    }
    let index = world.contacts.find(call.id()).map_or(usize::MAX, |slot| slot as usize);
    let created = world.contacts.seeded_creation(index);
    created.map_or_else(Vec::new, |at| world.contacts.seed().messages(index, at))
}

fn change<T>(
    world: &mut World,
    call: &Call<'_>,
    apply: impl FnOnce(&mut Map<String, Value>, &Change) -> T,
) -> Result<T, Refusal> {
    let mut fields = world.contacts.fields(find(world, call)?);
    let change = world.change();
    let result = apply(&mut fields, &change);
    world.store(&fields)?;
    Ok(result)
}
