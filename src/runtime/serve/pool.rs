//! The threads of one script: one as a rule, more where handlers are to run at once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use super::worker::{Answer, HandlerName, Loading, Worker};
use crate::api::{Cancel, Context, Registration};
use crate::engine::ScriptFailure;
use crate::runtime::deadline::too_long;
use crate::runtime::supervise::{GRACE, crashed};
use crate::watch::backoff;
use crate::{Error, ErrorKind};

/// Threads of one script, unless one of its watches asks for more handlers at once.
const THREADS: usize = 8;
/// A thread that nobody called for so long is ended, unless it is the last.
const IDLE: Duration = Duration::from_secs(60);

/// The threads of one script. Handlers that are to run while all are busy get a thread of their own, on
/// which the script is loaded once more.
#[derive(Debug)]
pub(super) struct Pool {
    loading: Loading,
    base: Arc<Context>,
    /// How long the script may take to load.
    patience: Duration,
    places: Arc<Semaphore>,
    idle: Mutex<VecDeque<(Worker, Instant)>>,
    failing: Mutex<Option<Failing>>,
}

/// Loads that failed in a row, and when the next is tried.
#[derive(Debug, Clone, Copy)]
struct Failing {
    times: u32,
    next: Instant,
}

/// A thread that is for one call. Dropped without one, it goes back.
pub(super) struct Lease {
    worker: Option<Worker>,
    pool: Arc<Pool>,
    _place: OwnedSemaphorePermit,
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.take() {
            self.pool.idle().push_back((worker, Instant::now()));
        }
    }
}

impl Pool {
    /// Loads the script for the first time; what it registered comes with the pool.
    pub(super) async fn begin(
        loading: Loading,
        base: Arc<Context>,
        patience: Duration,
    ) -> Result<(Arc<Self>, Arc<Vec<Registration>>, Vec<std::path::PathBuf>), ScriptFailure> {
        let worker = load(&loading, &base, patience).await?;
        let (registrations, files) = (Arc::clone(&worker.registrations), worker.files.clone());
        let places = Arc::new(Semaphore::new(threads(&registrations)));
        let idle = Mutex::new(VecDeque::from([(worker, Instant::now())]));
        let pool = Self { loading, base, patience, places, idle, failing: Mutex::default() };
        Ok((Arc::new(pool), registrations, files))
    }

    /// What the script's runs begin with.
    pub(super) fn base(&self) -> &Arc<Context> {
        &self.base
    }

    /// A thread for one call, once there is one, unless the call's context is ended before.
    ///
    /// # Errors
    /// Where the script has to be loaded anew and cannot be. The next attempt at that waits, so that a
    /// script that fails is no load.
    pub(super) async fn lease_for(
        self: &Arc<Self>,
        context: &Context,
    ) -> Result<Lease, ScriptFailure> {
        tokio::select! {
            lease = self.lease() => lease,
            reason = context.cancel().cancelled() => Err(ScriptFailure::of(reason)),
        }
    }

    /// The same, whatever happens meanwhile.
    ///
    /// # Errors
    /// Likewise.
    pub(super) async fn lease(self: &Arc<Self>) -> Result<Lease, ScriptFailure> {
        let closed =
            |_| ScriptFailure::of(Error::new(ErrorKind::Cancelled, "the script is ending"));
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(closed)?;
        let known = self.idle().pop_back();
        let worker = match known {
            Some((worker, _)) => worker,
            None => self.load_again().await?,
        };
        Ok(Lease { worker: Some(worker), pool: Arc::clone(self), _place: place })
    }

    async fn load_again(&self) -> Result<Worker, ScriptFailure> {
        let failing = *lock(&self.failing);
        if let Some(failing) = failing {
            tokio::time::sleep_until(failing.next).await;
        }
        let loaded = load(&self.loading, &self.base, self.patience).await;
        *lock(&self.failing) = loaded.as_ref().err().map(|_| {
            let times = failing.map_or(0, |failing| failing.times) + 1;
            Failing { times, next: Instant::now() + backoff(times, fastrand::f64()) }
        });
        loaded
    }

    /// Ends threads that nobody needs any more; one is kept.
    pub(super) fn tidy(&self) {
        let mut idle = self.idle();
        while idle.len() > 1 && idle.front().is_some_and(|(_, since)| since.elapsed() > IDLE) {
            idle.pop_front();
        }
    }

    fn idle(&self) -> MutexGuard<'_, VecDeque<(Worker, Instant)>> {
        lock(&self.idle)
    }
}

impl Lease {
    /// Calls a function of the script, and ends it after `timeout`. A thread that does not end then is left
    /// behind, and the script is loaded on another.
    pub(super) async fn call(
        mut self,
        name: &HandlerName,
        arguments: Vec<Bytes>,
        context: &Arc<Context>,
        timeout: Duration,
    ) -> Result<Value, ScriptFailure> {
        let Some(worker) = self.worker.take() else { return Err(crashed()) };
        let Some(answer) = worker.call(name, arguments, Arc::clone(context)) else {
            return Err(ScriptFailure::of(unknown(name)));
        };
        let mut answer = std::pin::pin!(answer);
        let ended = tokio::select! {
            biased;
            ended = &mut answer => ended,
            () = tokio::time::sleep(timeout) => {
                context.cancel().cancel(too_long(timeout));
                grace(&mut answer).await
            }
            _ = context.cancel().cancelled() => grace(&mut answer).await,
        };
        match ended {
            Ok(Answer { result, usable }) => {
                self.worker = usable.then_some(worker);
                result
            }
            Err(_) => match context.cancel().reason() {
                Some(reason) => Err(ScriptFailure::of(reason.clone())),
                None => Err(crashed()),
            },
        }
    }
}

type Waiting<'a> = std::pin::Pin<&'a mut tokio::sync::oneshot::Receiver<Answer>>;

/// A call that was ended has a moment to notice.
async fn grace(answer: &mut Waiting<'_>) -> Result<Answer, tokio::sync::oneshot::error::RecvError> {
    match tokio::time::timeout(GRACE, answer.as_mut()).await {
        Ok(ended) => ended,
        Err(_) => {
            answer.close();
            answer.as_mut().await
        }
    }
}

async fn load(
    loading: &Loading,
    base: &Arc<Context>,
    patience: Duration,
) -> Result<Worker, ScriptFailure> {
    let context = base.derive().only_registers().build();
    base.cancel().link(context.cancel());
    let mut given_up = GivenUp(Some(context.cancel().clone()));
    match tokio::time::timeout(patience, Worker::load(loading.clone(), Arc::clone(&context))).await
    {
        Ok(loaded) => {
            given_up.0 = None;
            loaded
        }
        Err(_) => {
            let time = patience.as_secs_f64();
            let message = format!("the script took longer than {time} s to load");
            let error = Error::new(ErrorKind::Limit, message)
                .with_hint("leave long work to a handler: the top level only registers");
            context.cancel().cancel(error.clone());
            Err(ScriptFailure::of(error))
        }
    }
}

/// Ends a load that nobody waits for any more: its thread would go on for ever.
struct GivenUp(Option<Cancel>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        if let Some(cancel) = &self.0 {
            let message = "nobody waits for this load any more";
            cancel.cancel(Error::new(ErrorKind::Cancelled, message));
        }
    }
}

fn threads(registrations: &[Registration]) -> usize {
    let of_watch = |it: &Registration| match it {
        Registration::Watch(watch) => watch.definition.concurrency,
        Registration::Schedule(_) => 1,
    };
    registrations.iter().map(of_watch).max().unwrap_or(1).max(THREADS)
}

fn unknown(name: &HandlerName) -> Error {
    let HandlerName { noun, id, .. } = name;
    Error::invalid(format!("the script did not register the {noun} {id} when it was loaded again"))
        .with_hint("a script has to register the same each time it is loaded")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
