//! What a cycle found, in SQLite: staged in a table, so that a million contacts take no memory.

use rusqlite::{Connection, params};

use super::failure::Done;
use super::values::micros;
use super::watches::number;
use crate::store::{CycleEnd, Found};

pub(super) fn begin(connection: &Connection, watch: &str) -> Done<()> {
    forget_staged(connection, number(connection, watch)?)
}

pub(super) fn stage(connection: &Connection, watch: &str, found: &[Found]) -> Done<()> {
    let watch = number(connection, watch)?;
    let sql = "INSERT INTO staged (watch, contact, version, kind, ord, again, payload)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
               ON CONFLICT (watch, contact) DO UPDATE
                   SET version = ?3, kind = ?4, ord = ?5, again = ?6, payload = ?7";
    let mut statement = connection.prepare_cached(sql)?;
    for found in found {
        let event = found.event.as_ref();
        let kind = event.map(|event| &event.kind);
        let order = event.map(|event| micros(event.order));
        let payload = event.map(|event| &*event.payload).filter(|bytes| !bytes.is_empty());
        let again = event.is_some_and(|event| event.again);
        let (contact, version) = (&found.contact, found.version);
        statement.execute(params![watch, contact, version, kind, order, again, payload])?;
    }
    Ok(())
}

/// Each statement goes through all that was staged, in the order that its table has them.
pub(super) fn commit(connection: &Connection, watch: &str, end: &CycleEnd) -> Done<u64> {
    let number = number(connection, watch)?;
    connection.prepare_cached(FORGET_WHAT_IS_KNOWN)?.execute([number])?;
    connection.prepare_cached(KEEP_A_CONTACTS_ORDER)?.execute([number])?;
    let made = connection.prepare_cached(MAKE_EVENTS)?.execute([number, micros(end.at)])?;
    connection.prepare_cached(LEARN)?.execute([number])?;
    connection.prepare_cached(FORGET_THE_GONE)?.execute([number])?;
    forget_staged(connection, number)?;
    let sql = "UPDATE watches SET cursor = ?2, last_poll = ?3, malformed = malformed + ?4,
                   failures = 0, last_error = NULL
               WHERE number = ?1";
    let values = params![number, end.cursor.to_string(), micros(end.at), end.malformed];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(made as u64)
}

fn forget_staged(connection: &Connection, watch: i64) -> Done<()> {
    connection.prepare_cached("DELETE FROM staged WHERE watch = ?1")?.execute([watch])?;
    Ok(())
}

/// `IS`, because a contact that is gone has no version, nor has one that was never known.
const FORGET_WHAT_IS_KNOWN: &str = "
DELETE FROM staged WHERE watch = ?1 AND NOT again AND version IS (
    SELECT version FROM known WHERE known.watch = ?1 AND known.contact = staged.contact)";

const KEEP_A_CONTACTS_ORDER: &str = "
UPDATE staged SET ord = max(ord, coalesce((
    SELECT max(events.ord) FROM events
    WHERE events.watch = ?1 AND events.contact = staged.contact), ord))
WHERE watch = ?1 AND kind IS NOT NULL";

const MAKE_EVENTS: &str = "
INSERT INTO events (watch, contact, version, kind, found_at, ord, payload)
SELECT watch, contact, version, kind, ?2, ord, payload FROM staged
WHERE watch = ?1 AND kind IS NOT NULL ORDER BY ord, contact";

const LEARN: &str = "
INSERT INTO known (watch, contact, version)
SELECT watch, contact, version FROM staged
WHERE watch = ?1 AND version IS NOT NULL ORDER BY contact
ON CONFLICT (watch, contact) DO UPDATE SET version = excluded.version";

const FORGET_THE_GONE: &str = "
DELETE FROM known WHERE watch = ?1 AND contact IN (
    SELECT contact FROM staged WHERE watch = ?1 AND version IS NULL)";
