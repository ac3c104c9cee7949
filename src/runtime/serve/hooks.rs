//! Tells whoever wants to know: of failures, and of runs that went well. Apart from the runs: one that is
//! told of has ended, and whoever is slow to hear of it keeps nothing else from beginning.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::pool::Pool;
use super::shared::Shared;
use super::worker::HandlerName;
use crate::api::{Hook, Level};
use crate::client::notify::notify;
use crate::{Error, ErrorKind, Result};

/// Failures of one watch or schedule that wait to be told, at most.
const WAITING: usize = 1_000;
/// Calls of one address at once.
const AT_ONCE: u32 = 4;

/// What is being told, and what waits for that.
#[derive(Debug, Default)]
pub(super) struct Hooks {
    tasks: Mutex<JoinSet<()>>,
    lines: Mutex<HashMap<(&'static str, String), Arc<Line>>>,
}

/// The line before one hook.
#[derive(Debug)]
struct Line {
    places: Arc<Semaphore>,
    turns: Semaphore,
}

impl Hooks {
    /// Waits until all is told.
    pub(super) async fn end(&self) {
        let mut tasks = std::mem::take(&mut *lock(&self.tasks));
        while tasks.join_next().await.is_some() {}
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = lock(&self.tasks);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }

    fn line(&self, noun: &'static str, id: &str, most: usize) -> Arc<Line> {
        let mut lines = lock(&self.lines);
        let line = lines.entry((noun, id.to_owned())).or_insert_with(|| {
            let (places, turns) = (Semaphore::new(most), Semaphore::new(AT_ONCE as usize));
            Arc::new(Line { places: Arc::new(places), turns })
        });
        Arc::clone(line)
    }
}

/// Tells a hook of a failure, and does not wait for that. Its own failure is logged, and nothing else comes
/// of it.
pub(super) fn tell(
    shared: &Arc<Shared>,
    pool: &Arc<Pool>,
    name: HandlerName,
    hook: Option<&Hook>,
    failure: &Value,
) {
    let Some(hook) = hook.cloned() else { return };
    let line = shared.hooks.line(name.noun, &name.id, WAITING);
    let Ok(place) = Arc::clone(&line.places).try_acquire_owned() else {
        let message = format!("on_failure is not told: {WAITING} failures wait for that already");
        return shared.log(Level::Error, &message, &[(name.noun, &name.id)]);
    };
    let (own, pool, failure) = (Arc::clone(shared), Arc::clone(pool), failure.clone());
    shared.hooks.spawn(async move {
        let _place = place;
        if let Err(error) = told(&own, &pool, &line, &name, hook, &failure).await {
            let fields = [(name.noun, name.id.as_str())];
            own.log(Level::Error, &format!("on_failure failed: {error}"), &fields);
        }
    });
}

async fn told(
    shared: &Shared,
    pool: &Arc<Pool>,
    line: &Line,
    name: &HandlerName,
    hook: Hook,
    failure: &Value,
) -> Result<()> {
    // Functions one after another, as the handlers whose threads they take.
    let turns = if matches!(hook, Hook::Url(_)) { 1 } else { AT_ONCE };
    let closed = |_| Error::new(ErrorKind::Cancelled, "the daemon is ending");
    let _turn = tokio::select! {
        turn = line.turns.acquire_many(turns) => turn.map_err(closed)?,
        reason = shared.kill.cancelled() => return Err(reason),
    };
    match hook {
        Hook::Url(url) => tokio::select! {
            told = notify(&url, Some(failure)) => told,
            reason = shared.kill.cancelled() => Err(reason),
        },
        Hook::Function(_) => {
            let context = pool.base().derive().build();
            shared.kill.link(context.cancel());
            let name = HandlerName { on_failure: true, ..name.clone() };
            let lease = pool.lease_for(&context).await.map_err(|failure| failure.error)?;
            let called =
                lease.call(&name, vec![failure.to_string().into()], &context, shared.timeout).await;
            called.map(drop).map_err(|failure| failure.error)
        }
    }
}

/// Tells an address that a run went well, and does not wait for that. While one beat is on its way, the next
/// would say nothing more.
pub(super) fn beat(shared: &Arc<Shared>, schedule: &str, url: Option<&str>) {
    let Some(url) = url.map(str::to_owned) else { return };
    let line = shared.hooks.line("heartbeat", schedule, 1);
    let Ok(place) = Arc::clone(&line.places).try_acquire_owned() else { return };
    let (own, schedule) = (Arc::clone(shared), schedule.to_owned());
    shared.hooks.spawn(async move {
        let _place = place;
        let told = tokio::select! {
            told = notify(&url, None) => told,
            reason = own.kill.cancelled() => Err(reason),
        };
        if let Err(error) = told {
            let fields = [("schedule", schedule.as_str())];
            own.log(Level::Warn, &format!("the heartbeat failed: {error}"), &fields);
        }
    });
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
