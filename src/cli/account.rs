//! The options that say which account a command works on, and the client that they amount to.

use clap::{Arg, ArgMatches, value_parser};

use super::arguments::option;
use super::config::Account;
use crate::client::{Client, DEFAULT_BASE_URL};
use crate::emulator::{Emulator, EmulatorOptions};
use crate::{Error, Result};

/// Which account: one of the configuration, or an emulator of this process's own.
#[derive(Debug, Clone)]
pub(super) struct AccountOptions {
    pub(super) profile: Option<String>,
    pub(super) base_url: Option<String>,
    /// How many contacts the emulator invents, where it is one.
    pub(super) emulator: Option<u64>,
}

/// `--profile`, `--base-url` and `--emulator[=N]`.
pub(super) fn options() -> Vec<Arg> {
    vec![
        option("profile", "NAME", "A profile of the user configuration [env: CLIENGO_PROFILE]"),
        option("base-url", "URL", "Where the API is [env: CLIENGO_BASE_URL]"),
        option("emulator", "N", "Run against an embedded emulator with N invented contacts")
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("250")
            .value_parser(value_parser!(u64).range(..=5_000_000)),
    ]
}

impl AccountOptions {
    pub(super) fn read(matches: &ArgMatches) -> Self {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        Self {
            profile: text("profile"),
            base_url: text("base-url"),
            emulator: matches.get_one("emulator").copied(),
        }
    }

    /// Where the key comes from, in words; none where there is none.
    ///
    /// # Errors
    /// Where the configuration is not usable.
    pub(super) fn key_source(&self) -> Result<Option<String>> {
        match self.emulator {
            Some(_) => Ok(Some("the embedded emulator".to_owned())),
            None => Ok(Account::resolve(self.profile.clone(), self.base_url.clone())?.key_source),
        }
    }

    /// The account's client, and the emulator where it is one: keep it as long as the client is used.
    ///
    /// No client where there is no key: that is for the caller to judge.
    ///
    /// # Errors
    /// Where the configuration or the base URL is not usable, or the emulator cannot begin.
    pub(super) fn open(&self) -> Result<(Option<Client>, Option<Emulator>)> {
        if let Some(contacts) = self.emulator {
            let emulator = embedded(contacts)?;
            let client = client(&emulator.base_url(), emulator.api_key(), None)?;
            return Ok((Some(client), Some(emulator)));
        }
        let account = Account::resolve(self.profile.clone(), self.base_url.clone())?;
        let url = account.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL);
        let client = |key: String| client(url, &key, account.key_source);
        Ok((account.api_key.map(client).transpose()?, None))
    }
}

fn embedded(contacts: u64) -> Result<Emulator> {
    let contacts = usize::try_from(contacts).map_err(|_| Error::invalid("too many contacts"))?;
    Emulator::start(EmulatorOptions { contacts, ..EmulatorOptions::default() })
}

/// `source` says where the key was found.
pub(super) fn client(base_url: &str, key: &str, source: Option<String>) -> Result<Client> {
    let builder = Client::builder().base_url(base_url).api_key(key);
    match source {
        Some(source) => builder.key_source(source).build(),
        None => builder.build(),
    }
}
