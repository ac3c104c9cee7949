//! What a script asked for at its top level: watches, and schedules.

use std::sync::{Mutex, PoisonError};

use super::Callback;
use crate::schedule::ScheduleDefinition;
use crate::watch::WatchDefinition;
use crate::{Error, Result};

/// Who is told when something failed for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hook {
    /// An address that gets the failure as JSON (`POST`).
    Url(String),
    /// A function of the script that gets it as an object.
    Function(Callback),
}

/// A watch, and the functions of the script that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchRegistration {
    /// What it watches for.
    pub definition: WatchDefinition,
    /// What is called with each event.
    pub handler: Callback,
    /// Who is told when an event is dead.
    pub on_failure: Option<Hook>,
}

/// A schedule, and the functions of the script that belong to it.
#[derive(Debug, Clone)]
pub struct ScheduleRegistration {
    /// When it is due, and what happens when it cannot run then.
    pub definition: ScheduleDefinition,
    /// What is called at each due time.
    pub handler: Callback,
    /// Who is told when a run failed.
    pub on_failure: Option<Hook>,
}

/// One thing that a script asked for.
#[derive(Debug, Clone)]
pub enum Registration {
    /// A watch.
    Watch(WatchRegistration),
    /// A schedule.
    Schedule(ScheduleRegistration),
}

impl Registration {
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Watch(watch) => &watch.definition.id,
            Self::Schedule(schedule) => &schedule.definition.id,
        }
    }

    /// Where the script asked for it: `leads.lua:3`.
    pub fn place(&self) -> &str {
        match self {
            Self::Watch(watch) => &watch.handler.place,
            Self::Schedule(schedule) => &schedule.handler.place,
        }
    }

    /// What it is, in a word.
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::Watch(_) => "watch",
            Self::Schedule(_) => "schedule",
        }
    }

    /// True where both are of one kind and have one id.
    pub(crate) fn clashes(&self, other: &Self) -> bool {
        self.noun() == other.noun() && self.id() == other.id()
    }

    /// The error of two registrations with one id.
    pub(crate) fn same_id(first: &Self, second: &Self) -> Error {
        let id = second.id();
        let (here, there) = (second.place(), first.place());
        let nouns = match second {
            Self::Watch(_) => "watches",
            Self::Schedule(_) => "schedules",
        };
        Error::invalid(format!("two {nouns} have the id \"{id}\": at {there} and at {here}"))
            .with_hint(format!("give each an id of its own: {{ id = \"{id}-2\" }}"))
    }
}

/// What a script asked for while it was loaded, in order.
#[derive(Debug, Default)]
pub struct Registrations(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    list: Vec<Registration>,
    closed: bool,
}

impl Registrations {
    /// What was asked for so far.
    pub fn list(&self) -> Vec<Registration> {
        self.lock().list.clone()
    }

    /// Ends the time for registrations: what a handler asks for is an error.
    pub fn close(&self) {
        self.lock().closed = true;
    }

    /// Keeps one more.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the script is loaded already, or has
    /// something of this id: the message names both places.
    pub(super) fn add(&self, registration: Registration) -> Result<()> {
        let mut state = self.lock();
        let noun = registration.noun();
        if state.closed {
            return Err(Error::invalid(format!("a {noun} cannot be registered in a handler"))
                .with_hint("register it at the top level of the script"));
        }
        if let Some(first) = state.list.iter().find(|first| registration.clashes(first)) {
            return Err(Registration::same_id(first, &registration));
        }
        state.list.push(registration);
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
