//! An import as a run, which can be undone.

use std::sync::Arc;

use serde_json::{Value, json};

use super::arguments::ImportOptions;
use crate::api::Context;
use crate::cli::config::state_folder;
use crate::cli::report;
use crate::client::Client;
use crate::runtime::{ScriptRun, State};
use crate::store::{RunEnd, RunState};

/// An import as a run.
pub(super) struct Undoable {
    /// What every row is written through.
    pub(super) context: Arc<Context>,
    run: Option<Arc<ScriptRun>>,
}

impl Undoable {
    /// Nothing is kept before the first write, nor where the account goes with this process.
    pub(super) fn begin(options: &ImportOptions, client: &Client) -> Self {
        let told = options.state_folder.clone();
        let is_lasting = options.account.emulator.is_none() || told.is_some();
        let folder = told.or_else(state_folder);
        let state = folder.map_or_else(State::nowhere, State::in_folder);
        let file = options.file.display().to_string();
        let run = (options.undo && is_lasting).then(|| {
            ScriptRun::named(&state, &format!("import of {file}"), json!({ "file": file }))
        });
        let builder = Context::builder().client(client.clone());
        let context = match &run {
            Some(run) => builder.write_log(Arc::clone(run) as _).build(),
            None => builder.build(),
        };
        Self { context, run }
    }

    /// Keeps how it ended.
    pub(super) fn end(&self, result: Value, was_cancelled: bool) {
        let state = if was_cancelled { RunState::Cancelled } else { RunState::Done };
        let end = RunEnd { result, ..RunEnd::now(state) };
        if let Some(Err(error)) = self.run.as_ref().map(|run| run.end(&end)) {
            report::warning(&format!("the end of the import was not kept: {error}"));
        }
    }
}
