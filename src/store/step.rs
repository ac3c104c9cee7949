//! What is kept of a durable step.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// It was about to be taken; whether it was is not known.
    Begun,
    /// It was taken.
    Done,
}

impl StepState {
    /// The state's name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Done => "done",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Begun, Self::Done].into_iter().find(|state| state.as_str() == name)
    }
}

/// A step as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StepRecord {
    /// Where it stands.
    pub state: StepState,
    /// What it gave; where it was only begun, what was noted of it.
    pub value: Value,
    /// When it came to this.
    pub at: Timestamp,
}
