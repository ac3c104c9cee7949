//! The writes of runs in SQLite, and what is noted of a run after its end.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value};

use super::failure::Done;
use super::values::{Json, Time, micros, number};
use crate::store::refusal::no_write;
use crate::store::{JournaledWrite, NewWrite, WriteCounts, WriteEnd};

const COLUMNS: &str = "id, at, account, kind, method, path, body, contact, before, outcome, ended, status, \
                       created, after";

fn record(row: &Row<'_>) -> rusqlite::Result<JournaledWrite> {
    let contact = |column: &str| {
        row.get::<_, Option<Json<Map<String, Value>>>>(column).map(|json| json.map(|json| json.0))
    };
    let ended: Option<Time> = row.get("ended")?;
    Ok(JournaledWrite {
        id: row.get("id")?,
        begin: NewWrite {
            at: row.get::<_, Time>("at")?.0,
            account: row.get("account")?,
            kind: row.get("kind")?,
            method: row.get("method")?,
            path: row.get("path")?,
            body: row.get::<_, Json>("body")?.0,
            contact: row.get("contact")?,
            before: contact("before")?,
        },
        end: match ended {
            Some(ended) => Some(WriteEnd {
                at: ended.0,
                outcome: row.get("outcome")?,
                status: row.get("status")?,
                created: row.get("created")?,
                after: contact("after")?,
            }),
            None => None,
        },
    })
}

fn text(contact: Option<&Map<String, Value>>) -> Option<String> {
    contact.and_then(|contact| serde_json::to_string(contact).ok())
}

pub(super) fn begin(connection: &Connection, run: u64, write: &NewWrite) -> Done<u64> {
    let sql = "INSERT INTO writes (run, at, account, kind, method, path, body, contact, before)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    connection.prepare_cached(sql)?.execute(params![
        number(run),
        micros(write.at),
        write.account,
        write.kind,
        write.method,
        write.path,
        write.body.to_string(),
        write.contact,
        text(write.before.as_ref()),
    ])?;
    Ok(connection.last_insert_rowid().unsigned_abs())
}

pub(super) fn end(connection: &Connection, id: u64, end: &WriteEnd) -> Done<()> {
    let sql = "UPDATE writes SET outcome = ?2, ended = ?3, status = ?4, created = ?5, after = ?6
               WHERE id = ?1";
    let values = params![
        number(id),
        end.outcome,
        micros(end.at),
        end.status,
        end.created,
        text(end.after.as_ref()),
    ];
    match connection.prepare_cached(sql)?.execute(values)? {
        0 => Err(no_write(id).into()),
        _ => Ok(()),
    }
}

pub(super) fn list(connection: &Connection, run: u64) -> Done<Vec<JournaledWrite>> {
    page(connection, run, 0, usize::MAX)
}

pub(super) fn page(
    connection: &Connection,
    run: u64,
    after: u64,
    most: usize,
) -> Done<Vec<JournaledWrite>> {
    let sql =
        format!("SELECT {COLUMNS} FROM writes WHERE run = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
    let mut statement = connection.prepare_cached(&sql)?;
    let values = [number(run), number(after), number(most as u64)];
    Ok(statement.query_map(values, record)?.collect::<Result<_, _>>()?)
}

pub(super) fn of_contact(connection: &Connection, id: &str) -> Done<Vec<(u64, JournaledWrite)>> {
    let sql =
        format!("SELECT run, {COLUMNS} FROM writes WHERE contact = ?1 OR created = ?1 ORDER BY id");
    let mut statement = connection.prepare_cached(&sql)?;
    let with_run = |row: &Row<'_>| Ok((row.get("run")?, record(row)?));
    Ok(statement.query_map([id], with_run)?.collect::<Result<_, _>>()?)
}

pub(super) fn count(connection: &Connection, run: u64) -> Done<WriteCounts> {
    let sql = "SELECT count(*), count(*) FILTER (WHERE kind IN ('create', 'update', 'delete'))
               FROM writes WHERE run = ?1 AND outcome <> 'refused'";
    let counts = |row: &Row<'_>| Ok(WriteCounts { all: row.get(0)?, undoable: row.get(1)? });
    Ok(connection.prepare_cached(sql)?.query_row([number(run)], counts)?)
}

pub(super) fn note(connection: &Connection, run: u64, name: &str) -> Done<Option<Value>> {
    let sql = "SELECT value FROM run_notes WHERE run = ?1 AND name = ?2";
    let values = params![number(run), name];
    let value: Option<Json> =
        connection.prepare_cached(sql)?.query_row(values, |row| row.get(0)).optional()?;
    Ok(value.map(|value| value.0))
}

pub(super) fn set_note(connection: &Connection, run: u64, name: &str, value: &Value) -> Done<()> {
    let sql = "INSERT INTO run_notes (run, name, value) VALUES (?1, ?2, ?3)
               ON CONFLICT (run, name) DO UPDATE SET value = ?3";
    connection.prepare_cached(sql)?.execute(params![number(run), name, value.to_string()])?;
    Ok(())
}

pub(super) fn prune_scripts(connection: &Connection, before: Timestamp) -> Done<u64> {
    let sql = "DELETE FROM runs WHERE ended < ?1 AND kind = 'script'";
    Ok(connection.prepare_cached(sql)?.execute([micros(before)])? as u64)
}
