//! What a timetable decides.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A time at which a schedule was to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The due time, without the jitter. No two runs of a schedule have the same one.
    pub at: Timestamp,
    /// Why it is run.
    pub cause: Cause,
    /// How many due times before it were missed, and are not run for its sake.
    pub missed: u64,
}

/// Why a due time is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Its time has come.
    OnTime,
    /// Its time was missed, and the misfire policy makes up for it.
    CatchUp,
    /// Somebody asked for it.
    Manual,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Begin the run of this due time.
    Run(Due),
    /// Cancel the run of this due time; another waits for its end. It may come more than once.
    Cancel(Due),
    /// Nothing: this due time is passed over.
    Skip {
        /// The due time.
        due: Due,
        /// Why.
        reason: Skipped,
    },
    /// Nothing: these due times were missed, and nothing makes up for them.
    Missed {
        /// The first one.
        first: Timestamp,
        /// The last one.
        last: Timestamp,
        /// How many there were, or a smaller number where there were more than 10,000.
        count: u64,
    },
}

/// Why a due time was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// An earlier run goes on.
    Running,
    /// As many as may wait do already.
    QueueFull,
    /// It waited, and a newer one takes its place.
    Superseded,
}

impl Skipped {
    /// The word for it, such as `running`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::QueueFull => "queue_full",
            Self::Superseded => "superseded",
        }
    }
}
