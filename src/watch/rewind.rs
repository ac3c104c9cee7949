//! Moves a watch back or forward on purpose.

use jiff::Timestamp;

use super::{Cursor, From};
use crate::store::{CycleEnd, EventQuery, EventState, Store};
use crate::{Error, ErrorKind, Result};

/// Events that are dropped at a time.
const CHUNK: usize = 1_000;

/// Makes the next cycle of a watch begin elsewhere. Whoever calls this is the watch's only poller.
///
/// - [`From::Instant`], [`From::Beginning`]: what was created (for a watch of updates: or changed) at that
///   instant or later fires again, once, even if it fired before. What nobody has found yet fires as ever.
/// - [`From::Now`]: what is there then is known and fires nothing, and events that wait are dropped. Those
///   in a handler stay, and so do dead ones.
///
/// False where the watch has not begun: its definition's `from` says where it will.
///
/// ```
/// use cliengo::store::{MemoryStore, Store};
/// use cliengo::watch::{From, rewind};
///
/// let store = MemoryStore::new();
/// store.open_watch("leads", "new_contacts", "leads.lua", &serde_json::Value::Null)?;
/// assert!(!rewind(&store, "leads", From::Beginning, jiff::Timestamp::now())?);
/// # Ok::<(), cliengo::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::State`]: there is no such watch, or what is kept of it cannot be read or written.
pub fn rewind(store: &dyn Store, id: &str, from: From, now: Timestamp) -> Result<bool> {
    let record = store.watch(id)?.ok_or_else(|| no_watch(id))?;
    let Some(mut cursor) = record.cursor.map(|kept| Cursor::read(id, kept)).transpose()? else {
        return Ok(false);
    };
    cursor.rewind = Some(from);
    store.begin_cycle(id)?;
    store.commit_cycle(id, &CycleEnd { cursor: cursor.write()?, at: now, malformed: 0 })?;
    if from == From::Now {
        drop_backlog(store, id)?;
    }
    Ok(true)
}

/// The error of a watch that is not kept.
pub(crate) fn no_watch(id: &str) -> Error {
    Error::new(ErrorKind::State, format!("the watch {id} is not in the state"))
}

fn drop_backlog(store: &dyn Store, id: &str) -> Result<()> {
    let waiting = EventQuery {
        watch: Some(id.to_owned()),
        states: vec![EventState::Pending, EventState::Ready, EventState::Retry],
        limit: Some(CHUNK),
        ..EventQuery::default()
    };
    loop {
        let mut dropped = 0;
        for event in store.events(&waiting)? {
            dropped += usize::from(store.drop_event(event.id)?);
        }
        if dropped == 0 {
            return Ok(());
        }
    }
}
