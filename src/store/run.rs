//! What is kept of a run.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::transition::LOST;

/// What a run was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// An attempt at an event.
    Event,
    /// A due time of a schedule.
    Schedule,
    /// A whole script.
    Script,
}

impl RunKind {
    /// The kind's name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Schedule => "schedule",
            Self::Script => "script",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Event, Self::Schedule, Self::Script].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// It is under way.
    Running,
    /// It came to its end.
    Done,
    /// It failed.
    Failed,
    /// It was ended from outside.
    Cancelled,
    /// The program ended in the middle of it.
    Lost,
}

impl RunState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Running, Self::Done, Self::Failed, Self::Cancelled, Self::Lost];

    /// The state's name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Lost => "lost",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// A run that begins.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRun {
    /// What it is for.
    pub kind: RunKind,
    /// The watch's or schedule's id, or the script's name.
    pub subject: String,
    /// The script's name.
    pub script: String,
    /// The hash of the script's text.
    pub script_hash: String,
    /// What it was given: the event's number and contact, the due time, the arguments.
    pub input: Value,
    /// When it begins.
    pub started: Timestamp,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct RunEnd {
    /// Done, failed or cancelled.
    pub state: RunState,
    /// When.
    pub ended: Timestamp,
    /// What it gave; null where nothing.
    pub result: Value,
    /// What it failed with, in words.
    pub error: Option<String>,
    /// Its log: objects with `time`, `level`, `message`.
    pub log: Vec<Value>,
    /// Its HTTP exchanges: objects with `method`, `path`, `status`, `ms`. Never the key.
    pub http: Vec<Value>,
    /// Its writes, one line each.
    pub writes: Vec<String>,
}

impl RunEnd {
    /// The end of a run of which nothing more is known.
    pub fn now(state: RunState) -> Self {
        Self::at(state, Timestamp::now())
    }

    fn at(state: RunState, ended: Timestamp) -> Self {
        let (log, http, writes) = (Vec::new(), Vec::new(), Vec::new());
        Self { state, ended, result: Value::Null, error: None, log, http, writes }
    }

    /// The end of a run whose program ended before it.
    pub(crate) fn lost(now: Timestamp) -> Self {
        Self { error: Some(LOST.to_owned()), ..Self::at(RunState::Lost, now) }
    }
}

/// A run as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRecord {
    /// Its number.
    pub id: u64,
    /// How it began.
    pub begin: NewRun,
    /// The event that it was an attempt at.
    pub event: Option<u64>,
    /// Which attempt it was, from 1.
    pub attempt: Option<u32>,
    /// The due time that it was for.
    pub due: Option<Timestamp>,
    /// Where it stands.
    pub state: RunState,
    /// How it ended, where it did; a run that was lost has the time at which that was noticed.
    pub end: Option<RunEnd>,
}

/// Which runs to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunQuery {
    /// Of this watch or schedule alone.
    pub subject: Option<String>,
    /// In this state alone.
    pub state: Option<RunState>,
    /// Of this event alone.
    pub event: Option<u64>,
    /// The most to give; none for all.
    pub limit: Option<usize>,
}
