//! What is kept of a watch.

use std::fmt;

use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Tells one state of a contact from another: equal where a watch sees no difference.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version(pub [u8; 16]);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a watch or a schedule stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub at: Timestamp,
    /// Why, in words.
    pub reason: String,
    /// True where it goes on by itself at the next start: a refused key, not a person's wish.
    pub until_restart: bool,
}

/// A watch as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct WatchRecord {
    /// Its id.
    pub id: String,
    /// What it watches for, in a word.
    pub kind: String,
    /// The script that registered it last.
    pub script: String,
    /// Its options, as the watch reads them.
    pub definition: Value,
    /// Grows with each change of the definition, from 1.
    pub generation: u32,
    /// How far it has read, as the watch writes it; none before its first cycle.
    pub cursor: Option<Value>,
    /// Why it stands still, where it does.
    pub pause: Option<Pause>,
    /// When it was last polled, whatever came of it.
    pub last_poll: Option<Timestamp>,
    /// Polls that failed since the last good one.
    pub failures: u32,
    /// What the last poll failed with; none after a good one.
    pub last_error: Option<String>,
    /// Rows that were set aside because they are no contacts, ever.
    pub malformed: u64,
}

/// What a cycle found out about a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The contact's id.
    pub contact: String,
    /// Its state now; none where it is gone.
    pub version: Option<Version>,
    /// The event that this makes; none where it is only to be known.
    pub event: Option<FoundEvent>,
}

/// An event that a cycle found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEvent {
    /// `new`, `updated`, `deleted`.
    pub kind: String,
    /// Older events come first.
    pub order: Timestamp,
    /// The contact, as JSON.
    pub payload: Bytes,
    /// True where it is made although the watch knows this version already: the watch was moved back on
    /// purpose.
    pub again: bool,
}

/// How a cycle ended.
#[derive(Debug, Clone, PartialEq)]
pub struct CycleEnd {
    /// How far the watch has read now.
    pub cursor: Value,
    /// When the cycle ended.
    pub at: Timestamp,
    /// Rows that were set aside in this cycle.
    pub malformed: u64,
}
