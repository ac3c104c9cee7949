//! One watch under a daemon: its polls, and the handlers of what they find.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::hooks;
use super::pool::Pool;
use super::shared::{Shared, Signals};
use super::worker::HandlerName;
use crate::api::{Level, WatchRegistration};
use crate::runtime::attempt::{Attempt, ScriptName};
use crate::runtime::opened::{cut_off, open_watch};
use crate::schedule::Jitter;
use crate::store::{AttemptEnd, EventRecord, EventState, Pause};
use crate::watch::{WatchDefinition, cycle, poll_backoff};
use crate::{Error, ErrorKind, Result};

/// How long until another look where the store failed, or another process has the watch.
const LATER: Duration = Duration::from_secs(5);
/// How long until another look where nothing is to be waited for.
const LONG: Duration = Duration::from_secs(60);
const SECOND: Duration = Duration::from_secs(1);
const SOON: Duration = Duration::from_millis(10);
/// No retry waits longer: one that seems to was written by a clock that was ahead.
const LONGEST_RETRY: SignedDuration = SignedDuration::from_hours(2);

/// One watch under a daemon.
pub(super) struct Watcher {
    pub(super) shared: Arc<Shared>,
    pub(super) pool: Arc<Pool>,
    pub(super) script: ScriptName,
    pub(super) watch: WatchRegistration,
    pub(super) signals: Signals,
    /// Events were handed over.
    pub(super) ready: Notify,
    /// True where the last poll went well.
    pub(super) polls_well: AtomicBool,
}

impl Watcher {
    /// Polls and hands over until it is to stop, and what runs has come to its end.
    pub(super) async fn run(self: Arc<Self>) {
        let Some(_held) = self.hold().await else { return };
        tokio::join!(self.poll_until_stopped(), Arc::clone(&self).deliver_until_stopped());
    }

    /// Opens the watch, for this process alone. None where it is to stop before that can be done.
    async fn hold(self: &Arc<Self>) -> Option<crate::runtime::Held> {
        let mut told = false;
        loop {
            match self.open() {
                Ok(held) => return Some(held),
                Err(error) if !told => self.log(Level::Error, &format!("waits: {error}")),
                Err(_) => {}
            }
            told = true;
            tokio::select! {
                () = self.signals.stop.cancelled() => return None,
                () = tokio::time::sleep(LATER) => {}
            }
        }
    }

    fn open(self: &Arc<Self>) -> Result<crate::runtime::Held> {
        let shared = &self.shared;
        let opened =
            open_watch(&shared.state, &*shared.store, &self.script, &self.watch.definition)?;
        if opened.repeated > 0 {
            let message =
                format!("{} events were being handled when the program ended", opened.repeated);
            self.log(Level::Warn, &message);
        }
        for event in opened.died {
            self.log(Level::Error, &format!("event {} is dead: it was cut off", event.id));
            self.tell(cut_off(&self.watch.definition.id, &event));
        }
        if let Some(pause) = opened.pause {
            self.log(Level::Warn, &format!("is paused: {}", pause.reason));
        }
        Ok(opened.held)
    }

    async fn poll_until_stopped(&self) {
        let mut changed = self.shared.changed.subscribe();
        let (mut failures, mut first) = (0, true);
        loop {
            if self.is_paused() {
                tokio::select! {
                    () = self.signals.stop.cancelled() => return,
                    _ = changed.changed() => continue,
                    () = tokio::time::sleep(LATER) => continue,
                }
            }
            let begun = tokio::time::Instant::now();
            let polled = tokio::select! {
                () = self.signals.stop.cancelled() => return,
                polled = self.poll() => polled,
            };
            failures = match polled {
                Ok(()) => 0,
                Err(error) => self.failed(&error, failures + 1),
            };
            let wait = match std::mem::take(&mut first) && failures == 0 {
                true => self.phase(),
                false => poll_backoff(self.watch.definition.every, failures, fastrand::f64()),
            };
            tokio::select! {
                () = self.signals.stop.cancelled() => return,
                () = tokio::time::sleep_until(begun + wait) => {}
            }
        }
    }

    /// The time from the first poll to the second, less than the watch's own pace and another for each
    /// watch: a thousand watches that began together are not to poll all at once for ever.
    fn phase(&self) -> Duration {
        let WatchDefinition { id, every, .. } = &self.watch.definition;
        Duration::try_from(Jitter::new(id, *every).offset()).unwrap_or(*every)
    }

    /// One cycle: finds what is new, and hands over no more than the limit.
    async fn poll(&self) -> Result<()> {
        let (definition, store) = (&self.watch.definition, &self.shared.store);
        let began = Timestamp::now();
        let closed = |_| Error::new(ErrorKind::Cancelled, "the daemon is ending");
        let _place = self.shared.polls.acquire().await.map_err(closed)?;
        self.shared.know_account().await?;
        // What waits does not wait for the API, nor for a list that takes long; but a refused key is no
        // time to begin anything.
        let most = definition.limit;
        let before = if self.polls_well.load(Ordering::Relaxed) { self.release(most)? } else { 0 };
        let polled = cycle(&self.shared.account, &**store, definition, definition.every).await;
        self.polls_well.store(polled.is_ok(), Ordering::Relaxed);
        if !polled.as_ref().is_err_and(|error| error.kind == ErrorKind::Unauthorized) {
            self.release(most - before)?;
        }
        let done = polled?;
        for note in &done.notes {
            self.log(Level::Info, note);
        }
        if done.events > 0 {
            self.log(Level::Info, &format!("found {} events", done.events));
        }
        if let Some(error) = done.sweep_error {
            return Err(error);
        }
        store.note_poll(&definition.id, Timestamp::now(), None)?;
        self.shared.metrics.polled(&definition.id, began, "ok");
        Ok(())
    }

    /// Hands over the oldest events that wait, and gives how many.
    fn release(&self, most: u64) -> Result<u64> {
        let released = self.shared.store.release(&self.watch.definition.id, most)?;
        if released > 0 {
            self.ready.notify_one();
        }
        Ok(released)
    }

    /// Says that a poll failed, and gives how many did in a row. A refused key is not tried again: the
    /// watch stands still until the key is mended.
    fn failed(&self, error: &Error, failures: u32) -> u32 {
        let id = &self.watch.definition.id;
        self.shared.metrics.polled(id, Timestamp::now(), error.kind.as_str());
        self.log(Level::Error, &format!("poll failed ({failures} in a row): {error}"));
        let store = &self.shared.store;
        let noted = store.note_poll(id, Timestamp::now(), Some(&error.to_string()));
        let paused = match error.kind {
            ErrorKind::Unauthorized => {
                let reason = format!(
                    "the API refused the key ({error}); mend it and restart the daemon, or send it \
                     SIGHUP where the same key is good again"
                );
                let pause = Pause { at: Timestamp::now(), reason, until_restart: true };
                store.pause_watch(id, Some(&pause)).map(|_| {
                    let message = "stands still until the API key is mended: restart the daemon, or \
                                   send it SIGHUP";
                    self.log(Level::Error, message);
                })
            }
            _ => Ok(()),
        };
        if let Err(error) = noted.and(paused) {
            self.log(Level::Error, &error.to_string());
        }
        failures
    }

    async fn deliver_until_stopped(self: Arc<Self>) {
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
            self.tell(failure);
        }
        Ok(())
    }

    /// Tells whoever wants to know of a failure; nothing waits for that.
    fn tell(self: &Arc<Self>, failure: Value) {
        let own = Arc::clone(self);
        tokio::spawn(async move {
            let hook = own.watch.on_failure.as_ref();
            hooks::tell(&own.shared, &own.pool, own.name(), hook, &failure).await;
        });
    }

    fn name(&self) -> HandlerName {
        HandlerName { noun: "watch", id: self.watch.definition.id.clone(), on_failure: false }
    }

    fn is_paused(&self) -> bool {
        let record = self.shared.store.watch(&self.watch.definition.id);
        record.is_ok_and(|record| record.is_none_or(|record| record.pause.is_some()))
    }

    fn log(&self, level: Level, message: &str) {
        self.shared.log(level, message, &[("watch", &self.watch.definition.id)]);
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
