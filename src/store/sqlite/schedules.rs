//! Schedules in SQLite.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use super::failure::Done;
use super::runs;
use super::values::{Json, Time, micros, pause_text};
use crate::store::refusal::no_schedule;
use crate::store::{NewRun, Pause, ScheduleRecord};

const COLUMNS: &str = "id, script, definition, state, next, pause, requested";

fn record(row: &Row<'_>) -> rusqlite::Result<ScheduleRecord> {
    Ok(ScheduleRecord {
        id: row.get("id")?,
        script: row.get("script")?,
        definition: row.get::<_, Json>("definition")?.0,
        state: row.get::<_, Option<Json>>("state")?.map(|json| json.0),
        next: row.get::<_, Option<Time>>("next")?.map(|time| time.0),
        pause: row.get::<_, Option<Json<Pause>>>("pause")?.map(|json| json.0),
        requested: row.get::<_, Option<Time>>("requested")?.map(|time| time.0),
    })
}

pub(super) fn open(
    connection: &Connection,
    id: &str,
    script: &str,
    definition: &Value,
) -> Done<ScheduleRecord> {
    let sql = "INSERT INTO schedules (id, script, definition) VALUES (?1, ?2, ?3)
               ON CONFLICT (id) DO UPDATE SET script = ?2, definition = ?3";
    connection.prepare_cached(sql)?.execute(params![id, script, definition.to_string()])?;
    get(connection, id)?.ok_or_else(|| no_schedule(id).into())
}

pub(super) fn all(connection: &Connection) -> Done<Vec<ScheduleRecord>> {
    let sql = format!("SELECT {COLUMNS} FROM schedules ORDER BY id");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map([], record)?.collect::<Result<_, _>>()?)
}

pub(super) fn get(connection: &Connection, id: &str) -> Done<Option<ScheduleRecord>> {
    let sql = format!("SELECT {COLUMNS} FROM schedules WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id], record).optional()?)
}

pub(super) fn save(
    connection: &Connection,
    id: &str,
    state: &Value,
    next: Option<Timestamp>,
) -> Done<()> {
    let sql = "UPDATE schedules SET state = ?2, next = ?3 WHERE id = ?1";
    let values = params![id, state.to_string(), next.map(micros)];
    match connection.prepare_cached(sql)?.execute(values)? {
        0 => Err(no_schedule(id).into()),
        _ => Ok(()),
    }
}

pub(super) fn claim(
    connection: &Connection,
    id: &str,
    due: Timestamp,
    state: &Value,
    run: &NewRun,
) -> Done<Option<u64>> {
    let sql = "SELECT number, claimed_until >= ?2 FROM schedules WHERE id = ?1";
    let found = connection
        .prepare_cached(sql)?
        .query_row(params![id, micros(due)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (number, pruned): (i64, Option<bool>) = found.ok_or_else(|| no_schedule(id))?;
    let sql = "INSERT INTO claims (schedule, due) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    if pruned == Some(true) || connection.prepare_cached(sql)?.execute([number, micros(due)])? == 0
    {
        return Ok(None);
    }
    let sql = "UPDATE schedules SET state = ?2 WHERE number = ?1";
    connection.prepare_cached(sql)?.execute(params![number, state.to_string()])?;
    runs::begin(connection, run, None, Some(due)).map(Some)
}

pub(super) fn pause(connection: &Connection, id: &str, pause: Option<&Pause>) -> Done<bool> {
    let sql = "UPDATE schedules SET pause = ?2 WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.execute(params![id, pause_text(pause)])? > 0)
}

pub(super) fn request(connection: &Connection, id: &str, at: Timestamp) -> Done<bool> {
    let sql = "UPDATE schedules SET requested = ?2 WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.execute(params![id, micros(at)])? > 0)
}

pub(super) fn take_request(connection: &Connection, id: &str) -> Done<bool> {
    let sql = "UPDATE schedules SET requested = NULL WHERE id = ?1 AND requested IS NOT NULL";
    Ok(connection.prepare_cached(sql)?.execute([id])? > 0)
}

pub(super) fn remove(connection: &Connection, id: &str) -> Done<bool> {
    Ok(connection.prepare_cached("DELETE FROM schedules WHERE id = ?1")?.execute([id])? > 0)
}

/// Of due times that are long over, the last claimed one stands for those before it.
pub(super) fn prune(connection: &Connection, before: Timestamp) -> Done<()> {
    let sql = "UPDATE schedules SET claimed_until = (
                   SELECT max(due) FROM claims WHERE schedule = number AND due < ?1)
               WHERE EXISTS (SELECT 1 FROM claims WHERE schedule = number AND due < ?1)";
    connection.prepare_cached(sql)?.execute([micros(before)])?;
    let sql = "DELETE FROM claims WHERE due < ?1";
    connection.prepare_cached(sql)?.execute([micros(before)])?;
    Ok(())
}
