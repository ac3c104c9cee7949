//! What all parts of a daemon share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;

use super::hooks::Hooks;
use super::metrics::Metrics;
use super::places::Places;
use super::standing::Standing;
use crate::Result;
use crate::api::{Cancel, Level, Sink};
use crate::runtime::State;
use crate::runtime::opened::check_account;
use crate::store::Store;
use crate::watch::Account;

/// Watches that are polled at once: more would only wait for each other at the API.
const POLLS_AT_ONCE: usize = 8;

/// What all parts of a daemon share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) state: State,
    pub(super) store: Arc<dyn Store>,
    pub(super) account: Account,
    /// Set once the state is known to be about the client's account.
    pub(super) known: AtomicBool,
    /// Set once nothing spoke against that.
    pub(super) asked: AtomicBool,
    pub(super) sink: LogSink,
    pub(super) metrics: Arc<Metrics>,
    pub(super) standing: Standing,
    pub(super) places: Places,
    pub(super) hooks: Hooks,
    pub(super) polls: Semaphore,
    /// How long a handler may take unless it says otherwise.
    pub(super) timeout: Duration,
    /// Ends every handler: the time to drain is over.
    pub(super) kill: Cancel,
    /// Changes when somebody else changed the store.
    pub(super) changed: watch::Sender<u64>,
}

/// Where the daemon's own words go.
pub(super) struct LogSink(pub(super) Arc<dyn Sink>);

impl std::fmt::Debug for LogSink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LogSink")
    }
}

/// The signals to one watch or schedule.
#[derive(Debug, Clone)]
pub(super) struct Signals {
    /// It is to end; what runs may come to its end.
    pub(super) stop: CancellationToken,
}

impl Signals {
    pub(super) fn new() -> Self {
        Self { stop: CancellationToken::new() }
    }
}

impl Shared {
    pub(super) fn polls() -> Semaphore {
        Semaphore::new(POLLS_AT_ONCE)
    }

    /// Makes sure, once, that the state is about the account whose key this is.
    pub(super) async fn know_account(&self) -> Result<()> {
        if !self.known.load(Ordering::Relaxed) {
            let known = check_account(self.account.client(), &*self.store).await?;
            self.known.store(known, Ordering::Relaxed);
            if !self.asked.swap(true, Ordering::Relaxed) {
                self.changed.send_modify(|_| {});
            }
        }
        Ok(())
    }

    /// True once handlers may be called: not with a refused key, nor on another account's contacts.
    pub(super) fn may_deliver(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// A line of the daemon's log.
    pub(super) fn log(&self, level: Level, message: &str, fields: &[(&str, &str)]) {
        let fields: Map<String, Value> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        self.sink.0.log(level, message, &fields);
    }
}
