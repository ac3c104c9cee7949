//! `cliengo repl`: the prompt.

use std::sync::Arc;

use clap::{ArgMatches, Command};
use tempfile::TempDir;

use super::account::{AccountOptions, client};
use super::arguments::{ScriptOptions, script_options};
use super::config::{Account, profile_names, state_folder};
use super::exit;
use super::flags::with_flag;
use crate::api::Level;
use crate::client::{Client, DEFAULT_BASE_URL};
use crate::emulator::Emulator;
use crate::engine::{Language, Limits};
use crate::host::{Host, HostBuilder};
use crate::repl::{ExitKind, Profiles, Repl};
use crate::runtime::State;
use crate::terminal::counted;
use crate::{Error, ErrorKind, Result};

/// Options of `run` that mean nothing at a prompt.
const LEFT_OUT: [&str; 2] = ["output", "log-format"];

pub(super) fn command() -> Command {
    let options = script_options()
        .into_iter()
        .filter(|option| !LEFT_OUT.contains(&option.get_id().as_str()))
        .map(|option| match option.get_id().as_str() {
            "lang" => option.help("The language that it begins with [default: lua]"),
            "timeout" => option.help("End a line after this time, such as 30s or 5m"),
            _ => option,
        });
    Command::new("repl")
        .about("Try things at a prompt: lines of Lua or Rhai on live data")
        .after_help(
            ".help at the prompt shows what there is. Where standard input is a file or a pipe, its lines \
             run one by one, and the first error ends it.\n\n\
             Examples:\n  \
             cliengo repl --emulator           on invented data, without an account\n  \
             cliengo repl --lang rhai\n  \
             cliengo repl --read-only --profile branch\n  \
             echo 'cliengo.contacts.count()' | cliengo repl",
        )
        .args(options)
}

/// `cliengo repl`
pub(super) fn run(matches: &ArgMatches) -> Result<u8> {
    let options = ScriptOptions::read(matches);
    let (client, emulator) = options.account.open()?;
    let (state, _folder) = state(&options, emulator.is_some());
    let profiles = Arc::new(Accounts { options: options.account.clone(), _emulator: emulator });
    let mut repl = Repl::new(host(&options, client, state)?)
        .language(options.language.unwrap_or(Language::Lua))
        .log_level(if options.verbose { Level::Debug } else { Level::Info })
        .explain(|error| with_flag(&error).into_owned())
        .profiles(profiles);
    // What was typed is a person's own, on whichever account: an emulator's state goes with it, this stays.
    if let Some(folder) = options.state_folder.clone().or_else(state_folder) {
        repl = repl.folder(folder);
    }
    if let Some(timeout) = options.timeout {
        repl = repl.timeout(timeout);
    }
    Ok(match repl.run()? {
        ExitKind::Left => exit::DONE,
        ExitKind::Failed(error) => exit::of_run(&error),
    })
}

fn host(options: &ScriptOptions, client: Option<Client>, state: State) -> Result<Host> {
    let defaults = Limits::default();
    let limits =
        Limits { memory: options.memory.or(defaults.memory), operations: options.operations };
    let builder = Host::builder()
        .permissions(options.permissions.clone())
        .read_only(options.read_only)
        .explain(|error| with_flag(&error).into_owned())
        .limits(limits)
        .undo(
            options.undo && (options.account.emulator.is_none() || options.state_folder.is_some()),
        )
        .state(state);
    let builder = options.libraries.iter().try_fold(builder, HostBuilder::library)?;
    Ok(match client {
        Some(client) => builder.client(client).build(),
        None => builder.build(),
    })
}

/// The state, and the folder of an embedded emulator's account, which goes with it.
fn state(options: &ScriptOptions, is_emulated: bool) -> (State, Option<TempDir>) {
    let told = options.state_folder.clone();
    let own = if is_emulated && told.is_none() { tempfile::tempdir().ok() } else { None };
    let folder = told.or_else(|| own.as_ref().map(|own| own.path().to_owned()));
    let state = folder.or_else(state_folder).map_or_else(State::nowhere, State::in_folder);
    (state, own)
}

/// The accounts of the configuration.
struct Accounts {
    options: AccountOptions,
    /// It lives as long as the prompt.
    _emulator: Option<Emulator>,
}

impl Profiles for Accounts {
    fn current(&self) -> Option<String> {
        self.options.profile.clone()
    }

    fn names(&self) -> Vec<String> {
        profile_names().unwrap_or_default()
    }

    fn describe(&self) -> String {
        if let Some(contacts) = self.options.emulator {
            let contacts = usize::try_from(contacts).unwrap_or(usize::MAX);
            return format!("an emulator with {}", counted(contacts, "invented contact"));
        }
        let AccountOptions { profile, base_url, .. } = self.options.clone();
        let account = Account::resolve(profile, base_url).unwrap_or_default();
        let url = account.base_url.unwrap_or_else(|| DEFAULT_BASE_URL.to_owned());
        match account.key_source {
            Some(source) => format!("{url}, with the key of {source}"),
            None => format!("{url}, without a key"),
        }
    }

    fn open(&self, name: &str) -> Result<Client> {
        let account = Account::resolve(Some(name.to_owned()), None)?;
        let url = account.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL);
        let no_key = || {
            Error::new(ErrorKind::Unauthorized, format!("the profile \"{name}\" has no key"))
                .with_hint("add its api_key to the user configuration")
        };
        let key = account.api_key.ok_or_else(no_key)?;
        client(url, &key, account.key_source)
    }
}
