//! Tells whoever wants to know: of failures, and of runs that went well.

use std::sync::Arc;

use serde_json::Value;

use super::pool::Pool;
use super::shared::Shared;
use super::worker::HandlerName;
use crate::api::{Hook, Level};
use crate::client::notify::notify;

/// Tells a hook of a failure. Its own failure is logged, and nothing else comes of it.
pub(super) async fn tell(
    shared: &Shared,
    pool: &Arc<Pool>,
    name: HandlerName,
    hook: Option<&Hook>,
    failure: &Value,
) {
    let told = match hook {
        None => return,
        Some(Hook::Url(url)) => notify(url, Some(failure)).await,
        Some(Hook::Function(_)) => {
            let context = pool.base().derive().build();
            shared.kill.link(context.cancel());
            let name = HandlerName { on_failure: true, ..name.clone() };
            let called = match pool.lease_for(&context).await {
                Ok(lease) => {
                    let argument = failure.to_string().into();
                    lease.call(&name, vec![argument], &context, shared.timeout).await
                }
                Err(failure) => Err(failure),
            };
            called.map(drop).map_err(|failure| failure.error)
        }
    };
    if let Err(error) = told {
        let fields = [(name.noun, name.id.as_str())];
        shared.log(Level::Error, &format!("on_failure failed: {error}"), &fields);
    }
}

/// Tells an address that a run went well.
pub(super) async fn beat(shared: &Shared, schedule: &str, url: Option<&str>) {
    let Some(url) = url else { return };
    if let Err(error) = notify(url, None).await {
        let fields = [("schedule", schedule)];
        shared.log(Level::Warn, &format!("the heartbeat failed: {error}"), &fields);
    }
}
