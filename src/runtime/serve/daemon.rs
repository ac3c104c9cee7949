//! The daemon itself: its scripts, from their first load on.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::ServeOptions;
use super::files::find;
use super::hooks::Hooks;
use super::metrics::Metrics;
use super::places::Places;
use super::script::{Served, Surroundings, Version};
use super::shared::{LogSink, Shared};
use super::standing::Standing;
use crate::api::{Cancel, Level, Registration};
use crate::engine::ScriptFailure;
use crate::runtime::recorder::describe;
use crate::watch::Account;
use crate::{Error, ErrorKind, Result};

/// How long a script may take to load.
const LOAD: Duration = Duration::from_secs(60);
/// The first start waits no longer for a script: the others begin without it.
const FIRST_LOAD: Duration = Duration::from_secs(5);

/// What a daemon knows and has in its hands.
pub(super) struct Daemon {
    pub(super) shared: Arc<Shared>,
    pub(super) around: Surroundings,
    pub(super) scripts: Vec<Served>,
    /// What of scripts that are gone has not come to its end yet.
    pub(super) leaving: Vec<JoinHandle<()>>,
    /// Set until every script was loaded anew that somebody wished that for.
    pub(super) reloading: bool,
    pub(super) paths: Vec<PathBuf>,
    pub(super) drain: Duration,
    pub(super) keep: Duration,
}

impl Daemon {
    pub(super) fn new(options: ServeOptions) -> Result<Self> {
        let store = options.state.store()?;
        let metrics = Arc::new(Metrics::default());
        let client = options.context.client()?.observed(Arc::clone(&metrics) as _);
        let base = options.context.derive().client(client.clone()).build();
        let shared = Arc::new(Shared {
            state: options.state,
            store,
            account: Account::new(&client),
            known: AtomicBool::new(false),
            asked: AtomicBool::new(false),
            sink: LogSink(base.shared_sink()),
            metrics,
            standing: Standing::default(),
            places: Places::default(),
            hooks: Hooks::default(),
            polls: Shared::polls(),
            timeout: options.timeout,
            kill: Cancel::default(),
            changed: tokio::sync::watch::Sender::new(0),
        });
        let around = Surroundings {
            shared: Arc::clone(&shared),
            base,
            grants: options.grants,
            language: options.language,
            limits: options.limits,
            patience: LOAD,
            runtime: tokio::runtime::Handle::current(),
        };
        if let Some(missing) = options.paths.iter().find(|path| !path.exists()) {
            return Err(Error::invalid(format!("there is no file {}", missing.display())));
        }
        let scripts = find(&options.paths)?.into_iter().map(Served::new).collect();
        let (paths, drain, keep) = (options.paths, options.drain, options.keep);
        let (leaving, reloading) = (Vec::new(), false);
        Ok(Self { shared, around, scripts, leaving, reloading, paths, drain, keep })
    }

    /// Makes sure that the state is about the account whose key this is. Where the API does not say so soon,
    /// the first polls find out.
    pub(super) async fn refuse_another_account(&self) -> Result<()> {
        match tokio::time::timeout(FIRST_LOAD, self.shared.know_account()).await {
            Ok(Err(error)) if error.kind == ErrorKind::State => Err(error),
            _ => Ok(()),
        }
    }

    /// Loads all scripts, at once. They are let run in their order, so that of two with one id it is always
    /// the second that is refused.
    pub(super) async fn begin(&mut self) -> Result<()> {
        self.forget();
        for script in &mut self.scripts {
            script.look(&self.around, true);
        }
        let mut failure = None;
        let patience = Instant::now() + FIRST_LOAD;
        for index in 0..self.scripts.len() {
            let loaded = tokio::time::timeout_at(patience, self.scripts[index].loaded(true)).await;
            if let Ok(Some(loaded)) = loaded
                && let Err(error) = self.settle(index, loaded)
            {
                failure.get_or_insert(error);
            }
        }
        let nothing = self
            .scripts
            .iter()
            .all(|script| script.registrations().is_empty() && !script.is_loading());
        match failure {
            Some(error) if nothing && !error.retryable => Err(error),
            None if nothing => Err(Error::invalid("no script has a watch or a schedule")
                .with_hint(
                    "register one at the top level, with cliengo.watch or cliengo.schedule",
                )),
            _ => Ok(()),
        }
    }

    /// Lets a version run that was loaded, where its ids are its own.
    pub(super) fn settle(
        &mut self,
        index: usize,
        loaded: Result<Version, ScriptFailure>,
    ) -> Result<()> {
        let path = self.scripts[index].path.display().to_string();
        let checked =
            loaded.map_err(|failure| (describe(&failure), failure.error)).and_then(|version| {
                match self.clash(index, &version) {
                    Some(error) => Err((error.to_string(), error)),
                    None => Ok(version),
                }
            });
        match checked {
            Ok(version) => {
                let registered = counted(&version.registrations);
                let again = if self.scripts[index].is_down() { "loaded" } else { "loaded anew" };
                let message = format!("{again}: {registered}");
                self.shared.log(Level::Info, &message, &[("script", &path)]);
                self.tell_of_dropped(index, &version);
                self.leaving.extend(self.scripts[index].switch(version, &self.shared));
                self.warn_of_same_name(index);
                Ok(())
            }
            Err((text, error)) => {
                let before = match self.scripts[index].is_down() {
                    true => "",
                    false => "; the version before goes on",
                };
                let message = format!("cannot be loaded: {text}{before}");
                self.shared.log(Level::Error, &message, &[("script", &path)]);
                self.scripts[index].failed();
                Err(error)
            }
        }
    }

    /// Says what a new version does not register any more.
    fn tell_of_dropped(&self, index: usize, version: &Version) {
        for before in self.scripts[index].registrations() {
            if !version.registrations.iter().any(|now| now.clashes(before)) {
                let message = "is not registered any more: it ends, and what waits is kept";
                self.shared.log(Level::Warn, message, &[(before.noun(), before.id())]);
            }
        }
    }

    /// Warns where another script has the same file name: the results of `cliengo.once` belong to that.
    fn warn_of_same_name(&self, index: usize) {
        let path = &self.scripts[index].path;
        let others = self.scripts.iter().enumerate().filter(|(other, it)| {
            *other != index && !it.is_down() && it.path.file_name() == path.file_name()
        });
        for (_, other) in others {
            let message = format!(
                "has the name of {}: the two share the results of cliengo.once; rename one of them",
                other.path.display()
            );
            self.shared.log(Level::Warn, &message, &[("script", &path.display().to_string())]);
        }
    }

    /// The error of a version whose ids another script has.
    fn clash(&self, index: usize, version: &Version) -> Option<Error> {
        let others = self.scripts.iter().enumerate().filter(|(other, _)| *other != index);
        let mut theirs = others.flat_map(|(_, script)| script.registrations());
        theirs.find_map(|theirs| {
            let ours = version.registrations.iter().find(|ours| ours.clashes(theirs))?;
            Some(Registration::same_id(theirs, ours))
        })
    }
}

/// `2 watches, 1 schedule`
fn counted(registrations: &[Registration]) -> String {
    let is_watch = |it: &&Registration| matches!(it, Registration::Watch(_));
    let watches = registrations.iter().filter(is_watch).count();
    let schedules = registrations.len() - watches;
    let many = |count: usize, one: &str, more: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    };
    format!("{}, {}", many(watches, "watch", "watches"), many(schedules, "schedule", "schedules"))
}
