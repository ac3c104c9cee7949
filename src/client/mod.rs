//! The Cliengo API for Rust: authorized calls with retries and a pace, the complete contact list,
//! typed contacts, and errors that say what to do. It knows nothing of scripts.
//!
//! ```no_run
//! use cliengo::client::{Client, ContactChanges};
//! use cliengo::schema::ContactFilter;
//!
//! # async fn example() -> cliengo::Result<()> {
//! let client = Client::builder().api_key(std::env::var("CLIENGO_API_KEY").unwrap_or_default()).build()?;
//! let new = ContactFilter { status: Some("NEW".into()), ..Default::default() };
//! for contact in client.contacts().list(new).await? {
//!     let changes = ContactChanges { status: "ACTIVE".into(), ..Default::default() };
//!     client.contacts().update(contact.id.as_deref().unwrap_or_default(), &changes).await?;
//! }
//! # Ok(())
//! # }
//! ```

mod answer;
pub(crate) mod bulk;
mod config;
mod contact;
mod contacts;
mod input;
pub(crate) mod inside;
mod list;
pub(crate) mod notify;
mod observe;
mod rate;
mod redirect;
mod request;
mod resources;
mod retry;
pub(crate) mod routes;
pub(crate) mod rows;
mod secret;
mod send;
pub(crate) mod text;
pub(crate) mod transport;
pub(crate) mod upsert;
pub(crate) mod walk;
pub(crate) mod write;

use std::fmt;
use std::sync::{Arc, Mutex};

use hyper::header::HeaderMap;
use secrecy::{ExposeSecret, SecretString};

use self::config::BaseUrl;
use self::observe::Observers;
use self::rate::Pace;
use self::retry::RetryBudget;
use self::transport::Transport;
use self::upsert::Finder;

pub use self::answer::Response;
pub use self::bulk::BulkCall;
pub use self::config::{ClientBuilder, DEFAULT_BASE_URL, KeyPlace, Timeouts};
pub(crate) use self::config::{Limits, no_key};
pub use self::contact::Contact;
pub use self::contacts::Contacts;
pub(crate) use self::contacts::unwrapped;
pub use self::input::{ContactChanges, NewContact, Patch};
pub use self::list::ListContacts;
pub use self::observe::{Exchange, Observer, Wait};
pub use self::request::{Expect, Method, Request};
pub use self::resources::{Conversations, Sites, Users};
pub use self::retry::RetryPolicy;
pub use self::rows::Row;
pub(crate) use self::rows::list_within;
pub use self::upsert::Upserted;
pub use self::walk::{Checkpoint, ContactWalk};

/// A client of one account: cheap to clone, all clones share one connection pool, one pace and one
/// retry budget.
///
/// Its connections live in the tokio runtime that makes the first call; use one client for each
/// runtime.
#[derive(Clone)]
pub struct Client(Arc<Inner>, Observers);

struct Inner {
    transport: Transport,
    base: BaseUrl,
    headers: HeaderMap,
    key: SecretString,
    /// Where the key was found, in words.
    key_source: Option<String>,
    key_place: KeyPlace,
    timeouts: Timeouts,
    retry: RetryPolicy,
    limits: Limits,
    pace: Arc<Mutex<Pace>>,
    budget: Arc<RetryBudget>,
    finder: Arc<Finder>,
}

impl Client {
    /// Tells what the client needs: at least [`api_key`](ClientBuilder::api_key).
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sixteen hexadecimal digits that tell this account from others, and nothing of its key: the start of
    /// a SHA-256 over the base URL and the key.
    pub(crate) fn fingerprint(&self) -> String {
        let Inner { base, key, .. } = &*self.0;
        let text = format!("cliengo account\n{}\n{}", base.text, key.expose_secret());
        let hash = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        hash.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The same client, whose exchanges this observer is told of too. Other clones stay as they are.
    #[must_use]
    pub fn observed(&self, observer: Arc<dyn Observer>) -> Self {
        Self(Arc::clone(&self.0), self.1.with(observer))
    }

    /// The same client with connections of its own, for another runtime: all else is shared, the pace and
    /// the retry budget too.
    pub(crate) fn apart(&self) -> Self {
        let inner = &*self.0;
        let apart = Inner {
            transport: Transport::new(inner.base.tls, &inner.timeouts),
            base: inner.base.clone(),
            headers: inner.headers.clone(),
            key: inner.key.clone(),
            key_source: inner.key_source.clone(),
            key_place: inner.key_place,
            timeouts: inner.timeouts,
            retry: inner.retry,
            limits: inner.limits,
            pace: Arc::clone(&inner.pace),
            budget: Arc::clone(&inner.budget),
            finder: Arc::clone(&inner.finder),
        };
        Self(Arc::new(apart), self.1.clone())
    }

    /// The base URL that paths are relative to, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.0.base.text
    }

    /// True where the text holds the key, which is then not to be kept.
    #[cfg(feature = "repl")]
    pub(crate) fn is_key_in(&self, text: &str) -> bool {
        secret::holds_key(&self.0.key, text)
    }

    pub(crate) fn finder(&self) -> &Finder {
        &self.0.finder
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.0.base.text).finish_non_exhaustive()
    }
}
