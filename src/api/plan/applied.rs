//! What became of the items of a plan.

use serde::Serialize;

use super::{PlanAction, PlanItem};
use crate::Error;

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanOutcome {
    /// It was done now.
    Applied,
    /// It was done before, by an earlier apply or by somebody else.
    AlreadyApplied,
    /// It was not sent: its contact changed since the plan was made, or something that it needs is not there.
    Refused,
    /// It was sent, or its contact was asked for, and that failed.
    Failed,
    /// It was not come to.
    NotBegun,
    /// It is an effect outside the account, which only the script has.
    LeftOut,
}

impl PlanOutcome {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [
        Self::Applied,
        Self::AlreadyApplied,
        Self::Refused,
        Self::Failed,
        Self::NotBegun,
        Self::LeftOut,
    ];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::AlreadyApplied => "already_applied",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::NotBegun => "not_begun",
            Self::LeftOut => "left_out",
        }
    }
}

/// What became of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AppliedItem {
    /// Its place in the plan, from 1.
    pub number: u64,
    /// What it does.
    pub action: PlanAction,
    /// The contact's id: the real one, where it is known.
    pub contact: Option<String>,
    /// What the contact is called, where that is known.
    pub name: Option<String>,
    /// What became of it.
    pub outcome: PlanOutcome,
    /// Why, for what was not done.
    pub reason: Option<String>,
}

impl AppliedItem {
    pub(super) fn of(item: &PlanItem, outcome: PlanOutcome, reason: Option<String>) -> Self {
        Self {
            number: item.number,
            action: item.action,
            contact: item.contact.clone(),
            name: item.name.clone(),
            outcome,
            reason,
        }
    }
}

/// What became of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// Each item, in order.
    pub items: Vec<AppliedItem>,
    /// Why it was ended before its last item.
    pub ended: Option<Error>,
}

impl Applied {
    /// How many items ended so.
    pub fn count(&self, outcome: PlanOutcome) -> usize {
        self.items.iter().filter(|item| item.outcome == outcome).count()
    }

    /// True where all that the plan does to the account is done.
    pub fn is_whole(&self) -> bool {
        let open = [PlanOutcome::Refused, PlanOutcome::Failed, PlanOutcome::NotBegun];
        self.ended.is_none() && !self.items.iter().any(|item| open.contains(&item.outcome))
    }
}
