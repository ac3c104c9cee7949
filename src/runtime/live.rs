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

#[cfg(all(test, feature = "emulator"))]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::client::NewContact;
    use crate::emulator::{Emulator, EmulatorOptions};
    use crate::watch::WatchKind;

    #[tokio::test]
    async fn what_comes_after_the_beginning_is_told() {
        let emulator =
            Emulator::start(EmulatorOptions { contacts: 20, ..EmulatorOptions::default() })
                .unwrap();
        let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
        let client = client.build().unwrap();
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        let every = Duration::from_millis(10);
        let definition = WatchDefinition { every, ..WatchDefinition::new(WatchKind::New, "w") };
        let _live = Live::follow(definition, &client, &Handle::current(), move |news| {
            drop(tell.send(news));
        });
        while !matches!(told.recv().await.unwrap(), LiveNews::Began) {}
        let sites = client.sites().list().await.unwrap();
        let new = NewContact {
            website_id: sites[0]["id"].as_str().unwrap().into(),
            name: "Ana".into(),
            phone: "+54 9 11 5555 0100".into(),
            ..NewContact::default()
        };
        let created = client.contacts().create(&new).await.unwrap();
        loop {
            let LiveNews::Event(event) = told.recv().await.unwrap() else { continue };
            let contact: serde_json::Value = serde_json::from_slice(&event.contact).unwrap();
            assert_eq!(
                (contact["id"].as_str(), event.kind.as_str()),
                (created.id.as_deref(), "new")
            );
            let event: serde_json::Value = serde_json::from_slice(&event.event).unwrap();
            assert_eq!(event["watch"], "w");
            return;
        }
    }

    #[test]
    fn a_watch_that_is_dropped_tells_nothing_more() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = Client::builder().base_url("http://127.0.0.1:9").api_key("k").build().unwrap();
        let (tell, told) = mpsc::channel();
        let definition = WatchDefinition::new(WatchKind::New, "w");
        let live = Live::follow(definition, &client, runtime.handle(), move |news| {
            drop(tell.send(news));
        });
        drop(live);
        runtime.block_on(tokio::task::yield_now());
        assert!(told.recv().is_err(), "its end of the channel is gone, and nothing was told");
    }
}
