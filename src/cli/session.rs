//! What the options of `run` and `eval` amount to: the account or the emulator, and a context.

use std::sync::Arc;

use super::arguments::ScriptOptions;
use super::config::Account;
use super::sink::Terminal;
use crate::api::Context;
use crate::client::Client;
use crate::emulator::{Emulator, EmulatorOptions};
use crate::{Error, Result};

/// A context, and the emulator that lives as long as the run.
pub(super) struct Session {
    pub(super) context: Arc<Context>,
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
        let (client, emulator) = match options.emulator {
            Some(contacts) => {
                let emulator = embedded(contacts)?;
                (Some(client(&emulator.base_url(), emulator.api_key())?), Some(emulator))
            }
            None => (of_account(options)?, None),
        };
        let builder = Context::builder()
            .arguments(arguments)
            .allow_environment(options.environment.iter().cloned())
            .read_only(options.read_only)
            .sink(Arc::new(Terminal::new(options)));
        let builder = match client {
            Some(client) => builder.client(client),
            None => builder,
        };
        Ok(Self { context: builder.build(), _emulator: emulator })
    }
}

fn embedded(contacts: u64) -> Result<Emulator> {
    let contacts = usize::try_from(contacts).map_err(|_| Error::invalid("too many contacts"))?;
    Emulator::start(EmulatorOptions { contacts, ..EmulatorOptions::default() })
}

fn of_account(options: &ScriptOptions) -> Result<Option<Client>> {
    let account = Account::resolve(options.profile.clone(), options.base_url.clone())?;
    let url = account.base_url.as_deref().unwrap_or(crate::client::DEFAULT_BASE_URL);
    account.api_key.map(|key| client(url, &key)).transpose()
}

fn client(base_url: &str, key: &str) -> Result<Client> {
    Client::builder().base_url(base_url).api_key(key).build()
}
