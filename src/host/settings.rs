//! How the scripts of one kind are run: their time, their limits, their arguments.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::Host;
use super::calls::Calls;
use crate::api::{Cancel, Context, Sink};
use crate::engine::Limits;
use crate::runtime::ScriptRun;

/// How scripts are run. What is not told is the host's.
#[derive(Clone, Default)]
pub(super) struct Settings {
    pub(super) name: Option<String>,
    pub(super) timeout: Option<Duration>,
    pub(super) limits: Option<Limits>,
    pub(super) cancel: Option<Cancel>,
    pub(super) arguments: Vec<String>,
    pub(super) sink: Option<Arc<dyn Sink>>,
    pub(super) read_only: bool,
    pub(super) dry_run: bool,
}

impl Settings {
    /// What one run or call has at hand: a cancel and a journal of its own. `calls` is told of each exchange
    /// with the API.
    pub(super) fn context(
        &self,
        host: &Host,
        script: &str,
        calls: Option<&Arc<Calls>>,
    ) -> Arc<Context> {
        let base = host.base();
        let mut builder = base
            .derive()
            .arguments(self.arguments.clone())
            .read_only(self.read_only || base.is_read_only())
            .dry_run(self.dry_run || base.is_dry_run())
            .steps(host.state().steps(script));
        if base.write_log().is_some() {
            let run =
                ScriptRun::named(host.state(), script, json!({ "arguments": self.arguments }));
            builder = builder.write_log(run as _);
        }
        if let Some(sink) = &self.sink {
            builder = builder.sink(Arc::clone(sink));
        }
        if let (Some(calls), Ok(client)) = (calls, base.client()) {
            builder = builder.client(client.observed(Arc::clone(calls) as _));
        }
        let context = builder.build();
        if let Some(cancel) = &self.cancel {
            cancel.link(context.cancel());
        }
        context
    }
}
