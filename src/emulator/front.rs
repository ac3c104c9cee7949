//! The way of one request: journal, fault, key, rate, route, and out again.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method, Response, header};
use bytes::Bytes;

use super::admin;
use super::answer::{Answer, Refusal};
use super::call::{parameter, read_query};
use super::clock::http_date;
use super::connection::Connection;
use super::faults::{Fault, Shaped};
use super::journal::Entry;
use super::routes;
use super::server::Shared;
use super::transport::{respond, takes_gzip};
use super::world::World;

/// The largest body taken: a restored snapshot of a large account fits.
const BODY_LIMIT: usize = 1 << 30;

/// The path of the API's base URL.
pub(crate) const BASE: &str = "/1.0";
/// The path of the emulator's own routes.
pub(crate) const ADMIN: &str = "/__admin";

/// A request that has arrived whole.
struct Arrival {
    method: Method,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Bytes,
}

/// Answers one request.
pub(crate) async fn answer(
    State(shared): State<Shared>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response<Body> {
    let _busy = connection.busy();
    let (parts, body) = request.into_parts();
    let gzip = takes_gzip(&parts.headers);
    let shaped = match to_bytes(body, BODY_LIMIT).await {
        Ok(body) => {
            let path = parts.uri.path().to_owned();
            let query = parts.uri.query().unwrap_or_default().to_owned();
            let (method, headers) = (parts.method, parts.headers);
            route(&shared, Arrival { method, path, query, headers, body }).await
        }
        Err(error) => {
            let refusal = Refusal::new(413, format!("The body could not be read: {error}"));
            Shaped::whole(refusal.into())
        }
    };
    respond(shaped, &date(&shared.world()), gzip, &connection)
}

/// The `Date` of an answer. The server would add one of its own where there is none, so that a clock that
/// is not told is an empty one.
fn date(world: &World) -> String {
    if world.knobs.tells_date { http_date(world.clock.now()) } else { String::new() }
}

/// Tells the emulator's own routes from the API's.
async fn route(shared: &Shared, arrival: Arrival) -> Shaped {
    let under = |base| {
        let rest = arrival.path.strip_prefix(base)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| rest.to_owned())
    };
    if let Some(path) = under(ADMIN) {
        return Shaped::whole(admin::answer(shared, &arrival.method, &path, &arrival.body).await);
    }
    match under(BASE) {
        Some(path) => call(shared, arrival, &path).await,
        None => Shaped::whole(Refusal::new(404, format!("No such path: {}", arrival.path)).into()),
    }
}

/// A call of the API, which may be made to fail.
async fn call(shared: &Shared, arrival: Arrival, path: &str) -> Shaped {
    let (fault, number) = shared.world().arrived(&arrival, path);
    let Some(fault) = fault else {
        let answer = process(shared, &arrival, path);
        note(shared, number, answer.status);
        return Shaped::whole(answer);
    };
    pause(fault.wait_before()).await;
    if let Fault::Change(change) = &fault {
        // It was checked with its rule: there is nothing in it that could fail.
        let _ = shared.world().change_by_others(change);
    }
    let answer = if fault.processes() {
        process(shared, &arrival, path)
    } else {
        Answer::json_bytes(200, "")
    };
    pause(fault.wait_after()).await;
    let shaped = fault.shape(answer, shared.world().clock.now());
    if shaped.is_answered() {
        note(shared, number, shaped.answer.status);
    }
    shaped
}

async fn pause(length: Duration) {
    if !length.is_zero() {
        tokio::time::sleep(length).await;
    }
}

fn note(shared: &Shared, number: Option<u64>, status: u16) {
    if let Some(number) = number {
        shared.world().journal.answered(number, status);
    }
}

/// Does what is asked, where the key and the rate allow it.
fn process(shared: &Shared, arrival: &Arrival, path: &str) -> Answer {
    let mut world = shared.world();
    let answer = match admit(&mut world, arrival) {
        Ok(()) => {
            let Arrival { method, query, body, .. } = arrival;
            routes::answer(&mut world, method, path, query, body)
        }
        Err(answer) => answer,
    };
    if world.changes != world.saved {
        shared.changed();
    }
    answer
}

fn admit(world: &mut World, arrival: &Arrival) -> Result<(), Answer> {
    if !has_key(arrival, &world.options.api_key) {
        return Err(Refusal::new(401, "Invalid or missing API key").into());
    }
    world.rate.take(world.knobs.rate_limit).map_err(|seconds| {
        Answer::from(Refusal::new(429, "Too many requests"))
            .with_header("retry-after", seconds.to_string())
    })
}

/// True where the key is in the header or in the query.
fn has_key(arrival: &Arrival, key: &str) -> bool {
    let header = arrival.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = header.and_then(|value| value.split_once(' '));
    bearer.is_some_and(|(scheme, given)| scheme.eq_ignore_ascii_case("bearer") && given == key)
        || parameter(&read_query(&arrival.query), "api_key") == Some(key)
}

impl World {
    /// Writes the request down, and decides whether it fails.
    fn arrived(&mut self, arrival: &Arrival, path: &str) -> (Option<Fault>, Option<u64>) {
        let fault = self.faults.choose(&arrival.method, path);
        let number = self.knobs.journal.then(|| {
            self.journal.arrived(Entry {
                at: self.clock.now(),
                method: arrival.method.clone(),
                path: arrival.path.clone(),
                query: arrival.query.clone(),
                headers: arrival.headers.clone(),
                body: arrival.body.clone(),
                fault: fault.as_ref().map(Fault::kind),
            })
        });
        (fault, number)
    }
}
