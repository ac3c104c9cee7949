//! What the editor knows of the world while a line is typed.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::dotted;
use crate::api::{FunctionRef, Registry};
use crate::client::Client;
use crate::engine::{Language, Variable, stdlib_registry};
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
    pub(super) commands: Vec<&'static Command>,
    /// The topics of the help.
    pub(super) topics: &'static [&'static str],
    /// Where the modules of the session are looked for.
    pub(super) folder: Option<PathBuf>,
    /// The paths of the registry, and whatever they begin with: each word that is typed is looked up here.
    paths: HashSet<String>,
}

impl Known {
    pub(super) fn new(
        language: Language,
        registry: Registry,
        shared: Arc<Mutex<Shared>>,
        commands: Vec<&'static Command>,
        (topics, folder): (&'static [&'static str], Option<PathBuf>),
    ) -> Self {
        let paths = paths(&registry);
        Self { language, registry, shared, commands, topics, folder, paths }
    }

    /// True for a function of the registry, and for a namespace of it.
    pub(super) fn is_of_registry(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// What changes, as it is now. Whoever holds it elsewhere does so for moments.
    pub(super) fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The function of the registry, or of a module, that a script calls by this path.
    pub(super) fn function(&self, path: &str) -> Option<&FunctionRef> {
        // The registry finds `contacts.get` as well, which in a script is something of the script's own.
        let is_own = |found: &&FunctionRef| found.is_own() || path.starts_with("cliengo.");
        let of_module = || {
            let (module, name) = path.split_once('.')?;
            self.module(module)?.into_iter().find(|it| it.namespace_and_name().1 == name)
        };
        self.registry.find(path).filter(is_own).or_else(of_module)
    }

    /// The functions of the module of the standard library that a script has under this name.
    pub(super) fn module(&self, name: &str) -> Option<Vec<&'static FunctionRef>> {
        let shared = self.shared();
        let mut variables = shared.variables.iter().filter(|it| it.name == name).peekable();
        let module = match (self.language, variables.peek().is_some()) {
            // It may be imported in the text that is being typed.
            (Language::Rhai, false) => name,
            _ => variables.find_map(|it| it.module)?,
        };
        let of_module = |it: &&'static FunctionRef| it.namespace_and_name().0 == module;
        let functions: Vec<_> = stdlib_registry().functions().filter(of_module).collect();
        Some(functions).filter(|functions| !functions.is_empty())
    }

    /// The command that a line begins with.
    pub(super) fn command(&self, line: &dotted::CommandLine<'_>) -> Option<&'static Command> {
        self.commands.iter().copied().find(|command| command.name == line.name)
    }
}

fn paths(registry: &Registry) -> HashSet<String> {
    let mut paths = HashSet::new();
    for function in registry.functions() {
        let full = function.full_path();
        let dots = full.match_indices('.').map(|(dot, _)| &full[..dot]);
        paths.extend(dots.chain([&*full]).map(str::to_owned));
        let namespace = full.rsplit_once('.').map_or("", |(namespace, _)| namespace);
        paths.extend(function.alias.map(|alias| format!("{namespace}.{alias}")));
    }
    paths.extend(registry.values().iter().map(|value| format!("cliengo.{}", value.path)));
    for value in registry.own_values() {
        let dots = value.path().match_indices('.').map(|(dot, _)| &value.path()[..dot]);
        paths.extend(dots.chain([value.path()]).map(str::to_owned));
    }
    paths
}
