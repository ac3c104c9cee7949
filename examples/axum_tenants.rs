//! A service that runs the script of a tenant for each request, within limits.
//!
//! `cargo run --example axum_tenants` begins it on an embedded emulator, and says how to call it. Each tenant
//! has an account and a script of its own. A request loads the script anew, so that requests share nothing,
//! and calls its `on_lead` with the body of the request; what the script may take of time, memory and writes
//! is the service's to say.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use cliengo::api::WriteRecord;
use cliengo::client::Client;
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::engine::{CountingAllocator, Language, Limits, ScriptFailure};
use cliengo::{ErrorKind, Host};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

/// Rhai has no account of its memory: its limit holds only where this counts.
#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

const TIMEOUT: Duration = Duration::from_secs(2);
const LIMITS: Limits = Limits { memory: Some(16 << 20), operations: Some(10_000_000) };
/// Each script has a thread of its own.
const AT_ONCE: usize = 64;

/// A customer of the service: an account, and a script.
pub struct Tenant {
    /// Its account, and what its script may reach there.
    pub host: Host,
    /// The language of its script.
    pub language: Language,
    /// The code of its script, which defines `on_lead(lead)`.
    pub script: String,
}

struct Service {
    tenants: HashMap<String, Tenant>,
    places: Semaphore,
}

type Answer = std::result::Result<Json<Value>, (StatusCode, Json<Value>)>;

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start(EmulatorOptions::default())?;
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let script = "function on_lead(lead)
                    local known = cliengo.contacts.find{ query = lead.email }
                    return { known = known ~= nil, welcome = 'Hola ' .. lead.name }
                  end";
    let host = Host::builder().client(client.build()?).build();
    let acme = Tenant { host, language: Language::Lua, script: script.to_owned() };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    println!("curl http://127.0.0.1:8080/acme/leads -H 'content-type: application/json' \\");
    println!("  -d '{{\"name\": \"Ana\", \"email\": \"ana@example.com\"}}'");
    Ok(axum::serve(listener, service(HashMap::from([("acme".to_owned(), acme)]))).await?)
}

/// The service: `POST /{tenant}/leads`.
pub fn service(tenants: HashMap<String, Tenant>) -> Router {
    let service = Service { tenants, places: Semaphore::new(AT_ONCE) };
    Router::new().route("/{tenant}/leads", post(lead)).with_state(Arc::new(service))
}

async fn lead(
    State(service): State<Arc<Service>>,
    Path(name): Path<String>,
    Json(lead): Json<Value>,
) -> Answer {
    let tenant = service.tenants.get(&name).ok_or_else(|| {
        (StatusCode::NOT_FOUND, Json(json!({ "error": format!("there is no tenant {name}") })))
    })?;
    let _place = service.places.try_acquire().map_err(|_| {
        (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "error": "all places are taken" })))
    })?;
    let scripting = tenant.host.scripting(tenant.language).name(name);
    let scripting = scripting.timeout(TIMEOUT).limits(LIMITS);
    let script = scripting.load(tenant.script.as_str()).await;
    let script = script.map_err(|failure| refusal(&failure, &[]))?;
    // Where the client hangs up, axum drops this future, and the script ends with it.
    let run = script.run::<Value>("on_lead", (lead,)).await;
    let value = run.result.map_err(|failure| refusal(&failure, &run.writes))?;
    Ok(Json(json!({ "value": value, "writes": run.writes, "calls": run.calls })))
}

/// What went wrong, for the tenant: where in the script, and what had been written by then.
fn refusal(failure: &ScriptFailure, writes: &[WriteRecord]) -> (StatusCode, Json<Value>) {
    let status = match failure.error.kind {
        ErrorKind::Limit | ErrorKind::Invalid | ErrorKind::Decode | ErrorKind::Denied => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        _ => StatusCode::BAD_GATEWAY,
    };
    (status, Json(json!({ "failure": failure, "writes": writes })))
}
