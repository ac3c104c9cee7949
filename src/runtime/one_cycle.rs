//! `cliengo run`: one cycle of each watch that a script registered.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::State;
use super::attempt::{Attempt, ScriptName, fields};
use super::deadline::Deadline;
use super::opened::{Opened, check_account, cut_off, interrupted, open_watch};
use crate::api::{Context, Hook, Level, Registration, WatchRegistration};
use crate::client::notify::notify;
use crate::engine::{LoadedScript, ScriptFailure, Source};
use crate::store::{AttemptEnd, EventRecord, EventState, Store};
use crate::watch::{Account, Cycled, cycle};
use crate::{Error, ErrorKind, Result};

/// Events that are taken from the store at once, with their contacts.
const AT_ONCE: u64 = 200;

/// How long a function may take that is told of a failure, unless its watch says otherwise.
const TELLING: Duration = Duration::from_secs(60);

/// What one cycle of a watch did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WatchReport {
    /// The watch's id.
    pub id: String,
    /// What it watches for.
    pub kind: String,
    /// Events that were found.
    pub found: u64,
    /// Events that were handled.
    pub handled: u64,
    /// Attempts that failed.
    pub failed: u64,
    /// Events that are dead since this cycle.
    pub dead: u64,
    /// Events that wait for the next cycles.
    pub waiting: u64,
    /// Why the cycle could not be made, or not to its end.
    pub error: Option<String>,
}

/// What the cycles of a script's watches did.
#[derive(Debug, Default)]
pub struct CycleReport {
    /// Each watch, in the order of the script.
    pub watches: Vec<WatchReport>,
    /// The ids of the script's schedules, which only a daemon keeps.
    pub schedules: Vec<String>,
    /// The first error of a watch that could not be polled.
    pub error: Option<Error>,
}

/// Makes one cycle of each watch that the script registered: polls, hands over at most `limit` events, and
/// calls the handlers with them, one after another. What failed before is tried again, whenever it is due.
///
/// A watch that cannot be polled does not keep the others from their cycles. A rehearsal makes no cycle.
///
/// # Errors
/// Where the run is ended from outside, or the state cannot be used.
pub fn one_cycle(
    script: &mut LoadedScript,
    source: &Source,
    context: &Arc<Context>,
    state: &State,
) -> Result<CycleReport> {
    let registrations = context.registrations().list();
    context.registrations().close();
    let mut report = CycleReport::default();
    let name = ScriptName::of(source);
    for registration in &registrations {
        let Registration::Watch(watch) = registration else {
            report.schedules.push(registration.id().to_owned());
            continue;
        };
        // Its events would be taken for handled.
        if context.is_dry_run() {
            context
                .sink()
                .rehearsed(&format!("would make a cycle of the watch {}", registration.id()));
            report.watches.push(empty(watch));
            continue;
        }
        let store = state.store()?;
        let mut turn =
            Turn { script, name: &name, context, state, store: &*store, watch, done: empty(watch) };
        let result = match turn.script.is_usable() {
            true => turn.make(),
            false => Err(ended()),
        };
        let mut done = turn.done;
        if let Err(error) = result {
            if let Some(reason) = context.cancel().reason() {
                return Err(reason.clone());
            }
            done.error = Some(error.to_string());
            report.error.get_or_insert(error);
        }
        report.watches.push(done);
    }
    Ok(report)
}

/// The error of a script whose handler was ended: no other can be called.
fn ended() -> Error {
    Error::new(ErrorKind::Limit, "a handler was ended, and the script with it")
        .with_hint("the events that are left wait for the next run")
}

fn empty(watch: &WatchRegistration) -> WatchReport {
    let (id, kind) = (watch.definition.id.clone(), watch.definition.kind.as_str().to_owned());
    WatchReport { id, kind, ..WatchReport::default() }
}

/// One watch's cycle.
struct Turn<'a> {
    script: &'a mut LoadedScript,
    name: &'a ScriptName,
    context: &'a Arc<Context>,
    state: &'a State,
    store: &'a dyn Store,
    watch: &'a WatchRegistration,
    done: WatchReport,
}

impl Turn<'_> {
    fn make(&mut self) -> Result<()> {
        let state = self.state;
        let definition = &self.watch.definition;
        let Opened { held: _held, repeated, died, pause } =
            open_watch(state, self.store, self.name, definition)?;
        if repeated > 0 {
            self.log(Level::Warn, &interrupted(repeated));
        }
        for event in died {
            self.done.dead += 1;
            self.log(Level::Error, &format!("event {} is dead: it was cut off", event.id));
            self.tell(&cut_off(&definition.id, &event));
        }
        if let Some(pause) = pause {
            let id = &definition.id;
            let message = format!("the watch {id} is paused: {}", pause.reason);
            return Err(Error::new(ErrorKind::Denied, message)
                .with_hint(format!("cliengo watches resume {id}")));
        }
        let polled = self.poll();
        // With a refused key, or another account's, no handler could do its work.
        let forbids =
            |error: &Error| matches!(error.kind, ErrorKind::Unauthorized | ErrorKind::State);
        if !polled.as_ref().is_err_and(forbids) {
            self.deliver()?;
        }
        self.done.waiting = self.waiting()?;
        polled
    }

    /// Finds what is new. Where that fails, what was found before is handled all the same.
    fn poll(&mut self) -> Result<()> {
        let definition = &self.watch.definition;
        let account = Account::new(self.context.client()?);
        let work = async {
            // It also tells the server's time, before anything is decided by it.
            check_account(account.client(), self.store).await?;
            cycle(&account, self.store, definition, Duration::ZERO).await
        };
        let polled = self.script.wait(self.context, work);
        let error = polled.as_ref().err().map(ToString::to_string);
        self.store.note_poll(&definition.id, Timestamp::now(), error.as_deref())?;
        let Cycled { events, notes, sweep_error, .. } = polled?;
        self.done.found = events;
        for note in notes {
            self.log(Level::Info, &note);
        }
        match sweep_error {
            Some(error) => {
                let text = error.to_string();
                self.store.note_poll(&definition.id, Timestamp::now(), Some(&text))?;
                Err(error)
            }
            None => Ok(()),
        }
    }

    /// Hands over what is due: what failed before, and then what is new, no more than the limit in all.
    fn deliver(&mut self) -> Result<()> {
        let (id, limit) = (self.watch.definition.id.as_str(), self.watch.definition.limit);
        let mut tried = HashSet::new();
        let mut released = false;
        loop {
            let left = limit.saturating_sub(tried.len() as u64);
            if left == 0 {
                return Ok(());
            }
            // Whoever calls `cliengo run` decides when something is tried again.
            let most = (AT_ONCE + self.done.failed).min(limit);
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            let mut due = self.store.due_events(id, Timestamp::MAX, most)?;
            due.retain(|event| !tried.contains(&event.id));
            if due.is_empty() && released {
                return Ok(());
            }
            if due.is_empty() {
                released = true;
                self.store.release(id, left)?;
            }
            for event in due.into_iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
                tried.insert(event.id);
                if self.attempt(event)? {
                    return Ok(());
                }
            }
        }
    }

    /// Calls the handler. True where the watch stands still now.
    fn attempt(&mut self, event: EventRecord) -> Result<bool> {
        let mut attempt =
            Attempt::begin(self.state, self.store, self.context, self.name, self.watch, event)?;
        let result = {
            let _ends =
                Deadline::begin(self.context, &attempt.context, self.watch.definition.timeout);
            self.script.call(&self.watch.handler, &attempt.arguments, &attempt.context)
        };
        let ended = match self.context.cancel().reason() {
            Some(_) if result.is_err() => attempt.end_early(self.store, self.watch, &result)?,
            _ => attempt.end(self.store, self.watch, &result)?,
        };
        match ended.event {
            AttemptEnd::Done => self.done.handled += 1,
            AttemptEnd::Dead => {
                (self.done.failed, self.done.dead) = (self.done.failed + 1, self.done.dead + 1)
            }
            _ => self.done.failed += 1,
        }
        if let Some(reason) = self.context.cancel().reason() {
            return Err(reason.clone());
        }
        if let Some(failure) = ended.failure {
            self.tell(&failure);
        }
        if !self.script.is_usable() {
            return Err(self::ended());
        }
        Ok(ended.stopped)
    }

    /// Tells whoever wants to know of a failure. Their own failure is only logged.
    fn tell(&mut self, failure: &Value) {
        let told: Result<(), Error> = match &self.watch.on_failure {
            None => Ok(()),
            Some(Hook::Url(url)) => self.script.wait(self.context, notify(url, Some(failure))),
            Some(Hook::Function(function)) => {
                let argument = failure.to_string().into();
                let context = self.context.derive().build();
                let timeout = self.watch.definition.timeout.unwrap_or(TELLING);
                let _ends = Deadline::begin(self.context, &context, Some(timeout));
                let called = self.script.call(function, &[argument], &context);
                called.map(drop).map_err(|failure: ScriptFailure| failure.error)
            }
        };
        if let Err(error) = told {
            self.log(Level::Error, &format!("on_failure failed: {error}"));
        }
    }

    fn log(&self, level: Level, message: &str) {
        self.context.sink().log(level, message, &fields(&self.watch.definition.id, &[]));
    }

    fn waiting(&self) -> Result<u64> {
        let counts = self.store.event_counts(&self.watch.definition.id)?;
        let waits = |state: &EventState| {
            matches!(state, EventState::Pending | EventState::Ready | EventState::Retry)
        };
        Ok(counts.iter().filter(|(state, _)| waits(state)).map(|(_, count)| count).sum())
    }
}
