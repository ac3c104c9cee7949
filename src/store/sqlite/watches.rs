//! Watches in SQLite.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use super::failure::Done;
use super::values::{Json, Time, limit, micros, pause_text};
use crate::store::refusal::no_watch;
use crate::store::{Pause, Version, WatchRecord};

const COLUMNS: &str = "id, kind, script, definition, generation, cursor, pause, last_poll, failures, \
                       last_error, malformed";

fn record(row: &Row<'_>) -> rusqlite::Result<WatchRecord> {
    Ok(WatchRecord {
        id: row.get("id")?,
        kind: row.get("kind")?,
        script: row.get("script")?,
        definition: row.get::<_, Json>("definition")?.0,
        generation: row.get("generation")?,
        cursor: row.get::<_, Option<Json>>("cursor")?.map(|json| json.0),
        pause: row.get::<_, Option<Json<Pause>>>("pause")?.map(|json| json.0),
        last_poll: row.get::<_, Option<Time>>("last_poll")?.map(|time| time.0),
        failures: row.get("failures")?,
        last_error: row.get("last_error")?,
        malformed: row.get("malformed")?,
    })
}

pub(super) fn open(
    connection: &Connection,
    id: &str,
    kind: &str,
    script: &str,
    definition: &Value,
) -> Done<WatchRecord> {
    let before = get(connection, id)?;
    let text = definition.to_string();
    // Compared as it will be read: a fraction may come back from its text a little different.
    let changed =
        before.is_some_and(|before| serde_json::from_str(&text).ok() != Some(before.definition));
    let sql = "INSERT INTO watches (id, kind, script, definition) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (id) DO UPDATE SET kind = ?2, script = ?3, definition = ?4,
                   generation = generation + ?5";
    let values = params![id, kind, script, text, u32::from(changed)];
    connection.prepare_cached(sql)?.execute(values)?;
    get(connection, id)?.ok_or_else(|| no_watch(id).into())
}

pub(super) fn all(connection: &Connection) -> Done<Vec<WatchRecord>> {
    let sql = format!("SELECT {COLUMNS} FROM watches ORDER BY id");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map([], record)?.collect::<Result<_, _>>()?)
}

pub(super) fn get(connection: &Connection, id: &str) -> Done<Option<WatchRecord>> {
    let sql = format!("SELECT {COLUMNS} FROM watches WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id], record).optional()?)
}

pub(super) fn number(connection: &Connection, id: &str) -> Done<i64> {
    let sql = "SELECT number FROM watches WHERE id = ?1";
    let number = connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    number.ok_or_else(|| no_watch(id).into())
}

pub(super) fn pause(connection: &Connection, id: &str, pause: Option<&Pause>) -> Done<bool> {
    let sql = "UPDATE watches SET pause = ?2 WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.execute(params![id, pause_text(pause)])? > 0)
}

pub(super) fn remove(connection: &Connection, id: &str) -> Done<bool> {
    Ok(connection.prepare_cached("DELETE FROM watches WHERE id = ?1")?.execute([id])? > 0)
}

pub(super) fn note_poll(
    connection: &Connection,
    id: &str,
    at: Timestamp,
    error: Option<&str>,
) -> Done<()> {
    let sql = "UPDATE watches SET last_poll = ?2, last_error = ?3,
                   failures = CASE WHEN ?3 IS NULL THEN 0 ELSE failures + 1 END
               WHERE id = ?1";
    match connection.prepare_cached(sql)?.execute(params![id, micros(at), error])? {
        0 => Err(no_watch(id).into()),
        _ => Ok(()),
    }
}

pub(super) fn known(
    connection: &Connection,
    watch: &str,
    contacts: &[&str],
) -> Done<Vec<Option<Version>>> {
    let sql = "SELECT version FROM known
               WHERE watch = (SELECT number FROM watches WHERE id = ?1) AND contact = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut versions = Vec::with_capacity(contacts.len());
    for contact in contacts {
        versions.push(statement.query_row([watch, contact], |row| row.get(0)).optional()?);
    }
    Ok(versions)
}

pub(super) fn known_ids(
    connection: &Connection,
    watch: &str,
    after: Option<&str>,
    most: usize,
) -> Done<Vec<String>> {
    // No id is empty, so that all are behind the empty one.
    let sql = "SELECT contact FROM known
               WHERE watch = (SELECT number FROM watches WHERE id = ?1) AND contact > ?2
               ORDER BY contact LIMIT ?3";
    let values = params![watch, after.unwrap_or_default(), limit(Some(most))];
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map(values, |row| row.get(0))?.collect::<Result<_, _>>()?)
}
