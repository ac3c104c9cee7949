//! A store in one file of SQLite, which several processes may use at once.
//!
//! Each method is one short transaction, on the disk when the method comes back. What is staged, when a
//! watch polled last, and how a write ended need not survive a power cut, and are the exception: the disk is
//! not waited for.

mod attempts;
mod cycle;
mod events;
mod failure;
mod open;
mod runs;
mod schedules;
mod schema;
mod steps;
mod store;
mod values;
mod watches;
mod writes;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use self::failure::{Done, Failure};
use crate::Result;

/// A store in the file `state.db` of a folder.
///
/// ```
/// use cliengo::store::{SqliteStore, Store};
/// use serde_json::json;
///
/// # let folder = tempfile::tempdir().unwrap();
/// # let folder = folder.path();
/// let store = SqliteStore::open(folder)?;
/// store.set_setting("greeting", &json!("hola"))?;
/// drop(store);
/// assert_eq!(SqliteStore::open(folder)?.setting("greeting")?, Some(json!("hola")));
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Debug)]
pub struct SqliteStore {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl SqliteStore {
    /// The store of this folder. Folder and file are made where they are not there, for the owner alone.
    ///
    /// # Errors
    /// [`ErrorKind::State`](crate::ErrorKind::State) where they cannot be made or written, and for a file
    /// that is damaged, of a newer version or of another program: it is left as it is.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join("state.db");
        if !path.exists() {
            open::create(folder, &path)?;
        }
        Ok(Self { connection: open::existing(&path)?.into(), path })
    }

    /// The store of this folder, where there is one.
    ///
    /// # Errors
    /// As for [`open`](Self::open).
    pub fn open_existing(folder: &Path) -> Result<Option<Self>> {
        folder.join("state.db").exists().then(|| Self::open(folder)).transpose()
    }

    /// Goes through the whole file, which takes a while where it is large: what is wrong with it, a line
    /// each; nothing where it is well.
    ///
    /// # Errors
    /// [`ErrorKind::State`](crate::ErrorKind::State) where it cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>> {
        self.read(|connection| {
            let mut statement = connection.prepare("PRAGMA integrity_check")?;
            let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
            let lines = lines.collect::<Result<Vec<_>, _>>()?;
            Ok(lines.into_iter().filter(|line| line != "ok").collect())
        })
    }

    /// Lets the file grow no further than to so many pages of 4 KiB; without a number, as far as the disk
    /// allows. Beyond that every write fails as on a full disk.
    ///
    /// # Errors
    /// [`ErrorKind::State`](crate::ErrorKind::State) where the file cannot be read.
    pub fn limit_pages(&self, pages: Option<u32>) -> Result<()> {
        self.read(|connection| {
            let pages = pages.unwrap_or(u32::MAX - 1);
            connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
            Ok(())
        })
    }

    /// A panic elsewhere is no reason to stop: what it had not committed was taken back.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, ask: impl FnOnce(&Connection) -> Done<T>) -> Result<T> {
        ask(&self.connection()).map_err(|failure| failure.about(&self.path))
    }

    /// One transaction. It begins as a writing one, for one that read first could not wait for others.
    fn write<T>(&self, change: impl FnOnce(&Connection) -> Done<T>) -> Result<T> {
        transaction(&mut self.connection(), change).map_err(|failure| failure.about(&self.path))
    }

    /// One transaction that a power cut may take back.
    fn write_lightly<T>(&self, change: impl FnOnce(&Connection) -> Done<T>) -> Result<T> {
        let mut connection = self.connection();
        let durable = |durable: bool, connection: &Connection| {
            let word = if durable { "FULL" } else { "NORMAL" };
            connection.pragma_update(None, "synchronous", word).map_err(Failure::from)
        };
        let done = durable(false, &connection).and_then(|()| transaction(&mut connection, change));
        let restored = durable(true, &connection);
        done.and_then(|done| restored.map(|()| done)).map_err(|failure| failure.about(&self.path))
    }
}

fn transaction<T>(
    connection: &mut Connection,
    change: impl FnOnce(&Connection) -> Done<T>,
) -> Done<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = change(&transaction)?;
    transaction.commit()?;
    Ok(done)
}
