//! The daemon behind `cliengo serve`: keeps the watches and schedules of scripts.
//!
//! Each script has threads of its own (`pool`), on which it is loaded and its handlers are called; a
//! script that fails, hangs or ends its thread costs no other script anything. Each watch (`watcher`) and
//! each schedule (`timer`) is a task that keeps all it has to remember in the store.

mod hooks;
mod http;
mod metrics;
mod places;
mod pool;
mod process;
mod script;
mod shared;
mod standing;
mod timer;
mod watcher;
mod worker;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use self::hooks::Hooks;
use self::metrics::Metrics;
use self::places::Places;
use self::script::{Served, Surroundings, Version, find};
use self::shared::{LogSink, Shared};
use self::standing::Standing;
use super::State;
use super::recorder::describe;
use crate::api::{Cancel, Context, Level, Registration};
use crate::engine::{Language, Limits, ScriptFailure};
use crate::watch::Account;
use crate::{Error, ErrorKind, Result};

/// What a daemon serves, and how.
#[derive(Debug)]
pub struct ServeOptions {
    /// Script files, and folders with scripts.
    pub paths: Vec<PathBuf>,
    /// The language, where the extension does not tell.
    pub language: Option<Language>,
    /// What scripts have at hand: the client, what they may read, where their words go.
    pub context: Arc<Context>,
    /// What outlives the daemon.
    pub state: State,
    /// What each script may use.
    pub limits: Limits,
    /// How long a handler may take unless it says otherwise.
    pub timeout: Duration,
    /// How long handlers have to come to their end when the daemon is to stop.
    pub drain: Duration,
    /// How long runs and handled events are kept.
    pub keep: Duration,
    /// Where to tell over HTTP how the daemon stands (`/healthz`, `/readyz`, `/metrics`); nowhere unless
    /// told.
    pub listen: Option<SocketAddr>,
}

/// What somebody wants of a daemon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Stop: nothing new is begun, and what runs has its time to end. A second one ends it at once.
    Stop,
    /// Load every script anew, and try what stands still because of a refused key.
    Reload,
}

/// How far a daemon is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Scripts have been loaded; one that takes long may still be.
    Ready,
    /// All is well; told again and again.
    Alive,
    /// Every script is being loaded anew; [`Ready`](Self::Ready) follows.
    Reloading,
    /// Nothing new is begun any more.
    Stopping,
}

pub use self::process::serve_process;

/// How often the daemon looks after its scripts and its store.
const LOOK: Duration = Duration::from_millis(500);
/// How often old runs and events are forgotten.
const FORGET: Duration = Duration::from_secs(3_600);
/// How long a script may take to load.
const LOAD: Duration = Duration::from_secs(60);
/// The first start waits no longer for a script: the others begin without it.
const FIRST_LOAD: Duration = Duration::from_secs(5);
/// What was ended has a moment to say so.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// Serves scripts until somebody wants it to stop. `tell` is called with each stage.
///
/// # Errors
/// [`ErrorKind::State`] where the state is in use or damaged; [`ErrorKind::Unauthorized`] without a key;
/// [`ErrorKind::Invalid`] where no script can be loaded, none has a watch or a schedule, or the address to
/// listen at is taken.
pub async fn serve(
    options: ServeOptions,
    mut wishes: mpsc::Receiver<Wish>,
    mut tell: impl FnMut(Stage),
) -> Result<()> {
    let _held = options.state.hold_daemon()?;
    let listen = options.listen;
    let mut daemon = Daemon::new(options)?;
    let _listening = match listen {
        Some(address) => Some(http::listen(address, &daemon.shared).await?),
        None => None,
    };
    tokio::select! {
        begun = daemon.begin() => begun?,
        () = asked_to_stop(&mut wishes) => {
            tell(Stage::Stopping);
            daemon.stop(wishes).await;
            return Ok(());
        }
    }
    daemon.note_standing();
    tell(Stage::Ready);
    daemon.keep(wishes, tell).await;
    Ok(())
}

struct Daemon {
    shared: Arc<Shared>,
    around: Surroundings,
    scripts: Vec<Served>,
    /// What of scripts and versions that are gone has not come to its end yet.
    leaving: Vec<JoinHandle<()>>,
    /// Set until every script was loaded anew that somebody wished that for.
    reloading: bool,
    paths: Vec<PathBuf>,
    drain: Duration,
    keep: Duration,
}

impl Daemon {
    fn new(options: ServeOptions) -> Result<Self> {
        let store = options.state.store()?;
        let metrics = Arc::new(Metrics::default());
        let client = options.context.client()?.observed(Arc::clone(&metrics) as _);
        let base = options.context.derive().client(client.clone()).build();
        let shared = Arc::new(Shared {
            state: options.state,
            store,
            account: Account::new(&client),
            known: AtomicBool::new(false),
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

    /// Loads all scripts, at once. They are let run in their order, so that of two with one id it is always
    /// the second that is refused.
    async fn begin(&mut self) -> Result<()> {
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
    fn settle(&mut self, index: usize, loaded: Result<Version, ScriptFailure>) -> Result<()> {
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

    /// Looks after everything until it is to stop, and lets it end.
    async fn keep(&mut self, mut wishes: mpsc::Receiver<Wish>, mut tell: impl FnMut(Stage)) {
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut forgotten = Instant::now();
        loop {
            tokio::select! {
                wish = wishes.recv() => match wish {
                    Some(Wish::Reload) => {
                        tell(Stage::Reloading);
                        self.reload();
                    }
                    Some(Wish::Stop) | None => break,
                },
                _ = look.tick() => {
                    self.look().await;
                    self.note_standing();
                    if self.reloading && !self.scripts.iter().any(Served::is_loading) {
                        self.reloading = false;
                        tell(Stage::Ready);
                    }
                    if forgotten.elapsed() > FORGET {
                        forgotten = Instant::now();
                        self.forget();
                    }
                    tell(Stage::Alive);
                }
            }
        }
        self.shared.standing.stopping();
        tell(Stage::Stopping);
        self.stop(wishes).await;
    }

    fn note_standing(&self) {
        self.shared.standing.note(&self.scripts);
    }

    async fn look(&mut self) {
        self.follow_changes();
        self.follow_folders();
        self.leaving.retain(|task| !task.is_finished());
        for index in 0..self.scripts.len() {
            self.scripts[index].look(&self.around, false);
            if let Some(loaded) = self.scripts[index].loaded(false).await {
                drop(self.settle(index, loaded));
            }
            self.scripts[index].tidy(&self.shared);
        }
    }

    /// Tells everybody where somebody steers from outside.
    fn follow_changes(&self) {
        if let Ok(changes) = self.shared.store.changes_elsewhere() {
            let differs = |known: &mut u64| std::mem::replace(known, changes) != changes;
            self.shared.changed.send_if_modified(differs);
        }
    }

    /// Takes up scripts that came into a folder, and lets those end that went.
    fn follow_folders(&mut self) {
        let Ok(found) = find(&self.paths) else { return };
        for path in &found {
            if !self.scripts.iter().any(|script| script.path == *path) {
                self.scripts.push(Served::new(path.clone()));
            }
        }
        self.scripts.retain_mut(|script| {
            let there = found.contains(&script.path);
            if !there {
                let path = script.path.display().to_string();
                self.shared.log(Level::Info, "is gone: its watches end", &[("script", &path)]);
                self.leaving.extend(script.stop());
            }
            there
        });
    }

    fn reload(&mut self) {
        self.shared.log(Level::Info, "loads every script anew", &[]);
        for script in &mut self.scripts {
            script.look(&self.around, true);
        }
        self.reloading = true;
    }

    fn forget(&self) {
        let before = Timestamp::now().checked_sub(self.keep).unwrap_or(Timestamp::MIN);
        if let Err(error) = self.shared.store.prune(before) {
            self.shared.log(Level::Error, &error.to_string(), &[]);
        }
    }

    async fn stop(&mut self, mut wishes: mpsc::Receiver<Wish>) {
        let message = "stops: what runs comes to its end";
        self.shared.log(Level::Info, message, &[]);
        let mut tasks = std::mem::take(&mut self.leaving);
        tasks.extend(self.scripts.iter_mut().flat_map(Served::stop));
        let mut all = std::pin::pin!(async {
            for task in tasks {
                drop(task.await);
            }
            self.shared.hooks.end().await;
        });
        tokio::select! {
            () = &mut all => return,
            () = tokio::time::sleep(self.drain) => {}
            () = asked_to_stop(&mut wishes) => {}
        }
        let reason = Error::new(ErrorKind::Cancelled, "the daemon is ending");
        self.shared.kill.cancel(reason);
        if tokio::time::timeout(LAST_WORDS, all).await.is_err() {
            let message =
                "some handlers did not end; their events are handled again at the next start";
            self.shared.log(Level::Error, message, &[]);
        }
    }
}

/// Waits until somebody wants the daemon to stop.
async fn asked_to_stop(wishes: &mut mpsc::Receiver<Wish>) {
    while let Some(wish) = wishes.recv().await {
        if wish == Wish::Stop {
            return;
        }
    }
    // Nobody is left who could want anything.
    std::future::pending().await
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
