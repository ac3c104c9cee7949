//! What the options of `run` and `eval` amount to: the account or the emulator, and a context.

use std::sync::Arc;

use tempfile::TempDir;

use super::arguments::ScriptOptions;
use super::config::state_folder;
use super::flags::with_flag;
use super::journaled::{Journaled, Subject};
use super::sink::Terminal;
use crate::Result;
use crate::api::{Context, ContextBuilder, Sink};
use crate::emulator::Emulator;
use crate::runtime::State;

/// A context, and the emulator that lives as long as the run.
pub(super) struct Session {
    pub(super) context: Arc<Context>,
    /// Where the script's words go.
    pub(super) terminal: Arc<Terminal>,
    /// The run as it is kept, so that it can be undone; none where it is not.
    pub(super) journaled: Option<Journaled>,
    /// What outlives the run.
    pub(super) state: State,
    _emulator: Option<Emulator>,
    /// The state of an embedded emulator's account goes with it.
    _state: Option<TempDir>,
}

impl Session {
    /// Sets up what the script will call.
    ///
    /// A missing key is no error here: a script that calls nothing needs none.
    ///
    /// # Errors
    /// Where the configuration or the base URL is not usable, or the emulator cannot begin.
    pub(super) fn begin(
        options: &ScriptOptions,
        arguments: Vec<String>,
        subject: Subject<'_>,
    ) -> Result<Self> {
        let (client, emulator) = options.account.open()?;
        let terminal = Arc::new(Terminal::new(options));
        let builder = Context::builder()
            .arguments(arguments.clone())
            .permissions(options.permissions.clone())
            .read_only(options.read_only)
            .explain(|error| with_flag(&error).into_owned())
            .dry_run(options.dry_run)
            .sink(Arc::clone(&terminal) as Arc<dyn Sink>);
        let builder = options.libraries.iter().try_fold(builder, ContextBuilder::library)?;
        let told = options.state_folder.clone();
        let state = emulator.as_ref().filter(|_| told.is_none());
        let state = state.and_then(|_| tempfile::tempdir().ok());
        let own = state.as_ref().map(|state| state.path().to_owned());
        let folder = told.or(own).or_else(state_folder);
        let builder = match &folder {
            Some(folder) => builder.state_folder(folder),
            None => builder,
        };
        let kept = folder.map_or_else(State::nowhere, State::in_folder);
        let builder = builder.steps(kept.steps(subject.name()));
        // With an embedded emulator goes all that could be undone.
        let is_lasting = options.undo && state.is_none();
        let journaled = is_lasting.then(|| Journaled::begin(&kept, subject, &arguments, &terminal));
        let context = Journaled::context(journaled.as_ref(), builder, client);
        Ok(Self { context, journaled, terminal, state: kept, _emulator: emulator, _state: state })
    }
}
