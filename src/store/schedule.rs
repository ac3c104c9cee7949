//! What is kept of a schedule.

use jiff::Timestamp;
use serde_json::Value;

use super::Pause;

/// A schedule as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ScheduleRecord {
    /// Its id.
    pub id: String,
    /// The script that registered it last.
    pub script: String,
    /// Its options, as the schedule reads them.
    pub definition: Value,
    /// What it remembers, as the schedule writes it; none before its first look at the time.
    pub state: Option<Value>,
    /// When it is next due, where that is known.
    pub next: Option<Timestamp>,
    /// Why it stands still, where it does.
    pub pause: Option<Pause>,
    /// When somebody asked for a run that has not begun.
    pub requested: Option<Timestamp>,
}
