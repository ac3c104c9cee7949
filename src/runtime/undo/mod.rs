//! Undoing a run: what it did to each contact is taken back, as far as nobody else changed it since.
//!
//! `net` folds the writes of the run into one change of each contact, and `judge` says what is to be done about
//! it as it is now: both are pure. `execute` does it, `recreate` makes anew what was deleted, `lost` looks for
//! what may have been created. Words for people are the command line's.

mod account;
mod execute;
mod judge;
mod kin;
mod lost;
mod net;
mod pages;
mod recreate;
mod report;
#[cfg(test)]
mod tests;
mod values;

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use self::execute::Undoing;
use self::net::Folded;
use super::{ScriptRun, State};
use crate::api::Context;
use crate::client::Client;
use crate::store::{RunEnd, RunRecord, RunState, Store};
use crate::{Error, ErrorKind, Result};

pub use self::net::{Effect, NetChange, net_changes};
pub use self::report::{UndoAction, UndoItem, UndoOutcome, UndoReport};

/// The name of the note that says how far a run was undone.
pub(crate) const NOTE: &str = "undo";

/// How a run is undone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UndoOptions {
    /// Changes nothing, and tells what would be done.
    pub dry_run: bool,
    /// Puts the fields that the run changed back also where somebody changed other fields since.
    pub despite_other_changes: bool,
}

/// Takes back what a run did to contacts: fields that it changed get the values that they had before, contacts
/// that it made are deleted, and those that it deleted are made anew. The last contact comes first.
///
/// A contact that somebody changed since is left alone. Doing it once more is harmless, and goes on where an
/// undo was cut off. An undo is a run of its own and can be undone as well.
///
/// `context` says which account, and hears how far it is.
///
/// # Errors
/// [`ErrorKind::NotFound`] for a run that is not kept; [`ErrorKind::Denied`] for one that still goes on, or
/// that wrote to another account; [`ErrorKind::State`] where another undo goes on; whatever reading the state fails with. What fails with a single contact is
/// told in the report.
pub async fn undo(
    state: &State,
    context: &Context,
    run: u64,
    options: UndoOptions,
) -> Result<UndoReport> {
    let store = state.store()?;
    state.lose_left_runs()?;
    let record = store.run(run)?.ok_or_else(|| no_run(run))?;
    if state.is_under_way(&record) {
        return Err(Error::new(ErrorKind::Denied, format!("run {run} is still under way"))
            .with_hint("wait for its end, or end it"));
    }
    let _alone = if options.dry_run { None } else { Some(state.hold_undo()?) };
    let changes = changes(context.client()?, &*store, run).await?;
    let own = ScriptRun::of_work(state, &format!("undo of {run}"), json!({ "undo": run }));
    let journaled = context.derive().write_log(Arc::clone(&own) as _).build();
    let undoing = Undoing::new(&store, &journaled, &own, run, options)?;
    let items = match undoing.all(changes).await {
        Ok(items) => items,
        Err(error) => {
            own.end(&failed(&error, &journaled))?;
            return Err(error);
        }
    };
    let report = UndoReport::of(run, own.number(), items);
    if !options.dry_run {
        note(&*store, &record, &report)?;
    }
    own.end(&ended(&report, &journaled))?;
    Ok(report)
}

/// What the run did to each contact of the client's account.
async fn changes(client: &Client, store: &dyn Store, run: u64) -> Result<Vec<NetChange>> {
    let own = account::own(client, store, run).await?;
    let mut folded = Folded::default();
    pages::each(store, run, |write| {
        if own.has(write) {
            folded.add(write);
        }
    })?;
    Ok(folded.net())
}

/// How far a run was undone, as [`undo`] noted it: `done` or `partly`; none where it was not.
///
/// # Errors
/// [`ErrorKind::State`] where the state cannot be read.
pub fn undo_state(store: &dyn Store, run: u64) -> Result<Option<String>> {
    let note = store.run_note(run, NOTE)?.unwrap_or_default();
    Ok(note["state"].as_str().map(str::to_owned))
}

/// The run that undid this one, all of it or in part; none where it was not undone.
///
/// # Errors
/// As [`undo_state`].
pub fn undone_by(store: &dyn Store, run: u64) -> Result<Option<u64>> {
    Ok(store.run_note(run, NOTE)?.unwrap_or_default()["by"].as_u64())
}

/// Notes how far the run was undone.
fn note(store: &dyn Store, run: &RunRecord, report: &UndoReport) -> Result<()> {
    let state = if report.is_whole() { "done" } else { "partly" };
    let by = report.undo.map_or_else(|| undone_by(store, run.id), |by| Ok(Some(by)))?;
    store.set_run_note(run.id, NOTE, &note_of(state, by))?;
    if report.is_whole() { note_chain(store, run) } else { Ok(()) }
}

/// What a run had undone is as it was once that run is undone, and what had undone it counts again, and so on.
fn note_chain(store: &dyn Store, undone: &RunRecord) -> Result<()> {
    let (mut last, mut is_undone) = (undone.clone(), true);
    while let Some(id) = last.begin.input[NOTE].as_u64() {
        let Some(first) = store.run(id)? else { break };
        let note = match is_undone {
            true => Value::Null,
            false => note_of("done", Some(last.id)),
        };
        store.set_run_note(id, NOTE, &note)?;
        (last, is_undone) = (first, !is_undone);
    }
    Ok(())
}

fn note_of(state: &str, by: Option<u64>) -> Value {
    json!({ "state": state, "by": by, "at": Timestamp::now().to_string() })
}

fn failed(error: &Error, context: &Context) -> RunEnd {
    let writes = written(context);
    RunEnd { error: Some(error.to_string()), writes, ..RunEnd::now(RunState::Failed) }
}

fn ended(report: &UndoReport, context: &Context) -> RunEnd {
    let error = (!report.is_whole())
        .then(|| format!("{} left alone, {} failed", report.skipped, report.failed));
    let state = if error.is_some() { RunState::Failed } else { RunState::Done };
    let result = serde_json::to_value(report).unwrap_or_default();
    RunEnd { result, error, writes: written(context), ..RunEnd::now(state) }
}

fn written(context: &Context) -> Vec<String> {
    context.journal().writes().iter().map(ToString::to_string).collect()
}

fn no_run(run: u64) -> Error {
    Error::new(ErrorKind::NotFound, format!("there is no run \"{run}\""))
        .with_hint("`cliengo runs` lists those there are; old ones are forgotten")
}
