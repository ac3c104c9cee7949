//! What became of each row, known at every moment: an import can be cut off.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::api::Context;
use crate::client::upsert::Did;
use crate::client::write::Writer;
use crate::client::{Method, Request, Response};
use crate::{Error, ErrorKind, Result};

/// How a row ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Created,
    Updated,
    Unchanged,
    /// It cannot be right, and was not sent.
    Refused,
    /// The API said no, or could not be reached.
    Failed,
    /// It is there, but not with all its fields.
    Partly,
    /// It was sent, and nobody knows whether it is there.
    Unknown,
    NotAttempted,
}

impl Outcome {
    pub(super) const ALL: [Self; 8] = [
        Self::Created,
        Self::Updated,
        Self::Unchanged,
        Self::Refused,
        Self::Failed,
        Self::Partly,
        Self::Unknown,
        Self::NotAttempted,
    ];

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Partly => "created in part",
            Self::Unknown => "outcome unknown",
            Self::NotAttempted => "not attempted",
        }
    }

    pub(super) const fn is_in(self) -> bool {
        matches!(self, Self::Created | Self::Updated | Self::Unchanged)
    }
}

/// True for what a report said of a row whose contact may be there: creating it again is no way to
/// find out.
pub(super) fn may_be_in(error: &str) -> bool {
    [Outcome::Partly, Outcome::Unknown].iter().any(|outcome| error.starts_with(outcome.words()))
}

/// A row on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    NotBegun,
    /// A write of it is under way.
    Writing,
    /// The answer to the write was lost.
    Lost,
    /// It is there; more is to be written.
    Created,
    /// All of it is there, and this was done to it.
    Written(Outcome),
    Ended(Outcome, String),
}

/// All rows.
#[derive(Debug)]
pub(super) struct Ledger {
    rows: Mutex<Vec<State>>,
    refused_key: Mutex<Option<Error>>,
}

impl Ledger {
    pub(super) fn new(rows: usize) -> Self {
        Self { rows: Mutex::new(vec![State::NotBegun; rows]), refused_key: Mutex::new(None) }
    }

    /// Notes how a row ended.
    pub(super) fn end(&self, place: usize, result: &Result<Did>) {
        let state = match result {
            Ok(Did::Create) => State::Ended(Outcome::Created, String::new()),
            Ok(Did::Update) => State::Ended(Outcome::Updated, String::new()),
            Ok(Did::Nothing) => State::Ended(Outcome::Unchanged, String::new()),
            Err(error) => {
                if error.kind == ErrorKind::Unauthorized {
                    lock(&self.refused_key).get_or_insert_with(|| error.clone());
                }
                let hint = error.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
                State::Ended(self.judge(place, error), format!("{}{hint}", error.message))
            }
        };
        self.set(place, state);
    }

    fn judge(&self, place: usize, error: &Error) -> Outcome {
        match lock(&self.rows).get(place) {
            Some(State::Created) => Outcome::Partly,
            Some(State::Written(outcome)) => *outcome,
            Some(State::Lost) => Outcome::Unknown,
            Some(State::Writing) if !is_final(error) => Outcome::Unknown,
            _ if error.kind == ErrorKind::Cancelled => Outcome::NotAttempted,
            _ if error.kind == ErrorKind::Invalid && error.method.is_none() => Outcome::Refused,
            _ => Outcome::Failed,
        }
    }

    /// How the row ended, and the words on it.
    pub(super) fn outcome(&self, place: usize) -> (Outcome, String) {
        match lock(&self.rows).get(place) {
            Some(State::Ended(outcome, words)) => (*outcome, words.clone()),
            Some(State::Writing | State::Lost) => {
                (Outcome::Unknown, "the import ended while the row was under way".into())
            }
            Some(State::Created) => {
                (Outcome::Partly, "the import ended before all fields were set".into())
            }
            Some(State::Written(outcome)) => (*outcome, String::new()),
            _ => (Outcome::NotAttempted, "the import ended before".into()),
        }
    }

    /// How many rows ended how.
    pub(super) fn counts(&self) -> BTreeMap<Outcome, usize> {
        let rows = lock(&self.rows).len();
        let mut counts = BTreeMap::new();
        for place in 0..rows {
            *counts.entry(self.outcome(place).0).or_default() += 1;
        }
        counts
    }

    /// The error of the row at which the API refused the key.
    pub(super) fn refused_key(&self) -> Option<Error> {
        lock(&self.refused_key).clone()
    }

    /// What is created stays so, whatever becomes of the rest.
    fn advance(&self, place: usize, state: State) {
        match lock(&self.rows).get_mut(place) {
            Some(row) if *row != State::Created => *row = state,
            _ => {}
        }
    }

    /// The change of a row was made: the last of its writes.
    fn changed(&self, place: usize) {
        if let Some(row) = lock(&self.rows).get_mut(place) {
            let created = *row == State::Created;
            *row = State::Written(if created { Outcome::Created } else { Outcome::Updated });
        }
    }

    fn set(&self, place: usize, state: State) {
        if let Some(row) = lock(&self.rows).get_mut(place) {
            *row = state;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// True where the error of a write says that it was not done.
fn is_final(error: &Error) -> bool {
    match error.kind {
        ErrorKind::Server => error.status == Some(503),
        ErrorKind::Decode | ErrorKind::Limit | ErrorKind::Timeout => false,
        _ => true,
    }
}

/// Notes each write of a row before it is sent.
pub(super) struct Noted<'a> {
    pub(super) context: &'a Context,
    pub(super) ledger: &'a Ledger,
    pub(super) place: usize,
}

impl Writer for Noted<'_> {
    async fn write(&self, request: &Request) -> Result<Response> {
        self.ledger.advance(self.place, State::Writing);
        let result = self.context.send(request).await;
        match &result {
            Ok(_) if request.method() == Method::Post => {
                self.ledger.advance(self.place, State::Created);
            }
            Ok(_) => self.ledger.changed(self.place),
            Err(error) if error.is_outcome_unknown() => {
                self.ledger.advance(self.place, State::Lost);
            }
            _ => {}
        }
        result
    }
}
