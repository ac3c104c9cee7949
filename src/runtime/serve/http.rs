//! `--listen`: whether the daemon is alive and ready, and its metrics, over HTTP.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::prometheus_text::CONTENT_TYPE;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::shared::Shared;
use crate::api::Level;
use crate::{Error, Result};

/// Answers until it is dropped.
#[derive(Debug)]
pub(super) struct Listening(AbortHandle);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Begins to answer at this address.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it cannot be listened at.
pub(super) async fn listen(address: SocketAddr, shared: &Arc<Shared>) -> Result<Listening> {
    let cannot = |error: std::io::Error| {
        Error::invalid(format!("cannot listen on {address}: {error}"))
            .with_hint("choose another port with --listen, or 0 for any free one")
    };
    let socket = TcpListener::bind(address).await.map_err(cannot)?;
    let address = socket.local_addr().map_err(cannot)?;
    shared.log(Level::Info, &format!("listens on http://{address}"), &[]);
    let router = Router::new()
        .route("/healthz", get(health))
        .route("/readyz", get(readiness))
        .route("/metrics", get(metrics))
        .with_state(Arc::clone(shared));
    // It never ends by itself, and reports no errors.
    let server = tokio::spawn(async { drop(axum::serve(socket, router).await) });
    Ok(Listening(server.abort_handle()))
}

async fn health(State(shared): State<Arc<Shared>>) -> Response {
    match shared.standing.is_alive(Instant::now()) {
        true => answer(StatusCode::OK, json!({ "status": "alive" })),
        false => answer(
            StatusCode::SERVICE_UNAVAILABLE,
            json!({ "status": "stuck", "reasons": ["the main loop does not come round"] }),
        ),
    }
}

async fn readiness(State(shared): State<Arc<Shared>>) -> Response {
    let reasons = apart(move || shared.standing.reasons(&*shared.store)).await;
    match reasons {
        Some(reasons) if reasons.is_empty() => answer(StatusCode::OK, json!({ "status": "ready" })),
        reasons => answer(
            StatusCode::SERVICE_UNAVAILABLE,
            json!({ "status": "not ready", "reasons": reasons.unwrap_or_default() }),
        ),
    }
}

async fn metrics(State(shared): State<Arc<Shared>>) -> Response {
    let text = apart(move || shared.metrics.text(&*shared.store, &shared.standing)).await;
    match text {
        Some(Ok(text)) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Some(Err(error)) => {
            answer(StatusCode::SERVICE_UNAVAILABLE, json!({ "error": error.to_string() }))
        }
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Does what reads the store on a thread that nobody waits on for polls or timers.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

fn answer(status: StatusCode, body: Value) -> Response {
    let json = [(header::CONTENT_TYPE, "application/json")];
    (status, json, format!("{body}\n")).into_response()
}
