//! What the editor knows of the world while a line is typed.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::dotted;
use crate::api::{ApiFn, Registry};
use crate::client::Client;
use crate::engine::{Language, Variable};
use crate::repl::command::Command;

/// What changes while the prompt is open; the loop keeps it up to date, the editor only reads it.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// What the lines so far defined.
    pub(crate) variables: Vec<Variable>,
    /// The ids of the watches that are followed.
    pub(crate) watches: Vec<String>,
    /// The names of the profiles.
    pub(crate) profiles: Vec<String>,
    /// The account's client, whose key is kept out of the history.
    pub(crate) client: Option<Client>,
}

/// What the editor goes by.
pub(super) struct Known {
    pub(super) language: Language,
    pub(super) registry: Registry,
    pub(super) shared: Arc<Mutex<Shared>>,
    pub(super) commands: &'static [Command],
    /// The topics of the help.
    pub(super) topics: &'static [&'static str],
    /// Where the modules of the session are looked for.
    pub(super) folder: Option<PathBuf>,
}

impl Known {
    /// What changes, as it is now. Whoever holds it elsewhere does so for moments.
    pub(super) fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The function of the registry that a script calls by this path.
    pub(super) fn function(&self, path: &str) -> Option<&'static ApiFn> {
        self.registry.find(path).filter(|function| {
            let alias = function.alias.map(|alias| with_name(&full_path(function), alias));
            full_path(function) == path || alias.as_deref() == Some(path)
        })
    }

    /// The command that a line begins with.
    pub(super) fn command(&self, line: &dotted::CommandLine<'_>) -> Option<&'static Command> {
        self.commands.iter().find(|command| command.name == line.name)
    }
}

/// The path by which scripts call a function.
pub(super) fn full_path(function: &ApiFn) -> String {
    format!("cliengo.{}", function.path)
}

fn with_name(path: &str, name: &str) -> String {
    match path.rsplit_once('.') {
        Some((namespace, _)) => format!("{namespace}.{name}"),
        None => name.to_owned(),
    }
}
