//! How the events of a watch reach their handlers.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::JoinSet;

use super::hooks;
use super::watcher::{LATER, Watcher};
use super::worker::HandlerName;
use crate::Result;
use crate::api::Level;
use crate::runtime::attempt::Attempt;
use crate::store::{AttemptEnd, EventRecord};

impl Watcher {
    /// Has handlers called until the watch is to stop, and those that run have come to their end.
    pub(super) async fn deliver_until_stopped(self: Arc<Self>) {
        let mut changed = self.shared.changed.subscribe();
        let mut running = JoinSet::new();
        let mut under_way = HashSet::new();
        loop {
            let stopping = self.signals.stop.is_cancelled();
            if !stopping {
                self.begin_due(&mut running, &mut under_way);
            }
            if stopping && running.is_empty() {
                return;
            }
            let retry = self.until_retry();
            tokio::select! {
                Some(ended) = running.join_next() => {
                    match ended {
                        Ok(event) => drop(under_way.remove(&event)),
                        // Those that have begun are not due, so that none is begun twice.
                        Err(_) => under_way.clear(),
                    }
                }
                () = self.signals.stop.cancelled(), if !stopping => {}
                () = self.ready.notified() => {}
                _ = changed.changed() => {}
                () = tokio::time::sleep(retry) => {}
            }
        }
    }

    /// Begins as many handlers as may run at once.
    fn begin_due(self: &Arc<Self>, running: &mut JoinSet<u64>, under_way: &mut HashSet<u64>) {
        let definition = &self.watch.definition;
        if running.len() >= definition.concurrency || self.is_paused() {
            return;
        }
        // Those under way are ready until their thread has begun them.
        let most = definition.concurrency + under_way.len();
        let due = match self.shared.store.due_events(&definition.id, Timestamp::now(), most) {
            Ok(due) => due,
            Err(error) => return self.log(Level::Error, &error.to_string()),
        };
        for event in due {
            if running.len() < definition.concurrency && under_way.insert(event.id) {
                running.spawn(Arc::clone(self).handle(event));
            }
        }
    }

    /// The time until something has to be tried again.
    fn until_retry(&self) -> Duration {
        match self.shared.store.next_retry(&self.watch.definition.id) {
            Ok(Some(due)) => {
                let wait = due.duration_since(Timestamp::now());
                Duration::try_from(wait)
                    .unwrap_or_default()
                    .clamp(Duration::from_millis(10), LATER * 12)
            }
            Ok(None) => LATER * 12,
            Err(_) => LATER,
        }
    }

    /// One attempt at an event.
    async fn handle(self: Arc<Self>, event: EventRecord) -> u64 {
        let id = event.id;
        if let Err(error) = self.attempt(event).await {
            self.log(Level::Error, &format!("event {id}: {error}"));
            // What failed here is not the handler, and comes again at once.
            self.later().await;
        }
        id
    }

    /// Waits until something that failed may be tried again. False where the watch is to stop.
    async fn later(&self) -> bool {
        tokio::select! {
            () = self.signals.stop.cancelled() => false,
            () = tokio::time::sleep(LATER) => true,
        }
    }

    async fn attempt(&self, event: EventRecord) -> Result<()> {
        let definition = &self.watch.definition;
        let store = &*self.shared.store;
        let lease = tokio::select! {
            lease = self.pool.lease() => lease.map_err(|failure| failure.error)?,
            () = self.signals.stop.cancelled() => return Ok(()),
        };
        let mut attempt =
            Attempt::begin(store, self.pool.base(), &self.script, &self.watch, event)?;
        let context = Arc::clone(&attempt.context);
        self.shared.kill.link(context.cancel());
        let timeout = definition.timeout.unwrap_or(self.shared.timeout);
        let arguments = attempt.arguments.clone();
        let result = lease.call(&self.name(), arguments, &context, timeout).await;
        let killed = result.is_err() && self.shared.kill.reason().is_some();
        let ended = loop {
            let kept = match killed {
                true => attempt.end_early(store, &self.watch, &result),
                false => attempt.end(store, &self.watch, &result),
            };
            match kept {
                Ok(ended) => break ended,
                // On a full disk, for example. Left so, the event would be handled again, but not before
                // the next start, and with it its contact's later events would wait.
                Err(error) => self.log(Level::Error, &format!("the end cannot be kept: {error}")),
            }
            if !self.later().await {
                return Ok(());
            }
        };
        self.shared.metrics.attempted(&definition.id, outcome(&ended.event));
        if let Some(failure) = ended.failure {
            let hook = self.watch.on_failure.as_ref();
            hooks::tell(&self.shared, &self.pool, self.name(), hook, &failure).await;
        }
        Ok(())
    }

    fn name(&self) -> HandlerName {
        HandlerName { noun: "watch", id: self.watch.definition.id.clone(), on_failure: false }
    }
}

fn outcome(end: &AttemptEnd) -> &'static str {
    match end {
        AttemptEnd::Done => "done",
        AttemptEnd::Retry(_) => "retry",
        AttemptEnd::Released => "released",
        AttemptEnd::Dead => "dead",
        AttemptEnd::Dropped => "dropped",
    }
}
