//! What is done with an event, in SQLite: the record is read, changed and written.

use jiff::Timestamp;
use rusqlite::Connection;

use super::failure::Done;
use super::{events, runs};
use crate::Result;
use crate::store::refusal::no_event;
use crate::store::{AttemptEnd, EventRecord, NewRun, RunEnd};

pub(super) fn begin(connection: &Connection, id: u64, run: &NewRun) -> Done<(u32, u64)> {
    let mut event = events::get(connection, id)?.ok_or_else(|| no_event(id))?;
    let attempt = event.next_attempt()?;
    let number = runs::begin(connection, run, Some((id, attempt)), None)?;
    event.begin(attempt, number, &run.script_hash);
    events::save(connection, &event)?;
    Ok((attempt, number))
}

pub(super) fn end(
    connection: &Connection,
    id: u64,
    run: u64,
    end: &AttemptEnd,
    how: &RunEnd,
) -> Done<()> {
    runs::end(connection, run, how)?;
    change(connection, id, |event| Ok(event.end(run, end, how)))?;
    Ok(())
}

/// Changes an event; false where there is none, or where the change says so.
pub(super) fn change(
    connection: &Connection,
    id: u64,
    change: impl FnOnce(&mut EventRecord) -> Result<bool>,
) -> Done<bool> {
    let Some(mut event) = events::get(connection, id)? else { return Ok(false) };
    let changed = change(&mut event)?;
    if changed {
        events::save(connection, &event)?;
    }
    Ok(changed)
}

pub(super) fn recover(
    connection: &Connection,
    watch: &str,
    max_attempts: u32,
    now: Timestamp,
) -> Done<u64> {
    let sql = "SELECT id FROM events
               WHERE watch = (SELECT number FROM watches WHERE id = ?1) AND state = 'running'";
    let mut statement = connection.prepare_cached(sql)?;
    let running = statement.query_map([watch], |row| row.get(0))?;
    let running = running.collect::<rusqlite::Result<Vec<u64>>>()?;
    for id in &running {
        change(connection, *id, |event| {
            event.recover(max_attempts, now);
            Ok(true)
        })?;
        runs::lose_of_event(connection, *id, now)?;
    }
    Ok(running.len() as u64)
}
