//! What the options of `run` and `eval` amount to: the account or the emulator, and a context.

use std::sync::Arc;

use super::arguments::ScriptOptions;
use super::sink::Terminal;
use crate::Result;
use crate::api::{Context, Sink};
use crate::emulator::Emulator;

/// A context, and the emulator that lives as long as the run.
pub(super) struct Session {
    pub(super) context: Arc<Context>,
    /// Where the script's words go.
    pub(super) terminal: Arc<Terminal>,
    _emulator: Option<Emulator>,
}

impl Session {
    /// Sets up what the script will call.
    ///
    /// A missing key is no error here: a script that calls nothing needs none.
    ///
    /// # Errors
    /// Where the configuration or the base URL is not usable, or the emulator cannot begin.
    pub(super) fn begin(options: &ScriptOptions, arguments: Vec<String>) -> Result<Self> {
        let (client, emulator) = options.account.open()?;
        let terminal = Arc::new(Terminal::new(options));
        let builder = Context::builder()
            .arguments(arguments)
            .allow_environment(options.environment.iter().cloned())
            .read_only(options.read_only)
            .sink(Arc::clone(&terminal) as Arc<dyn Sink>);
        let builder = match client {
            Some(client) => builder.client(client),
            None => builder,
        };
        Ok(Self { context: builder.build(), terminal, _emulator: emulator })
    }
}
