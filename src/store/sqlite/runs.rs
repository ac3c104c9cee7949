//! Runs in SQLite.

use jiff::Timestamp;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use serde_json::Value;

use super::failure::Done;
use super::values::{Json, Time, limit, micros, number};
use crate::store::refusal::no_run;
use crate::store::{NewRun, RunEnd, RunQuery, RunRecord};

const COLUMNS: &str = "id, kind, subject, script, script_hash, input, started, event, attempt, due, state, \
                       ended, error, result, log, http, writes";

fn record(row: &Row<'_>) -> rusqlite::Result<RunRecord> {
    let time =
        |column: &str| row.get::<_, Option<Time>>(column).map(|time| time.map(|time| time.0));
    Ok(RunRecord {
        id: row.get("id")?,
        begin: NewRun {
            kind: row.get("kind")?,
            subject: row.get("subject")?,
            script: row.get("script")?,
            script_hash: row.get("script_hash")?,
            input: row.get::<_, Json>("input")?.0,
            started: row.get::<_, Time>("started")?.0,
        },
        event: row.get("event")?,
        attempt: row.get("attempt")?,
        due: time("due")?,
        state: row.get("state")?,
        end: time("ended")?.map(|ended| end_record(row, ended)).transpose()?,
    })
}

fn end_record(row: &Row<'_>, ended: Timestamp) -> rusqlite::Result<RunEnd> {
    Ok(RunEnd {
        state: row.get("state")?,
        ended,
        result: row.get::<_, Json>("result")?.0,
        error: row.get("error")?,
        log: row.get::<_, Json<Vec<Value>>>("log")?.0,
        http: row.get::<_, Json<Vec<Value>>>("http")?.0,
        writes: row.get::<_, Json<Vec<String>>>("writes")?.0,
    })
}

/// Records a run: an attempt at an event, one of a due time, or neither.
pub(super) fn begin(
    connection: &Connection,
    run: &NewRun,
    attempt: Option<(u64, u32)>,
    due: Option<Timestamp>,
) -> Done<u64> {
    let sql =
        "INSERT INTO runs (kind, subject, script, script_hash, input, started, event, attempt, due)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let (event, attempt) = attempt.unzip();
    connection.prepare_cached(sql)?.execute(params![
        run.kind,
        run.subject,
        run.script,
        run.script_hash,
        run.input.to_string(),
        micros(run.started),
        event,
        attempt,
        due.map(micros),
    ])?;
    Ok(connection.last_insert_rowid().unsigned_abs())
}

pub(super) fn end(connection: &Connection, id: u64, how: &RunEnd) -> Done<()> {
    let sql = "SELECT state = 'running' FROM runs WHERE id = ?1";
    let running =
        connection.prepare_cached(sql)?.query_row([number(id)], |row| row.get(0)).optional()?;
    if running.ok_or_else(|| no_run(id))? {
        write_end(connection, id, &how.capped())?;
    }
    Ok(())
}

fn write_end(connection: &Connection, id: u64, how: &RunEnd) -> Done<()> {
    let sql =
        "UPDATE runs SET state = ?2, ended = ?3, error = ?4, result = ?5, log = ?6, http = ?7,
                   writes = ?8
               WHERE id = ?1";
    let list = |items: &[Value]| Value::from(items).to_string();
    connection.prepare_cached(sql)?.execute(params![
        id,
        how.state,
        micros(how.ended),
        how.error,
        how.result.to_string(),
        list(&how.log),
        list(&how.http),
        Value::from(how.writes.as_slice()).to_string(),
    ])?;
    Ok(())
}

pub(super) fn lose(connection: &Connection, subjects: &[String], now: Timestamp) -> Done<u64> {
    let mut lost = 0;
    for subject in subjects {
        let sql = "SELECT id FROM runs
                   WHERE subject = ?1 AND kind <> 'event' AND state = 'running'";
        lost += lose_all(connection, sql, subject, now)?;
    }
    Ok(lost)
}

pub(super) fn lose_of_event(connection: &Connection, event: u64, now: Timestamp) -> Done<u64> {
    let sql = "SELECT id FROM runs WHERE event = ?1 AND state = 'running'";
    lose_all(connection, sql, event, now)
}

fn lose_all(
    connection: &Connection,
    which: &str,
    of: impl rusqlite::ToSql,
    now: Timestamp,
) -> Done<u64> {
    let mut statement = connection.prepare_cached(which)?;
    let runs = statement.query_map([of], |row| row.get(0))?;
    let runs = runs.collect::<rusqlite::Result<Vec<u64>>>()?;
    runs.iter().try_for_each(|run| write_end(connection, *run, &RunEnd::lost(now)))?;
    Ok(runs.len() as u64)
}

pub(super) fn get(connection: &Connection, id: u64) -> Done<Option<RunRecord>> {
    let sql = format!("SELECT {COLUMNS} FROM runs WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([number(id)], record).optional()?)
}

pub(super) fn list(connection: &Connection, query: &RunQuery) -> Done<Vec<RunRecord>> {
    let mut sql = format!("SELECT {COLUMNS} FROM runs WHERE true");
    let mut values: Vec<Sql> = Vec::new();
    if let Some(subject) = &query.subject {
        sql.push_str(" AND subject = ?");
        values.push(subject.clone().into());
    }
    if let Some(state) = query.state {
        sql.push_str(&format!(" AND state = '{}'", state.as_str()));
    }
    if let Some(event) = query.event {
        sql.push_str(" AND event = ?");
        values.push(number(event).into());
    }
    sql.push_str(" ORDER BY id DESC LIMIT ?");
    values.push(limit(query.limit).into());
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map(params_from_iter(values), record)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn prune(connection: &Connection, before: Timestamp) -> Done<u64> {
    let sql = "DELETE FROM runs WHERE ended < ?1";
    Ok(connection.prepare_cached(sql)?.execute([micros(before)])? as u64)
}
