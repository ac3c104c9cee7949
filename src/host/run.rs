//! How a run or a call ended, with all that it did.

use serde::de::DeserializeOwned;

use super::calls::Calls;
use super::scripting::Begun;
use super::values::read;
use crate::api::{Context, Plan, WriteRecord};
use crate::client::Exchange;
use crate::engine::ScriptFailure;

/// How a run, or a call of a script's function, ended, with its journal: what it asked of the API, and what
/// it wrote there, whether it ended well or not.
#[derive(Debug)]
#[must_use = "it holds the run's failure"]
#[non_exhaustive]
pub struct Run<T> {
    /// What it returned, or why it did not.
    pub result: Result<T, ScriptFailure>,
    /// The writes that it made, or may have made, in order.
    pub writes: Vec<WriteRecord>,
    /// The writes that a rehearsal did not make, in order.
    pub rehearsed: Vec<WriteRecord>,
    /// The same as a plan, which can be shown, saved and applied; an empty one where the run is no rehearsal.
    pub plan: Plan,
    /// The writes of bulk calls that were cut short before it came to them: they were not made.
    pub not_begun: u64,
    /// Every exchange with the API in the order in which they ended: retries too, at most the first 10,000.
    pub calls: Vec<Exchange>,
    /// The exchanges beyond those.
    pub calls_left_out: u64,
}

impl<T: DeserializeOwned> Run<T> {
    /// Waits for the end of what was begun.
    pub(super) async fn of(begun: Result<Begun, ScriptFailure>, calls: &Calls) -> Self {
        let (value, context, name) = match begun {
            Ok(begun) => (begun.awaited.await, begun.context, begun.name),
            Err(failure) => (Err(failure), Context::builder().build(), String::new()),
        };
        let plan = context.plan().of_script(&name, value.as_ref());
        let result = value.and_then(read);
        let journal = context.journal();
        let (calls, calls_left_out) = calls.take();
        let (writes, rehearsed) = (journal.writes(), journal.rehearsed());
        let not_begun = journal.not_begun();
        Self { result, writes, rehearsed, plan, not_begun, calls, calls_left_out }
    }
}
