//! Events in SQLite: the line they stand in, and what is asked about them.

use jiff::Timestamp;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::failure::Done;
use super::values::{Payload, Time, limit, micros, number};
use crate::store::{EventQuery, EventRecord, EventState};

const COLUMNS: &str = "e.id, w.id AS watch_id, e.contact, e.version, e.kind, e.found_at, e.ord, e.state, \
                       e.attempts, e.due, e.ended_at, e.error, e.script_hash, e.run, e.payload";

fn record(row: &Row<'_>) -> rusqlite::Result<EventRecord> {
    let time =
        |column: &str| row.get::<_, Option<Time>>(column).map(|time| time.map(|time| time.0));
    Ok(EventRecord {
        id: row.get("id")?,
        watch: row.get("watch_id")?,
        contact: row.get("contact")?,
        version: row.get("version")?,
        kind: row.get("kind")?,
        payload: row.get::<_, Payload>("payload")?.0,
        found_at: row.get::<_, Time>("found_at")?.0,
        order: row.get::<_, Time>("ord")?.0,
        state: row.get("state")?,
        attempts: row.get("attempts")?,
        due: time("due")?,
        ended_at: time("ended_at")?,
        error: row.get("error")?,
        script_hash: row.get("script_hash")?,
        run: row.get("run")?,
    })
}

pub(super) fn get(connection: &Connection, id: u64) -> Done<Option<EventRecord>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM events e JOIN watches w ON w.number = e.watch WHERE e.id = ?1"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([number(id)], record).optional()?)
}

/// Writes what a transition may have changed.
pub(super) fn save(connection: &Connection, event: &EventRecord) -> Done<()> {
    let sql = "UPDATE events SET state = ?2, attempts = ?3, due = ?4, ended_at = ?5, error = ?6,
                   script_hash = ?7, run = ?8
               WHERE id = ?1";
    connection.prepare_cached(sql)?.execute(params![
        event.id,
        event.state,
        event.attempts,
        event.due.map(micros),
        event.ended_at.map(micros),
        event.error,
        event.script_hash,
        event.run,
    ])?;
    Ok(())
}

pub(super) fn release(connection: &Connection, watch: &str, most: u64) -> Done<u64> {
    let sql = "UPDATE events SET state = 'ready' WHERE id IN (
                   SELECT id FROM events
                   WHERE watch = (SELECT number FROM watches WHERE id = ?1) AND state = 'pending'
                   ORDER BY ord, id LIMIT ?2)";
    let most = limit(usize::try_from(most).ok());
    Ok(connection.prepare_cached(sql)?.execute(params![watch, most])? as u64)
}

pub(super) fn due(
    connection: &Connection,
    watch: &str,
    now: Timestamp,
    most: usize,
) -> Done<Vec<EventRecord>> {
    let mut statement = connection.prepare_cached(&due_sql())?;
    let rows = statement.query_map(params![watch, micros(now), limit(Some(most))], record)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Two short lists, each by its own index, so that neither a long line behind them nor many retries that
/// are not due cost anything.
fn due_sql() -> String {
    const FREE: &str = "NOT EXISTS (
        SELECT 1 FROM events b
        WHERE b.watch = e.watch AND b.contact = e.contact
            AND b.state IN ('ready', 'running', 'retry')
            AND (b.state = 'running' OR (b.ord, b.id) < (e.ord, e.id)))";
    let list = |which: &str| {
        format!(
            "SELECT id FROM (
                 SELECT e.id FROM events e
                 WHERE e.watch = (SELECT number FROM watches WHERE id = ?1) AND {which} AND {FREE}
                 ORDER BY e.ord, e.id LIMIT ?3)"
        )
    };
    format!(
        "SELECT {COLUMNS} FROM events e JOIN watches w ON w.number = e.watch
         WHERE e.id IN ({} UNION ALL {}) ORDER BY e.ord, e.id LIMIT ?3",
        list("e.state = 'ready'"),
        list("e.state = 'retry' AND e.due <= ?2"),
    )
}

pub(super) fn next_retry(connection: &Connection, watch: &str) -> Done<Option<Timestamp>> {
    let sql = "SELECT min(due) FROM events
               WHERE watch = (SELECT number FROM watches WHERE id = ?1) AND state = 'retry'";
    let time: Option<Time> =
        connection.prepare_cached(sql)?.query_row([watch], |row| row.get(0))?;
    Ok(time.map(|time| time.0))
}

pub(super) fn list(connection: &Connection, query: &EventQuery) -> Done<Vec<EventRecord>> {
    let mut sql =
        format!("SELECT {COLUMNS} FROM events e JOIN watches w ON w.number = e.watch WHERE true");
    let mut values: Vec<Sql> = Vec::new();
    if let Some(watch) = &query.watch {
        sql.push_str(" AND e.watch = (SELECT number FROM watches WHERE id = ?)");
        values.push(watch.clone().into());
    }
    if let Some(contact) = &query.contact {
        sql.push_str(" AND e.contact = ?");
        values.push(contact.clone().into());
    }
    if !query.states.is_empty() {
        let words: Vec<_> = query.states.iter().map(|s| format!("'{}'", s.as_str())).collect();
        sql.push_str(&format!(" AND e.state IN ({})", words.join(", ")));
    }
    sql.push_str(" ORDER BY e.id DESC LIMIT ?");
    values.push(limit(query.limit).into());
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map(params_from_iter(values), record)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn counts(connection: &Connection, watch: &str) -> Done<Vec<(EventState, u64)>> {
    let sql = "SELECT state, count(*) FROM events
               WHERE watch = (SELECT number FROM watches WHERE id = ?1) GROUP BY state";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([watch], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut counts = rows.collect::<Result<Vec<_>, _>>()?;
    counts.sort_unstable();
    Ok(counts)
}

pub(super) fn prune(connection: &Connection, before: Timestamp) -> Done<u64> {
    let sql = "UPDATE events SET payload = NULL
               WHERE state IN ('done', 'dropped') AND payload IS NOT NULL AND ended_at < ?1";
    Ok(connection.prepare_cached(sql)?.execute([micros(before)])? as u64)
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;
    use crate::store::sqlite::schema;

    /// A watch with 100,000 events in this state, of as many contacts, and one ready event before them.
    fn a_long_line(state: &str, due: i64) -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        let sql = format!(
            "INSERT INTO watches (id, kind, script, definition) VALUES ('w', 'k', 's', '{{}}');
             INSERT INTO events (watch, contact, kind, found_at, ord, state)
                 VALUES (1, 'first', 'new', 0, 0, 'ready');
             WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100000)
             INSERT INTO events (watch, contact, kind, found_at, ord, state, due)
                 SELECT 1, 'contact ' || n, 'new', 0, n * 7919 % 100000, '{state}', {due} FROM n;"
        );
        connection.execute_batch(&sql).unwrap();
        connection
    }

    /// How many steps SQLite's machine takes to find ten due events.
    fn steps(connection: &Connection) -> i32 {
        let found = due(connection, "w", Timestamp::UNIX_EPOCH, 10).unwrap();
        assert_eq!(found.first().unwrap().contact, "first");
        let statement = connection.prepare_cached(&due_sql()).unwrap();
        statement.get_status(StatementStatus::VmStep)
    }

    #[test]
    fn a_long_line_costs_nothing_when_due_events_are_looked_for() {
        for (state, due) in [("pending", 0), ("ready", 0), ("done", 0), ("dead", 0), ("retry", 1)] {
            let steps = steps(&a_long_line(state, due));
            assert!((1..5000).contains(&steps), "{steps} steps with 100,000 {state} events");
        }
    }

    #[test]
    fn an_event_behind_many_of_its_contact_that_are_over_is_found_as_fast() {
        let connection = a_long_line("done", 0);
        connection.execute("UPDATE events SET contact = 'first'", []).unwrap();
        let steps = steps(&connection);
        assert!(steps < 5000, "{steps} steps");
    }
}
