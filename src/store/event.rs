//! What is kept of an event.

use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Version;

/// Where an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventState {
    /// Found, and not yet handed over.
    Pending,
    /// Handed over, and not yet begun.
    Ready,
    /// In a handler.
    Running,
    /// To be tried again.
    Retry,
    /// Handled.
    Done,
    /// Given up after its attempts.
    Dead,
    /// Given up by a person, or by its watch's policy.
    Dropped,
}

impl EventState {
    /// Every state, in the order of an event's life.
    pub const ALL: [Self; 7] = [
        Self::Pending,
        Self::Ready,
        Self::Running,
        Self::Retry,
        Self::Done,
        Self::Dead,
        Self::Dropped,
    ];

    /// The state's name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Retry => "retry",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Dropped => "dropped",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// An event as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRecord {
    /// Its number.
    pub id: u64,
    /// The watch that found it.
    pub watch: String,
    /// The contact's id.
    pub contact: String,
    /// The contact's state that it is about; none where the contact is gone.
    pub version: Option<Version>,
    /// `new`, `updated`, `deleted`.
    pub kind: String,
    /// The contact as JSON; empty once it was pruned.
    pub payload: Bytes,
    /// When it was found.
    pub found_at: Timestamp,
    /// Older events come first.
    pub order: Timestamp,
    /// Where it stands.
    pub state: EventState,
    /// How many attempts were begun.
    pub attempts: u32,
    /// When the next attempt is due, where one waits.
    pub due: Option<Timestamp>,
    /// When it came to its end.
    pub ended_at: Option<Timestamp>,
    /// What the last attempt failed with.
    pub error: Option<String>,
    /// The hash of the script that made the last attempt.
    pub script_hash: Option<String>,
    /// The run of the last attempt.
    pub run: Option<u64>,
}

/// What becomes of an event after an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptEnd {
    /// It is handled.
    Done,
    /// It is tried again at this time.
    Retry(Timestamp),
    /// It is ready again at once, and this attempt does not count: the daemon ended it.
    Released,
    /// It is given up.
    Dead,
    /// Its watch's policy lets it go.
    Dropped,
}

/// Which events to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventQuery {
    /// Of this watch alone.
    pub watch: Option<String>,
    /// In one of these states alone; empty for any.
    pub states: Vec<EventState>,
    /// Of this contact alone.
    pub contact: Option<String>,
    /// The most to give; none for all.
    pub limit: Option<usize>,
}
