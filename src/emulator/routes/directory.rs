//! The account, its sites and their chatbots, its users, and the token.

use serde_json::{Value, json};

use super::lists::whole;
use crate::emulator::answer::{Answer, Outcome, Refusal};
use crate::emulator::call::Call;
use crate::emulator::seed::{self, SITES, Site, USERS, User};
use crate::emulator::world::World;

/// A token that is signed by nobody (`"alg": "none"`), so it opens nothing anywhere.
const UNSIGNED_TOKEN: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJlbXVsYXRvciJ9.";

/// `GET /account`
pub(super) fn account(_: &mut World, _: &Call<'_>) -> Outcome {
    Ok(Answer::json(200, &seed::account()))
}

/// `GET /sites`
pub(super) fn sites(world: &mut World, _: &Call<'_>) -> Outcome {
    Ok(whole(&SITES.map(Site::to_json), &world.knobs))
}

/// `GET /sites/chatbots`
pub(super) fn chatbots(world: &mut World, _: &Call<'_>) -> Outcome {
    Ok(whole(&SITES.map(Site::chatbot), &world.knobs))
}

/// `GET /sites/:id`
pub(super) fn site(_: &mut World, call: &Call<'_>) -> Outcome {
    found("Site", call, Site::find(call.id()).map(|site| site.to_json()))
}

/// `GET /sites/:id/chatbot`
pub(super) fn chatbot(_: &mut World, call: &Call<'_>) -> Outcome {
    found("Site", call, Site::find(call.id()).map(|site| site.chatbot()))
}

/// `GET /users`
pub(super) fn users(world: &mut World, _: &Call<'_>) -> Outcome {
    Ok(whole(&USERS.map(User::to_json), &world.knobs))
}

/// `GET /users/:id`
pub(super) fn user(_: &mut World, call: &Call<'_>) -> Outcome {
    found("User", call, User::find(call.id()).map(|user| user.to_json()))
}

/// `GET /jwt`
pub(super) fn jwt(_: &mut World, _: &Call<'_>) -> Outcome {
    Ok(Answer::json(200, &json!({ "jwt": UNSIGNED_TOKEN })))
}

fn found(what: &str, call: &Call<'_>, value: Option<Value>) -> Outcome {
    let value = value.ok_or_else(|| Refusal::not_found(what, call.id()))?;
    Ok(Answer::json(200, &value))
}
