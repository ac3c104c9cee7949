//! What a rehearsal would have done to the account: a plan, which can be looked at, saved, and applied.

mod applied;
mod apply;
mod entry;
mod item;
mod saved;
mod trusted;

use jiff::{Timestamp, Unit};
use serde_json::Value;

pub use self::applied::{Applied, AppliedItem, PlanOutcome};
pub use self::entry::{PlanEntry, PlanEntryKind};
pub use self::item::{PlanAccount, PlanAction, PlanItem};

/// How many contacts a plan creates, updates and deletes, and how many other calls it makes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct PlanCounts {
    /// Contacts that it creates.
    pub create: usize,
    /// Contacts that were there before, and that it changes.
    pub update: usize,
    /// Contacts that were there before, and that it deletes.
    pub delete: usize,
    /// Calls that are about no one contact, and effects outside the account.
    pub other: usize,
}

/// What a rehearsal would have done: every write that it did not send, in order, with the state of each contact
/// before.
///
/// ```
/// # #[cfg(all(feature = "lua", feature = "emulator"))] {
/// use cliengo::api::PlanAction;
/// # use cliengo::client::Client;
/// # use cliengo::emulator::{Emulator, EmulatorOptions};
/// # let emulator = Emulator::start(EmulatorOptions::default())?;
/// # let client =
/// #     Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build()?;
/// # let host = cliengo::Host::builder().client(client).build();
///
/// let code = "cliengo.contacts.update(cliengo.contacts.find{}.id, { rating = 5 })";
/// let run = host.blocking().lua().dry_run(true).run::<serde_json::Value>(code);
/// let plan = run.plan;
/// assert_eq!((plan.items.len(), plan.items[0].action), (1, PlanAction::Update));
/// assert_eq!(plan.items[0].changes[0].new, 5);
/// assert_eq!(plan.counts().update, 1);
/// # }
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// Tells the plan from others, so that it is not applied twice.
    pub id: String,
    /// The script whose plan it is.
    pub script: String,
    /// When it was made, by the clock here.
    pub made: Timestamp,
    /// The account that it is about; none where the API does not tell, or nothing was written.
    pub account: Option<PlanAccount>,
    /// False where the script failed before its end, or wrote more than a rehearsal keeps.
    pub complete: bool,
    /// Every write, in order.
    pub items: Vec<PlanItem>,
    /// What the script returned; null where it failed.
    pub result: Value,
}

impl Plan {
    /// A plan of these writes, made now.
    pub(super) fn of(account: Option<PlanAccount>, items: Vec<PlanItem>) -> Self {
        let now = Timestamp::now();
        Self {
            id: format!("{:032x}", fastrand::u128(..)),
            script: String::new(),
            // As precise as the API's own times.
            made: now.round(Unit::Millisecond).unwrap_or(now),
            account,
            complete: true,
            items,
            result: Value::Null,
        }
    }

    /// The plan of a script that ended so: with what it returned, or before its end.
    #[must_use]
    pub fn of_script<E>(self, script: &str, result: Result<&Value, E>) -> Self {
        let complete = self.complete && result.is_ok();
        let result = result.ok().cloned().unwrap_or_default();
        Self { script: script.to_owned(), complete, result, ..self }
    }

    /// True where nothing would be done.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The net change of each contact in the order in which they were first touched, and all other calls
    /// between them.
    pub fn entries(&self) -> Vec<PlanEntry> {
        entry::entries(&self.items)
    }

    /// How many contacts it creates, updates and deletes, by their net change.
    pub fn counts(&self) -> PlanCounts {
        entry::counts(&self.entries())
    }
}
