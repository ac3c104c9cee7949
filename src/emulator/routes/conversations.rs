//! Conversations: those that the seed invents, and those that were created since.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::lists::{whole, window};
use crate::emulator::answer::{Answer, Outcome, Paging, Refusal, page};
use crate::emulator::call::Call;
use crate::emulator::clock::wire;
use crate::emulator::seed::Seed;
use crate::emulator::world::World;

/// What a new conversation must say, and what it may.
const REQUIRED: [&str; 4] = ["companyId", "websiteId", "channel", "from"];
const OPTIONAL: [&str; 1] = ["url"];

/// `GET /conversations`, newest first; `websiteId` filters.
pub(super) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let (limit, offset) = window(call, &world.knobs)?;
    let site = call.parameter("websiteId");
    let seed = world.contacts.seed();
    let of_site = |of: Option<&str>| site.is_none_or(|site| of == Some(site));
    let created = world.conversations.iter().rev().filter(|chat| of_site(website(chat)));
    let seeded = (0..seed.conversations())
        .rev()
        .filter(|number| site.is_none() || of_site(Some(seed.conversation_site(*number))));
    let total = created.clone().count() + seeded.clone().count();
    let rows = created
        .map(|chat| Cow::Owned(chat.to_string()))
        .chain(seeded.map(|number| Cow::Owned(seeded_chat(world, seed, number).to_string())));
    let paging = Paging { total, limit, offset };
    Ok(page(rows.skip(offset).take(limit), paging, world.knobs.rows_under))
}

/// `GET /conversations/:id`
pub(super) fn get(world: &mut World, call: &Call<'_>) -> Outcome {
    Ok(Answer::json(200, &find(world, call)?))
}

/// `GET /conversations/:id/messages`, oldest first; a new conversation has none.
pub(super) fn messages(world: &mut World, call: &Call<'_>) -> Outcome {
    find(world, call)?;
    let seed = world.contacts.seed();
    let said = seed.conversation_number(call.id()).and_then(|number| {
        let contact = seed.contact_of(number);
        Some(seed.messages(contact, world.contacts.seeded_creation(contact)?))
    });
    Ok(whole(&said.unwrap_or_default(), &world.knobs))
}

/// `GET /conversations/:websiteId/count`: `{ "websiteId": …, "count": N }`.
pub(super) fn count(world: &mut World, call: &Call<'_>) -> Outcome {
    let (site, seed) = (call.id(), world.contacts.seed());
    let created = world.conversations.iter().filter(|chat| website(chat) == Some(site)).count();
    let numbers = 0..seed.conversations();
    let seeded = numbers.filter(|number| seed.conversation_site(*number) == site).count();
    Ok(Answer::json(200, &json!({ "websiteId": site, "count": created + seeded })))
}

/// `POST /conversations`: 201 and the conversation.
pub(super) fn create(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut fields = call.object()?;
    for name in REQUIRED {
        if fields.get(name).and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err(Refusal::new(400, format!("{name} must be text that is not empty")));
        }
    }
    let known = |name: &str| REQUIRED.contains(&name) || OPTIONAL.contains(&name);
    if let Some(unknown) = fields.keys().find(|name| !known(name)) {
        return Err(Refusal::new(400, format!("Unknown field {unknown}")));
    }
    let change = world.change();
    fields.insert("id".into(), change.id.to_string().into());
    fields.insert("status".into(), "OPEN".into());
    fields.insert("creationDate".into(), wire(change.now).into());
    let conversation = Value::Object(fields);
    world.conversations.push(conversation.clone());
    Ok(Answer::json(201, &conversation))
}

fn find(world: &World, call: &Call<'_>) -> Result<Value, Refusal> {
    let seed = world.contacts.seed();
    let created = world.conversations.iter().find(|chat| chat["id"] == call.id()).cloned();
    created
        .or_else(|| Some(seeded_chat(world, seed, seed.conversation_number(call.id())?)))
        .filter(|chat| chat["id"] == call.id())
        .ok_or_else(|| Refusal::not_found("Conversation", call.id()))
}

fn seeded_chat(world: &World, seed: Seed, number: usize) -> Value {
    let created = world.contacts.seeded_creation(seed.contact_of(number));
    seed.conversation(number, created.unwrap_or_default())
}

fn website(conversation: &Value) -> Option<&str> {
    conversation["websiteId"].as_str()
}
