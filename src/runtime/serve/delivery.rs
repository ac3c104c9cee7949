//! How the events of a watch reach their handlers.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::task::JoinSet;

use super::hooks;
use super::watcher::{LATER, Watcher};
use super::worker::HandlerName;
use crate::Result;
use crate::api::Level;
use crate::runtime::attempt::Attempt;
use crate::store::{AttemptEnd, EventRecord, EventState};

/// How long until another look where nothing is to be waited for.
const LONG: Duration = Duration::from_secs(60);
const SECOND: Duration = Duration::from_secs(1);
const SOON: Duration = Duration::from_millis(10);
/// No retry waits longer: one that seems to was written by a clock that was ahead.
const LONGEST_RETRY: SignedDuration = SignedDuration::from_hours(2);

impl Watcher {
    /// Has handlers called until the watch is to stop, and those that run have come to their end.
    pub(super) async fn deliver_until_stopped(self: Arc<Self>) {
        let mut changed = self.shared.changed.subscribe();
        let mut running = JoinSet::new();
        let mut under_way = HashMap::new();
        loop {
            let stopping = self.signals.stop.is_cancelled();
            if stopping && running.is_empty() {
                return;
            }
            let wait = match stopping {
                true => LONG,
                false => self.begin_due(&mut running, &mut under_way),
            };
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
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Begins as many handlers as may run at once, and gives the time until it is worth another look.
    fn begin_due(
        self: &Arc<Self>,
        running: &mut JoinSet<u64>,
        under_way: &mut HashMap<u64, String>,
    ) -> Duration {
        let definition = &self.watch.definition;
        // The end of a handler, a resume or the account wakes this up.
        if running.len() >= definition.concurrency || !self.shared.may_deliver() || self.is_paused()
        {
            return LONG;
        }
        let (now, retry) = (Timestamp::now(), self.next_retry());
        // Those under way are ready until their thread has begun them.
        let most = definition.concurrency + under_way.len();
        let due = match self.shared.store.due_events(&definition.id, due_by(now, retry), most) {
            Ok(due) => due,
            Err(error) => {
                self.log(Level::Error, &error.to_string());
                return LATER;
            }
        };
        let mut begun = false;
        for event in due {
            // Somebody may have brought an earlier event of a contact back to life.
            let free = !under_way.values().any(|contact| *contact == event.contact);
            if free && running.len() < definition.concurrency {
                under_way.insert(event.id, event.contact.clone());
                running.spawn(Arc::clone(self).handle(event));
                begun = true;
            }
        }
        let until = retry
            .map(|due| Duration::try_from(due.duration_since(now)).unwrap_or_default().min(LONG));
        // What is due and could not be begun waits for another of its contact.
        until.unwrap_or(LONG).max(if begun { SOON } else { SECOND })
    }

    fn next_retry(&self) -> Option<Timestamp> {
        self.shared.store.next_retry(&self.watch.definition.id).unwrap_or_default()
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

    async fn attempt(self: &Arc<Self>, event: EventRecord) -> Result<()> {
        let definition = &self.watch.definition;
        let store = &*self.shared.store;
        let lease = tokio::select! {
            lease = self.pool.lease() => lease.map_err(|failure| failure.error)?,
            () = self.signals.stop.cancelled() => return Ok(()),
        };
        // It may have waited long for its thread.
        let waits =
            |event: &EventRecord| matches!(event.state, EventState::Ready | EventState::Retry);
        if !store.event(event.id)?.as_ref().is_some_and(waits) || self.is_paused() {
            return Ok(());
        }
        let mut attempt = Attempt::begin(
            &self.shared.state,
            store,
            self.pool.base(),
            &self.script,
            &self.watch,
            event,
        )?;
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
            self.tell(&failure);
        }
        Ok(())
    }

    /// Tells whoever wants to know of a failure; nothing waits for that.
    pub(super) fn tell(&self, failure: &Value) {
        let hook = self.watch.on_failure.as_ref();
        hooks::tell(&self.shared, &self.pool, self.name(), hook, failure);
    }

    fn name(&self) -> HandlerName {
        HandlerName { noun: "watch", id: self.watch.definition.id.clone(), on_failure: false }
    }
}

/// Until when retries are due: all of them where the clock must have been set back since.
fn due_by(now: Timestamp, retry: Option<Timestamp>) -> Timestamp {
    match retry {
        Some(due) if due.duration_since(now) > LONGEST_RETRY => Timestamp::MAX,
        _ => now,
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
