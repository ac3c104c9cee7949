//! Watches that are followed at the prompt, and schedules that run there, while one types.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::handling::{Handler, Happened, Listener};
use super::scheduled::Scheduled;
use super::shell::Shell;
use crate::api::{Callback, Registration, WatchRegistration};
use crate::client::no_key;
use crate::engine::Language;
use crate::runtime::Live;
use crate::terminal::harmless;
use crate::watch::{WatchDefinition, WatchKind};
use crate::{Error, Result};

/// How often the API is asked where nobody said so: somebody looks on.
const EVERY: Duration = Duration::from_secs(5);

/// How long the prompt waits for a watch to begin; one that takes longer begins while one types.
const PATIENCE: Duration = Duration::from_millis(300);

/// The watches that are followed, the schedules that run, and the last event.
#[derive(Debug, Default)]
pub(super) struct Following {
    watches: Vec<Followed>,
    pub(super) schedules: Vec<Scheduled>,
    /// How many they are, for those that tell of their events.
    count: Arc<AtomicUsize>,
    /// The last event that came, of whichever watch.
    pub(super) last: Arc<Mutex<Option<Happened>>>,
}

/// A watch that is followed, until this is dropped.
#[derive(Debug)]
struct Followed {
    definition: WatchDefinition,
    handler: Option<Handler>,
    events: Arc<AtomicU64>,
    /// False once it is no longer followed: events that wait for their handlers are let go.
    wanted: Arc<AtomicBool>,
    /// How many are followed, this one among them.
    count: Arc<AtomicUsize>,
    _live: Live,
}

impl Drop for Followed {
    fn drop(&mut self) {
        self.wanted.store(false, Ordering::SeqCst);
        self.count.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Following {
    /// Stops what has this id, a watch or a schedule. False where there is none.
    pub(super) fn stop(&mut self, id: &str) -> bool {
        let schedule = self.stop_schedule(id);
        self.stop_watch(id) || schedule
    }

    /// Stops the schedule with this id. False where there is none.
    pub(super) fn stop_schedule(&mut self, id: &str) -> bool {
        let before = self.schedules.len();
        self.schedules.retain(|schedule| schedule.definition.id != id);
        self.schedules.len() < before
    }

    fn stop_watch(&mut self, id: &str) -> bool {
        let before = self.watches.len();
        self.watches.retain(|watch| watch.definition.id != id);
        self.watches.len() < before
    }

    /// Stops following all, and gives their ids.
    pub(super) fn stop_all(&mut self) -> Vec<String> {
        let ids = self.ids();
        self.watches.clear();
        self.schedules.clear();
        ids
    }

    /// Lets go of watches and schedules whose handlers are gone with their session.
    pub(super) fn forget(&mut self, language: Language) {
        let of_it = |watch: &Followed| {
            watch.handler.as_ref().is_some_and(|handler| handler.language == language)
        };
        self.watches.retain(|watch| !of_it(watch));
        self.schedules.retain(|schedule| !schedule.is_of(language));
    }

    /// The ids of the watches, then those of the schedules.
    pub(super) fn ids(&self) -> Vec<String> {
        let watches = self.watches.iter().map(|watch| &watch.definition.id);
        let schedules = self.schedules.iter().map(|schedule| &schedule.definition.id);
        watches.chain(schedules).cloned().collect()
    }

    /// A line for each, in words.
    pub(super) fn describe(&self) -> Vec<String> {
        let watches = self.watches.iter().map(Followed::describe);
        watches.chain(self.schedules.iter().map(Scheduled::describe)).collect()
    }

    /// The last event that came.
    pub(super) fn last(&self) -> Option<Happened> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Followed {
    fn describe(&self) -> String {
        let WatchDefinition { id, kind, every, .. } = &self.definition;
        let handler = self.handler.as_ref().map_or("no handler".to_owned(), Handler::describe);
        let events = self.events.load(Ordering::Relaxed);
        let events =
            crate::terminal::counted(usize::try_from(events).unwrap_or(usize::MAX), "event");
        let seconds = every.as_secs_f64();
        format!("{}  {} every {seconds} s, {handler}, {events} so far", harmless(id), noun(*kind))
    }
}

/// What a watch is about, in words.
pub(super) const fn noun(kind: WatchKind) -> &'static str {
    match kind {
        WatchKind::New => "new contacts",
        WatchKind::Updated => "updated contacts",
        WatchKind::Deleted => "deleted contacts",
    }
}

impl Shell {
    /// Follows the watches that a line asked for, and runs its schedules.
    ///
    /// # Errors
    /// Where there is no account to watch.
    pub(super) fn follow(&mut self, registrations: Vec<Registration>) -> Result<()> {
        for registration in registrations {
            match registration {
                Registration::Watch(watch) => self.follow_watch(watch)?,
                Registration::Schedule(schedule) => self.begin_schedule(schedule)?,
            }
        }
        Ok(())
    }

    fn follow_watch(&mut self, watch: WatchRegistration) -> Result<()> {
        let WatchRegistration { definition, handler, .. } = watch;
        let handler = self.handler(handler, definition.timeout)?;
        self.begin_following(definition, Some(handler))
    }

    /// A function of the session that events are given to.
    ///
    /// # Errors
    /// Where the session has no thread.
    pub(super) fn handler(
        &mut self,
        callback: Callback,
        timeout: Option<Duration>,
    ) -> Result<Handler> {
        Ok(Handler {
            name: self.name_of(&callback),
            callback,
            language: self.language,
            worker: self.workers.of(self.language)?,
            timeout,
        })
    }

    /// Follows a watch, in the place of one with the same id.
    ///
    /// # Errors
    /// Where there is no account to watch.
    pub(super) fn begin_following(
        &mut self,
        mut definition: WatchDefinition,
        handler: Option<Handler>,
    ) -> Result<()> {
        let client = self.shared.settings().client.ok_or_else(no_key)?;
        if !definition.every_is_given {
            definition.every = EVERY;
        }
        if self.following.stop_watch(&definition.id) {
            let id = harmless(&definition.id);
            self.shared.screen.note(&format!("the watch \"{id}\" that was followed is replaced"));
        }
        let count = Arc::clone(&self.following.count);
        count.fetch_add(1, Ordering::SeqCst);
        let (begun, has_begun) = channel();
        let (events, wanted) = (Arc::default(), Arc::new(AtomicBool::new(true)));
        let listener = Listener {
            shared: Arc::clone(&self.shared),
            definition: definition.clone(),
            handler: handler.clone(),
            events: Arc::clone(&events),
            wanted: Arc::clone(&wanted),
            last: Arc::clone(&self.following.last),
            count: Arc::clone(&count),
            troubled: false,
            begun: Some(begun),
        };
        let client = client.observed(self.shared.recorder.of_watches());
        let live = listener.follow(&client);
        let followed = Followed { definition, handler, events, wanted, count, _live: live };
        self.following.watches.push(followed);
        // It says so itself once it watches, which mostly is at once: the line's answer, then.
        let _ = has_begun.recv_timeout(PATIENCE);
        Ok(())
    }

    /// The name by which a handler can be found again when it was defined anew.
    fn name_of(&mut self, handler: &Callback) -> Option<String> {
        let is_function = |kind: &str| kind.starts_with("function");
        let variables = self.workers.variables(self.language);
        let names: Vec<String> = variables
            .into_iter()
            .filter(|variable| is_function(&variable.kind))
            .map(|variable| variable.name)
            .collect();
        let number = handler.number;
        let found = self.work(move |session, _| {
            let is = |name: &String| session.function(name).is_some_and(|it| it.number == number);
            Ok(names.into_iter().find(is))
        });
        found.ok().flatten()
    }
}

/// The error of a command that needs an event.
pub(super) fn no_event() -> Error {
    Error::invalid("no event has come yet")
        .with_hint("follow a watch with .watch new, and wait for one or create a contact")
}
