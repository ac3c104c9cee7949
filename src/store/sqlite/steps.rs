//! Durable steps and settings in SQLite.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::failure::Done;
use super::values::{Json, Time, micros};
use crate::store::refusal::step_is_done;
use crate::store::{StepRecord, StepState};

pub(super) fn get(connection: &Connection, scope: &str, key: &str) -> Done<Option<StepRecord>> {
    let sql = "SELECT state, value, at FROM steps WHERE scope = ?1 AND key = ?2";
    let step = connection.prepare_cached(sql)?.query_row([scope, key], |row| {
        let (value, at): (Json, Time) = (row.get("value")?, row.get("at")?);
        Ok(StepRecord { state: row.get("state")?, value: value.0, at: at.0 })
    });
    Ok(step.optional()?)
}

pub(super) fn begin(
    connection: &Connection,
    scope: &str,
    key: &str,
    note: &Value,
    at: Timestamp,
) -> Done<()> {
    if get(connection, scope, key)?.is_some_and(|step| step.state == StepState::Done) {
        return Err(step_is_done(scope, key).into());
    }
    put(connection, scope, key, &StepRecord { state: StepState::Begun, value: note.clone(), at })
}

pub(super) fn put(connection: &Connection, scope: &str, key: &str, step: &StepRecord) -> Done<()> {
    let sql = "INSERT INTO steps (scope, key, state, value, at) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT (scope, key) DO UPDATE SET state = ?3, value = ?4, at = ?5";
    let values = params![scope, key, step.state, step.value.to_string(), micros(step.at)];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

pub(super) fn forget(connection: &Connection, scope: &str, key: &str) -> Done<()> {
    let sql = "DELETE FROM steps WHERE scope = ?1 AND key = ?2 AND state = 'begun'";
    connection.prepare_cached(sql)?.execute([scope, key])?;
    Ok(())
}

pub(super) fn prune(connection: &Connection, before: Timestamp) -> Done<()> {
    let sql = "DELETE FROM steps WHERE state = 'done' AND at < ?1";
    connection.prepare_cached(sql)?.execute([micros(before)])?;
    Ok(())
}

pub(super) fn setting(connection: &Connection, name: &str) -> Done<Option<Value>> {
    let sql = "SELECT value FROM settings WHERE name = ?1";
    let value: Option<Json> =
        connection.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?;
    Ok(value.map(|value| value.0))
}

pub(super) fn set_setting(connection: &Connection, name: &str, value: &Value) -> Done<()> {
    let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2)
               ON CONFLICT (name) DO UPDATE SET value = ?2";
    connection.prepare_cached(sql)?.execute(params![name, value.to_string()])?;
    Ok(())
}
