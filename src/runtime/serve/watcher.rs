//! One watch under a daemon: its polls, and the handlers of what they find.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::hooks;
use super::pool::Pool;
use super::shared::{Shared, Signals};
use super::worker::HandlerName;
use crate::api::{Level, WatchRegistration};
use crate::runtime::attempt::{Attempt, ScriptName};
use crate::runtime::opened::open_watch;
use crate::schedule::Jitter;
use crate::store::{AttemptEnd, EventRecord, Pause};
use crate::watch::{WatchDefinition, cycle, poll_backoff};
use crate::{Error, ErrorKind, Result};

/// How long until another look where the store failed, or another process has the watch.
const LATER: Duration = Duration::from_secs(5);

/// One watch under a daemon.
pub(super) struct Watcher {
    pub(super) shared: Arc<Shared>,
    pub(super) pool: Arc<Pool>,
    pub(super) script: ScriptName,
    pub(super) watch: WatchRegistration,
    pub(super) signals: Signals,
    /// Events were handed over.
    pub(super) ready: Notify,
}

impl Watcher {
    /// Polls and hands over until it is to stop, and what runs has come to its end.
    pub(super) async fn run(self: Arc<Self>) {
        let Some(_held) = self.hold().await else { return };
        tokio::join!(self.poll_until_stopped(), Arc::clone(&self).deliver_until_stopped());
    }

    /// Opens the watch, for this process alone. None where it is to stop before that can be done.
    async fn hold(&self) -> Option<crate::runtime::Held> {
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

    fn open(&self) -> Result<crate::runtime::Held> {
        let shared = &self.shared;
        let opened =
            open_watch(&shared.state, &*shared.store, &self.script, &self.watch.definition)?;
        if opened.repeated > 0 {
            let message =
                format!("{} events were being handled when the program ended", opened.repeated);
            self.log(Level::Warn, &message);
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
        let done = cycle(&self.shared.account, &**store, definition, definition.every).await?;
        for note in &done.notes {
            self.log(Level::Info, note);
        }
        if done.events > 0 {
            self.log(Level::Info, &format!("found {} events", done.events));
        }
        store.note_poll(&definition.id, Timestamp::now(), None)?;
        self.shared.metrics.polled(&definition.id, began, "ok");
        if store.release(&definition.id, definition.limit)? > 0 {
            self.ready.notify_one();
        }
        Ok(())
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
                    "the API refused the key ({error}); mend it and restart the daemon, \
                                      or reload it with SIGHUP"
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
            hooks::tell(&self.shared, &self.pool, self.name(), hook, &failure);
        }
        Ok(())
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

fn outcome(end: &AttemptEnd) -> &'static str {
    match end {
        AttemptEnd::Done => "done",
        AttemptEnd::Retry(_) => "retry",
        AttemptEnd::Released => "released",
        AttemptEnd::Dead => "dead",
        AttemptEnd::Dropped => "dropped",
    }
}
