//! The list of contacts, and one contact: get, create, update, delete.

use serde_json::{Map, Value, json};

use super::filters::selection;
use super::lists::window;
use crate::emulator::answer::{Answer, Outcome, Paging, Refusal, page};
use crate::emulator::call::Call;
use crate::emulator::clock::read_date;
use crate::emulator::contacts::{Slot, created, updated};
use crate::emulator::world::World;
use crate::schema::{FieldType, check_create, check_update, contact_field};

/// `GET /contacts`
pub(super) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let (limit, offset) = window(call, &world.knobs)?;
    let selection = selection(call, &world.knobs)?;
    let selected = world.contacts.select(&selection, offset, limit);
    let rows = selected.slots.iter().map(|slot| world.contacts.body(*slot));
    let paging = Paging { total: selected.total, limit, offset };
    Ok(page(rows, paging, world.knobs.rows_under))
}

/// `GET /contacts/:id`
pub(super) fn get(world: &mut World, call: &Call<'_>) -> Outcome {
    let slot = find(world, call)?;
    Ok(Answer::json_bytes(200, world.contacts.body(slot).into_owned()))
}

/// `POST /contacts`: 201 and the contact.
pub(super) fn create(world: &mut World, call: &Call<'_>) -> Outcome {
    let given = only_wire_spelling(call.object()?)?;
    let change = world.change();
    let fields = created(check_create(given)?, &change);
    world.store(&fields)?;
    let slot = world.contacts.find(&change.id.to_string());
    let body = slot.map(|slot| world.contacts.body(slot).into_owned());
    Ok(Answer::json_bytes(201, body.unwrap_or_default()))
}

/// `PATCH /contacts/:id`: the whole contact as it is now.
pub(super) fn update(world: &mut World, call: &Call<'_>) -> Outcome {
    let slot = find(world, call)?;
    let given = check_update(only_wire_spelling(call.object()?)?)?;
    let change = world.change();
    let mut fields = world.contacts.fields(slot);
    updated(&mut fields, given, &change);
    world.store(&fields)?;
    get(world, call)
}

/// `DELETE /contacts/:id`: `{ "id": …, "deleted": true }`.
pub(super) fn delete(world: &mut World, call: &Call<'_>) -> Outcome {
    if !world.contacts.remove(call.id()) {
        return Err(Refusal::not_found("Contact", call.id()));
    }
    world.messages.remove(call.id());
    Ok(Answer::json(200, &json!({ "id": call.id(), "deleted": true })))
}

/// The contact that the path names.
pub(super) fn find(world: &World, call: &Call<'_>) -> Result<Slot, Refusal> {
    world.contacts.find(call.id()).ok_or_else(|| Refusal::not_found("Contact", call.id()))
}

/// The schema also takes what people type in scripts: snake_case and ages. On the wire neither is
/// known, and a client that sends them must not look right here.
fn only_wire_spelling(fields: Map<String, Value>) -> Result<Map<String, Value>, Refusal> {
    for (name, value) in &fields {
        let field = contact_field(name);
        if field.is_some_and(|field| field.name != name) {
            return Err(Refusal::new(400, format!("Unknown field {name}")));
        }
        let is_date = field.is_some_and(|field| field.kind == FieldType::Date);
        if let (true, Some(text)) = (is_date, value.as_str()) {
            read_date(text).map_err(|error| error.within(name))?;
        }
    }
    Ok(fields)
}
