//! The tables, and how an older file comes to have them.
//!
//! Words instead of numbers for states, so that anybody can read the file with any tool; contacts under
//! their watch's number, because there may be millions.

use rusqlite::Connection;

use super::failure::Done;

/// Says in the file's header whose it is: "CLIG".
pub(super) const APPLICATION: i32 = 0x434c_4947;

/// Each brings a file one version further. One that was ever released is never changed.
const MIGRATIONS: [&str; 2] = [TABLES, WRITES];

/// The version of a file that has them all.
pub(super) const VERSION: i32 = MIGRATIONS.len() as i32;

const TABLES: &str = "
CREATE TABLE watches (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    script TEXT NOT NULL,
    definition TEXT NOT NULL,
    generation INTEGER NOT NULL DEFAULT 1,
    cursor TEXT,
    pause TEXT,
    last_poll INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    malformed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE known (
    watch INTEGER NOT NULL REFERENCES watches (number) ON DELETE CASCADE,
    contact TEXT NOT NULL,
    version BLOB NOT NULL,
    PRIMARY KEY (watch, contact)
) STRICT, WITHOUT ROWID;

CREATE TABLE staged (
    watch INTEGER NOT NULL REFERENCES watches (number) ON DELETE CASCADE,
    contact TEXT NOT NULL,
    version BLOB,
    kind TEXT,
    ord INTEGER,
    again INTEGER NOT NULL DEFAULT 0,
    payload BLOB,
    UNIQUE (watch, contact)
) STRICT;
CREATE INDEX staged_events ON staged (watch, ord, contact) WHERE kind IS NOT NULL;

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    watch INTEGER NOT NULL REFERENCES watches (number) ON DELETE CASCADE,
    contact TEXT NOT NULL,
    version BLOB,
    kind TEXT NOT NULL,
    found_at INTEGER NOT NULL,
    ord INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    attempts INTEGER NOT NULL DEFAULT 0,
    due INTEGER,
    ended_at INTEGER,
    error TEXT,
    script_hash TEXT,
    run INTEGER,
    payload BLOB
) STRICT;
CREATE INDEX events_line ON events (watch, state, ord);
CREATE INDEX events_contact ON events (watch, contact, ord);
CREATE INDEX events_active ON events (watch, contact) WHERE state IN ('ready', 'running', 'retry');
CREATE INDEX events_due ON events (watch, due) WHERE state = 'retry';
CREATE INDEX events_ended ON events (ended_at)
    WHERE state IN ('done', 'dropped') AND payload IS NOT NULL;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    script TEXT NOT NULL,
    script_hash TEXT NOT NULL,
    input TEXT NOT NULL,
    started INTEGER NOT NULL,
    event INTEGER,
    attempt INTEGER,
    due INTEGER,
    state TEXT NOT NULL DEFAULT 'running',
    ended INTEGER,
    error TEXT,
    result TEXT,
    log TEXT,
    http TEXT,
    writes TEXT
) STRICT;
CREATE INDEX runs_subject ON runs (subject);
CREATE INDEX runs_event ON runs (event) WHERE event IS NOT NULL;
CREATE INDEX runs_running ON runs (subject) WHERE state = 'running';
CREATE INDEX runs_ended ON runs (ended) WHERE ended IS NOT NULL;

CREATE TABLE schedules (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    script TEXT NOT NULL,
    definition TEXT NOT NULL,
    state TEXT,
    next INTEGER,
    pause TEXT,
    requested INTEGER,
    claimed_until INTEGER
) STRICT;

CREATE TABLE claims (
    schedule INTEGER NOT NULL REFERENCES schedules (number) ON DELETE CASCADE,
    due INTEGER NOT NULL,
    PRIMARY KEY (schedule, due)
) STRICT, WITHOUT ROWID;

CREATE TABLE steps (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT;
CREATE INDEX steps_done ON steps (at) WHERE state = 'done';

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
";

const WRITES: &str = "
CREATE TABLE writes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    body TEXT NOT NULL,
    contact TEXT,
    before TEXT,
    outcome TEXT NOT NULL DEFAULT 'unknown',
    ended INTEGER,
    status INTEGER,
    created TEXT,
    after TEXT
) STRICT;
CREATE INDEX writes_run ON writes (run);
CREATE INDEX writes_contact ON writes (contact) WHERE contact IS NOT NULL;
CREATE INDEX writes_created ON writes (created) WHERE created IS NOT NULL;

CREATE TABLE run_notes (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
";

/// Brings the file to the newest version, each step as a whole. Another process may do so at the same time.
pub(super) fn migrate(connection: &mut Connection) -> Done<()> {
    while version(connection)? < VERSION {
        let transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let at = version(&transaction)?;
        if let Some(step) = usize::try_from(at).ok().and_then(|at| MIGRATIONS.get(at)) {
            transaction.execute_batch(step)?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", at + 1)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

/// The version of the file.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
