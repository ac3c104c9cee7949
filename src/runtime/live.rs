//! A watch that is followed while a person looks on: in memory, from now on, until it is dropped.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::attempt::{contact, told};
use crate::client::Client;
use crate::store::{EventRecord, MemoryStore, Store};
use crate::watch::{Account, WatchDefinition, cycle, poll_backoff};
use crate::{Error, Result};

/// Events that are taken from the store at once.
const AT_ONCE: usize = 200;
/// Somebody who looks on sees a mended server soon.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What a followed watch tells.
#[derive(Debug, Clone)]
pub enum LiveNews {
    /// It knows what exists, and waits for what is to come.
    Began,
    /// Something happened to a contact.
    Event(LiveEvent),
    /// A word about the API's ways.
    Note(String),
    /// A poll failed. It goes on.
    Problem(Error),
    /// Polls go well again.
    Recovered,
}

/// One event of a followed watch, as its handler is given it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveEvent {
    /// The watch's id.
    pub watch: String,
    /// What happened: `new`, `updated`, `deleted`.
    pub kind: String,
    /// The contact, a JSON document.
    pub contact: Bytes,
    /// The event, a JSON document with `id`, `key`, `attempt`, `watch`, `kind`, `found_at`.
    pub event: Bytes,
}

/// A watch that is being followed. Dropping it ends that.
#[derive(Debug)]
pub struct Live {
    task: AbortHandle,
}

impl Live {
    /// Follows the watch on this runtime: polls as often as it says, and tells what comes, in order. Nothing
    /// is kept, and nobody else is kept from polling it.
    ///
    /// The client is to be used on this runtime alone.
    pub fn follow(
        definition: WatchDefinition,
        client: &Client,
        runtime: &Handle,
        tell: impl FnMut(LiveNews) + Send + 'static,
    ) -> Self {
        let account = Account::new(client);
        let following = Following { definition, account, store: MemoryStore::new(), tell };
        Self { task: runtime.spawn(following.go_on()).abort_handle() }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A watch under way.
struct Following<T> {
    definition: WatchDefinition,
    account: Account,
    store: MemoryStore,
    tell: T,
}

impl<T: FnMut(LiveNews) + Send> Following<T> {
    async fn go_on(mut self) {
        let (mut failures, mut began) = (0, false);
        if let Err(error) = self.open() {
            return (self.tell)(LiveNews::Problem(error));
        }
        loop {
            let begun = Instant::now();
            match self.poll().await {
                Ok(()) => {
                    if !began || failures > 0 {
                        (self.tell)(if began { LiveNews::Recovered } else { LiveNews::Began });
                    }
                    (failures, began) = (0, true);
                }
                Err(error) => {
                    failures += 1;
                    (self.tell)(LiveNews::Problem(error));
                }
            }
            if let Err(error) = self.hand_over() {
                return (self.tell)(LiveNews::Problem(error));
            }
            let every = self.definition.every;
            let wait = poll_backoff(every, failures, fastrand::f64()).min(every.max(LONGEST_WAIT));
            tokio::time::sleep_until(begun + wait).await;
        }
    }

    fn open(&self) -> Result<()> {
        let WatchDefinition { id, kind, .. } = &self.definition;
        self.store.open_watch(id, kind.as_str(), "", &self.definition.identity()).map(drop)
    }

    async fn poll(&mut self) -> Result<()> {
        let every = self.definition.every;
        let done = cycle(&self.account, &self.store, &self.definition, every).await?;
        for note in done.notes {
            (self.tell)(LiveNews::Note(note));
        }
        done.sweep_error.map_or(Ok(()), Err)
    }

    /// Tells what was found, the oldest first, and no more than the limit.
    fn hand_over(&mut self) -> Result<()> {
        let id = self.definition.id.clone();
        self.store.release(&id, self.definition.limit)?;
        loop {
            let due = self.store.due_events(&id, Timestamp::MAX, AT_ONCE)?;
            if due.is_empty() {
                // The contacts of events that were told are not needed any more.
                return self.store.prune(Timestamp::MAX).map(drop);
            }
            for event in due {
                // What becomes of it is for the one who looks on: here it is over.
                self.store.drop_event(event.id)?;
                (self.tell)(LiveNews::Event(live(&event)));
            }
        }
    }
}

fn live(event: &EventRecord) -> LiveEvent {
    LiveEvent {
        watch: event.watch.clone(),
        kind: event.kind.clone(),
        contact: contact(event),
        event: told(event, 1).to_string().into(),
    }
}
