//! Opening the file: what is refused is left as it is.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind as Io, Read};
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::failure::{Done, Failure, damaged, unwritable};
use super::schema::{self, APPLICATION, VERSION};
use crate::store::refusal::state;
use crate::{Error, Result};

/// How long a transaction waits for one of another process. The longest is the commit of a walk over all
/// contacts: some seconds for a million.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many prepared statements are kept: more than there are.
const STATEMENTS: usize = 128;
/// What a file of SQLite begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Opens the file, made to the newest version. It has to be there.
pub(super) fn existing(path: &Path) -> Result<Connection> {
    look_at_header(path)?;
    connect(path).map_err(|failure| failure.about(path))
}

fn connect(path: &Path) -> Done<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    // Otherwise the end of a refused connection would write what is in the log into the file.
    let log = fs::metadata(path.with_extension("db-wal")).is_ok_and(|log| log.len() > 0);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, log)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    not_newer(path, schema::version(&connection)?)?;
    whole(&connection, path)?;
    if connection.is_readonly("main")? {
        return Err(unwritable(path, "it is read-only").into());
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16000;",
    )?;
    schema::migrate(&mut connection)?;
    Ok(connection)
}

/// Makes the file where there is none. It gets its name only when it is whole: a file without tables was
/// damaged, then, and is nothing to begin with as if nothing had been.
pub(super) fn create(folder: &Path, path: &Path) -> Result<()> {
    let cannot = |error: std::io::Error| unwritable(path, &error.to_string());
    make_folder(folder).map_err(cannot)?;
    let lock = private().create(true).open(folder.join("create.lock")).map_err(cannot)?;
    lock.lock().map_err(cannot)?;
    if path.exists() {
        return Ok(());
    }
    let new = path.with_extension("new");
    let rests = ["new", "new-wal", "new-shm", "new-journal", "db-wal", "db-shm"];
    for rest in rests.map(|extension| path.with_extension(extension)) {
        // What a deleted file left behind would be taken for a part of the new one.
        match fs::remove_file(&rest) {
            Err(error) if error.kind() != Io::NotFound => return Err(cannot(error)),
            _ => {}
        }
    }
    let made = build(&new).map_err(|failure| failure.about(path));
    let named = made.and_then(|()| fs::rename(&new, path).map_err(cannot));
    if named.is_err() {
        drop(fs::remove_file(&new));
    }
    named?;
    sync(folder).map_err(cannot)
}

fn build(new: &Path) -> Done<()> {
    let made = private().create_new(true).open(new);
    made.map_err(|error| unwritable(new, &error.to_string()))?;
    let mut connection = Connection::open(new)?;
    schema::migrate(&mut connection)?;
    // Here nobody else has the file yet. Later, two that set this at once would refuse each other at once.
    connection.execute_batch("PRAGMA journal_mode = WAL")?;
    connection.close().map_err(|(_, error)| Failure::Sqlite(error))
}

/// What the header alone tells, before SQLite has the file in its hands.
fn look_at_header(path: &Path) -> Result<()> {
    let mut header = Vec::new();
    let read = File::open(path).and_then(|file| file.take(100).read_to_end(&mut header));
    read.map_err(|error| state(format!("cannot read {}: {error}", path.display())))?;
    let number = |at: usize| {
        let bytes = header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, i32::from_be_bytes)
    };
    if header.is_empty() {
        return Err(damaged(path, "it is empty"));
    }
    if !header.starts_with(MAGIC) || header.len() < 100 {
        return Err(damaged(path, "it is no database"));
    }
    if number(68) != APPLICATION {
        return Err(foreign(path));
    }
    not_newer(path, number(60))
}

fn not_newer(path: &Path, version: i32) -> Result<()> {
    if version <= VERSION {
        return Ok(());
    }
    let what = format!("{} is of a newer cliengo", path.display());
    Err(state(format!("{what} (state version {version}, this one knows {VERSION})"))
        .with_hint("use the newer one, or another folder with CLIENGO_STATE_DIR"))
}

fn whole(connection: &Connection, path: &Path) -> Done<()> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(damaged(path, &found.replace('\n', " ")).into()) }
}

fn foreign(path: &Path) -> Error {
    state(format!("{} is the database of another program", path.display()))
        .with_hint("name another folder with CLIENGO_STATE_DIR")
}

/// For the owner's eyes alone: it holds the contacts' data.
#[cfg(unix)]
fn private() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// A new name survives a power cut only where its folder was written too.
#[cfg(unix)]
fn sync(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}
