//! The thread that owns a language's session, and serves its jobs in order.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use tokio::runtime::Handle;

use crate::engine::{Executor, Language, ScriptFailure, Session, Variable};
use crate::host::Host;
use crate::{Error, ErrorKind, Result};

/// The session's names as the last job left them.
pub(super) type Snapshot = Arc<Mutex<Vec<Variable>>>;

/// As for a script file: deep recursion is bounded by counts, not by this.
const STACK: usize = 32 << 20;

type Job = Box<dyn FnOnce(&mut Session) + Send>;

/// The thread of one session. Dropping it lets the thread end after its jobs.
#[derive(Debug)]
pub(super) struct Worker {
    jobs: Sender<Job>,
    snapshot: Snapshot,
    /// The watch whose handler runs, while one does.
    handling: Arc<Mutex<Option<String>>>,
    /// Why there is no session, where there is none.
    failure: Arc<OnceLock<ScriptFailure>>,
}

/// What a worker is begun with.
pub(super) struct Beginning<'a> {
    pub(super) language: Language,
    pub(super) host: &'a Host,
    pub(super) runtime: &'a Handle,
    pub(super) snapshot: Snapshot,
}

impl Worker {
    /// Begins the thread; the session opens while the person reads the greeting.
    pub(super) fn begin(beginning: Beginning<'_>) -> Result<Self> {
        let Beginning { language, host, runtime, snapshot } = beginning;
        let (jobs, queue) = channel::<Job>();
        let failure = Arc::new(OnceLock::new());
        let (context, limits) = (host.context().build(), host.limits());
        let (executor, failed) = (Executor::Shared(runtime.clone()), Arc::clone(&failure));
        let folder = Some(".".into());
        let body = move || match Session::open(language, &context, limits, executor, folder) {
            Ok(session) => serve(session, &queue),
            Err(failure) => drop(failed.set(failure)),
        };
        let spawned = thread::Builder::new().name("script".into()).stack_size(STACK).spawn(body);
        spawned.map_err(|error| {
            Error::new(ErrorKind::Limit, format!("cannot begin the script's thread: {error}"))
        })?;
        Ok(Self { jobs, snapshot, handling: Arc::default(), failure })
    }

    /// Has the session do this, after what it was given before, and its end be told; the two are apart, so
    /// that the names that it defined are known before anybody hears of its end. Where there is no session,
    /// both are dropped.
    pub(super) fn give<T: 'static>(
        &self,
        work: impl FnOnce(&mut Session) -> T + Send + 'static,
        tell: impl FnOnce(T) + Send + 'static,
    ) {
        let snapshot = Arc::clone(&self.snapshot);
        let job = move |session: &mut Session| {
            let done = work(session);
            *snapshot.lock().unwrap_or_else(PoisonError::into_inner) = session.variables();
            tell(done);
        };
        drop(self.jobs.send(Box::new(job)));
    }

    /// A handler of this watch runs from now on, until what this gives is dropped.
    pub(super) fn handles(&self, watch: &str) -> Handling {
        *self.handling.lock().unwrap_or_else(PoisonError::into_inner) = Some(watch.to_owned());
        Handling(Arc::clone(&self.handling))
    }

    /// The watch whose handler runs, where one does.
    pub(super) fn handling(&self) -> Option<String> {
        self.handling.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Why nothing is told any more.
    pub(super) fn why_gone(&self) -> ScriptFailure {
        let defect = || {
            let error = Error::new(ErrorKind::Limit, "the session ended by a defect of cliengo");
            ScriptFailure::of(error.with_hint("please report it, with the message above"))
        };
        self.failure.get().cloned().unwrap_or_else(defect)
    }

    /// True where the session could not be opened: another attempt would not be better.
    pub(super) fn never_was(&self) -> bool {
        self.failure.get().is_some()
    }
}

/// A handler that runs.
pub(super) struct Handling(Arc<Mutex<Option<String>>>);

impl Drop for Handling {
    fn drop(&mut self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn serve(mut session: Session, queue: &Receiver<Job>) {
    while let Ok(job) = queue.recv() {
        job(&mut session);
    }
}
