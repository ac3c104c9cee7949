//! One watch under a daemon: its polls, and the handlers of what they find.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Notify;

use super::pool::Pool;
use super::shared::{Shared, Signals};
use crate::api::{Level, WatchRegistration};
use crate::runtime::attempt::ScriptName;
use crate::runtime::opened::{cut_off, interrupted, open_watch};
use crate::schedule::Jitter;
use crate::store::Pause;
use crate::watch::{Cycled, WatchDefinition, cycle, poll_backoff};
use crate::{Error, ErrorKind, Result};

/// How long until another look where the store failed, or another process has the watch.
pub(super) const LATER: Duration = Duration::from_secs(5);

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
            self.log(Level::Warn, &interrupted(opened.repeated));
        }
        for event in opened.died {
            self.log(Level::Error, &format!("event {} is dead: it was cut off", event.id));
            self.tell(&cut_off(&self.watch.definition.id, &event));
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
        if let Ok(done) = &polled {
            self.say(done);
        }
        if !polled.as_ref().is_err_and(|error| error.kind == ErrorKind::Unauthorized) {
            self.release(most - before)?;
        }
        let done = polled?;
        if let Some(error) = done.sweep_error {
            return Err(error);
        }
        store.note_poll(&definition.id, Timestamp::now(), None)?;
        self.shared.metrics.polled(&definition.id, began, "ok");
        Ok(())
    }

    fn say(&self, done: &Cycled) {
        for note in &done.notes {
            self.log(Level::Info, note);
        }
        if done.events > 0 {
            let noun = if done.events == 1 { "event" } else { "events" };
            self.log(Level::Info, &format!("found {} {noun}", done.events));
        }
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
        self.log(Level::Error, &format!("poll failed ({failures} in a row): {error}"));
        let store = &self.shared.store;
        let noted = store.note_poll(id, Timestamp::now(), Some(&error.to_string()));
        // Counted once it is noted: who sees it counted finds the lag of a watch that failed.
        self.shared.metrics.polled(id, Timestamp::now(), error.kind.as_str());
        let paused = match error.kind {
            ErrorKind::Unauthorized => {
                let reason = format!(
                    "the API refused the key ({error}); mend it and restart the daemon, or send it \
                     SIGHUP where the same key is good again"
                );
                let pause = Pause { at: Timestamp::now(), reason, until_restart: true };
                store.pause_watch(id, Some(&pause)).map(|_| {
                    let message = "stands still until the API key is mended: restart the daemon with a \
                                   new one, or send it SIGHUP where the same key is good again";
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

    /// A watch that somebody removed begins anew, for its script still has it.
    pub(super) fn is_paused(&self) -> bool {
        match self.shared.store.watch(&self.watch.definition.id) {
            Ok(Some(record)) => record.pause.is_some(),
            Ok(None) => {
                let begun = self.begin_anew();
                begun.inspect_err(|error| self.log(Level::Error, &error.to_string())).is_err()
            }
            Err(_) => false,
        }
    }

    fn begin_anew(&self) -> Result<()> {
        let definition = &self.watch.definition;
        let (id, kind) = (&definition.id, definition.kind.as_str());
        self.shared.store.open_watch(id, kind, &self.script.name, &definition.identity())?;
        self.log(Level::Warn, "was removed, and begins anew: its script still has it");
        Ok(())
    }

    pub(super) fn log(&self, level: Level, message: &str) {
        self.shared.log(level, message, &[("watch", &self.watch.definition.id)]);
    }
}
