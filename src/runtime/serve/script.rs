//! One script under a daemon: the version that runs, and the next one that is being loaded.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::files::{Signature, signature};
use super::grants::Grants;
use super::places::TaskName;
use super::pool::Pool;
use super::shared::{Shared, Signals};
use super::timer::Timer;
use super::watcher::Watcher;
use super::worker::Loading;
use crate::api::{Context, Registration};
use crate::engine::{Language, Limits, ScriptFailure, Source};
use crate::runtime::attempt::ScriptName;
use crate::watch::backoff;

/// What a script needs to be loaded.
#[derive(Debug, Clone)]
pub(super) struct Surroundings {
    pub(super) shared: Arc<Shared>,
    pub(super) base: Arc<Context>,
    pub(super) grants: Grants,
    pub(super) language: Option<Language>,
    pub(super) limits: Limits,
    pub(super) patience: std::time::Duration,
    pub(super) runtime: tokio::runtime::Handle,
}

/// A version of a script that was loaded and does not run yet.
#[derive(Debug)]
pub(super) struct Version {
    pub(super) registrations: Arc<Vec<Registration>>,
    pool: Arc<Pool>,
    name: ScriptName,
    files: Vec<PathBuf>,
    /// The files as they were right after the load.
    after: Signature,
}

/// One script under a daemon.
#[derive(Debug)]
pub(super) struct Served {
    pub(super) path: PathBuf,
    running: Option<Version>,
    tasks: HashMap<TaskName, Task>,
    loading: Option<JoinHandle<Result<Version, ScriptFailure>>>,
    /// The files as the last load saw them.
    seen: Signature,
    failures: u32,
    next_try: Option<Instant>,
}

#[derive(Debug)]
struct Task {
    signals: Signals,
    handle: JoinHandle<()>,
}

impl Served {
    pub(super) fn new(path: PathBuf) -> Self {
        let (tasks, seen) = (HashMap::new(), Signature::new());
        Self { path, running: None, tasks, loading: None, seen, failures: 0, next_try: None }
    }

    /// What the version that runs registered.
    pub(super) fn registrations(&self) -> &[Registration] {
        self.running.as_ref().map_or(&[], |version| &version.registrations)
    }

    /// True while no version runs.
    pub(super) fn is_down(&self) -> bool {
        self.running.is_none()
    }

    /// True where the last load failed.
    pub(super) fn is_failing(&self) -> bool {
        self.failures > 0
    }

    /// True while a version is being loaded.
    pub(super) fn is_loading(&self) -> bool {
        self.loading.is_some()
    }

    /// Begins to load it, where its files changed, a load that failed is due again, or `anyway`. A load that
    /// goes on then has read what is no longer there, and is given up.
    pub(super) fn look(&mut self, around: &Surroundings, anyway: bool) {
        let due = self.next_try.is_some_and(|at| at <= Instant::now());
        let files = match &self.running {
            Some(version) => version.files.clone(),
            None => std::iter::once(self.path.as_path())
                .chain(around.grants.file())
                .map(PathBuf::from)
                .collect(),
        };
        let now = signature(&files);
        let same = self.seen.iter().filter(|(path, _)| files.contains(path)).eq(now.iter());
        if same && !due && !anyway && !self.seen.is_empty() {
            return;
        }
        self.seen = now;
        self.next_try = None;
        if let Some(before) = self.loading.take() {
            before.abort();
        }
        self.loading = Some(tokio::spawn(load(self.path.clone(), around.clone())));
    }

    /// The version that was being loaded, once it is there.
    pub(super) async fn loaded(&mut self, wait: bool) -> Option<Result<Version, ScriptFailure>> {
        let loading = self.loading.as_mut().filter(|loading| wait || loading.is_finished())?;
        let ended = loading.await;
        self.loading = None;
        Some(ended.unwrap_or_else(|_| Err(crate::runtime::supervise::crashed())))
    }

    /// Notes that a version could not be loaded; the one before goes on. It is tried again, later and later,
    /// and whenever the file changes.
    pub(super) fn failed(&mut self) {
        self.failures += 1;
        let wait = backoff(self.failures, fastrand::f64()).min(std::time::Duration::from_secs(300));
        self.next_try = Some(Instant::now() + wait);
    }

    /// Lets a version run in the place of the one before, whose tasks come to their end. Each of its watches
    /// and schedules begins when the one of the same id has.
    pub(super) fn switch(&mut self, version: Version, shared: &Arc<Shared>) -> Vec<JoinHandle<()>> {
        self.failures = 0;
        // A file that changed since the load began is to be loaded once more.
        let seen = std::mem::take(&mut self.seen);
        let first = |after: &(PathBuf, _)| seen.iter().find(|(path, _)| *path == after.0).cloned();
        self.seen =
            version.after.iter().map(|after| first(after).unwrap_or(after.clone())).collect();
        let before = self.stop_tasks();
        for registration in version.registrations.iter() {
            let name = (registration.noun(), registration.id().to_owned());
            self.tasks.insert(name, begin(registration.clone(), &version, shared));
        }
        self.running = Some(version);
        before
    }

    /// Begins anew what ended by a defect, and ends threads that nobody needs.
    pub(super) fn tidy(&mut self, shared: &Arc<Shared>) {
        let Some(version) = &self.running else { return };
        version.pool.tidy();
        for registration in version.registrations.iter() {
            let name = (registration.noun(), registration.id().to_owned());
            let ended =
                |task: &Task| task.handle.is_finished() && !task.signals.stop.is_cancelled();
            if self.tasks.get(&name).is_some_and(ended) {
                self.tasks.insert(name, begin(registration.clone(), version, shared));
            }
        }
    }

    /// Lets all of it come to its end.
    pub(super) fn stop(&mut self) -> Vec<JoinHandle<()>> {
        if let Some(loading) = self.loading.take() {
            loading.abort();
        }
        self.running = None;
        self.stop_tasks()
    }

    fn stop_tasks(&mut self) -> Vec<JoinHandle<()>> {
        let tasks = self.tasks.drain().map(|(_, task)| task);
        tasks
            .map(|task| {
                task.signals.stop.cancel();
                task.handle
            })
            .collect()
    }
}

async fn load(path: PathBuf, around: Surroundings) -> Result<Version, ScriptFailure> {
    let source = Source::from_file(&path, around.language).map_err(ScriptFailure::of)?;
    let name = ScriptName::of(&source);
    let permissions = around.grants.in_context(&path, &around.base).map_err(ScriptFailure::of)?;
    let base = around.base.derive().permissions(permissions);
    let base = base.steps(around.shared.state.steps(&source.name)).build();
    around.shared.kill.link(base.cancel());
    let loading = Loading { source, limits: around.limits, runtime: around.runtime.clone() };
    let (pool, registrations, mut files) = Pool::begin(loading, base, around.patience).await?;
    if !files.contains(&path) {
        files.push(path);
    }
    files.extend(around.grants.file().map(PathBuf::from));
    let after = signature(&files);
    Ok(Version { registrations, pool, name, files, after })
}

fn begin(registration: Registration, version: &Version, shared: &Arc<Shared>) -> Task {
    let signals = Signals::new();
    let (shared, pool) = (Arc::clone(shared), Arc::clone(&version.pool));
    let (script, own) = (version.name.clone(), signals.clone());
    let handle = tokio::spawn(async move {
        let name = (registration.noun(), registration.id().to_owned());
        let _place = tokio::select! {
            biased;
            () = own.stop.cancelled() => return,
            place = shared.places.take(&name) => place,
        };
        let shared = Arc::clone(&shared);
        match registration {
            Registration::Watch(watch) => {
                let ready = tokio::sync::Notify::new();
                let polls_well = std::sync::atomic::AtomicBool::new(false);
                let watcher =
                    Watcher { shared, pool, script, watch, signals: own, ready, polls_well };
                Arc::new(watcher).run().await;
            }
            Registration::Schedule(schedule) => {
                let timer = Timer { shared, pool, script, schedule, signals: own };
                Arc::new(timer).run().await;
            }
        }
    });
    Task { signals, handle }
}
