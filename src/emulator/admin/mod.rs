//! `/__admin`: the emulator's own routes. They need no key, and no fault or journal touches them.

mod data;
mod faults;
mod settings;

use std::time::Duration;

use axum::http::Method;
use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio::sync::oneshot;

use super::answer::{Answer, Outcome, Refusal};
use super::gate::Refuse;
use super::server::Shared;
use super::world::World;

type Handler = fn(&mut World, &Bytes) -> Outcome;

/// Every route relative to `/__admin`, but `POST /refuse`, which has to wait for the socket.
const ROUTES: &[(&str, &str, Handler)] = &[
    ("POST", "/reset", data::reset),
    ("GET", "/snapshot", data::snapshot),
    ("POST", "/contacts", data::insert),
    ("DELETE", "/contacts", data::remove),
    ("GET", "/clock", settings::clock),
    ("PUT", "/clock", settings::set_clock),
    ("POST", "/clock/advance", settings::advance_clock),
    ("GET", "/knobs", settings::knobs),
    ("PUT", "/knobs", settings::set_knobs),
    ("PATCH", "/knobs", settings::change_knobs),
    ("GET", "/journal", data::journal),
    ("DELETE", "/journal", data::clear_journal),
    ("GET", "/faults", faults::list),
    ("POST", "/faults", faults::add),
    ("DELETE", "/faults", faults::clear),
];

/// Answers one request under `/__admin`.
pub(crate) async fn answer(shared: &Shared, method: &Method, path: &str, body: &Bytes) -> Answer {
    let path = path.trim_end_matches('/');
    if path == "/refuse" && method == Method::POST {
        return refuse(shared, body).await.unwrap_or_else(Answer::from);
    }
    let here = || ROUTES.iter().filter(|(_, route_path, _)| *route_path == path);
    let Some((_, _, handler)) = here().find(|(wanted, _, _)| *wanted == method.as_str()) else {
        let status = if path == "/refuse" || here().next().is_some() { 405 } else { 404 };
        return Refusal::new(status, format!("There is no {method} {path} here")).into();
    };
    let mut world = shared.world();
    let answer = handler(&mut world, body).unwrap_or_else(Answer::from);
    if world.changes != world.saved {
        shared.changed();
    }
    answer
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefuseBody {
    ms: u64,
}

/// `POST /refuse`: answers once connecting is refused; it is for `ms` from then on.
async fn refuse(shared: &Shared, body: &Bytes) -> Outcome {
    let RefuseBody { ms } = read(body)?;
    let (begun, has_begun) = oneshot::channel();
    let order = Refuse { length: Duration::from_millis(ms), begun };
    let stopped = |_| Refusal::new(503, "The emulator is stopping");
    shared.gate().send(order).await.map_err(|_| Refusal::new(503, "The emulator is stopping"))?;
    has_begun.await.map_err(stopped)?;
    Ok(Answer::json(200, &json!({ "refusing_ms": ms })))
}

/// Reads a body; an empty one reads as `{}`.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refusal> {
    let json: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(json).map_err(|error| Refusal::new(400, error.to_string()))
}
