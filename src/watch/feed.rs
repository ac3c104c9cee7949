//! Where a watch reads contacts from: the API, or a model of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{ServerClock, ServerTime};
use crate::client::walk::{Listing, Source};
use crate::client::{Client, routes};
use crate::{ErrorKind, Result};

/// What a cycle needs of the outside world.
pub(crate) trait Feed: Send + Sync {
    /// Gives pages of the contact list.
    type Source: Source;

    /// The contact list; where a date is given, as the API gives it for that `lastUpdateDate`.
    fn source(&self, last_update_date: Option<String>) -> Self::Source;

    /// True where there is still a contact with this id.
    fn exists(&self, id: &str) -> impl Future<Output = Result<bool>> + Send;

    /// The server's clock.
    fn time(&self) -> ServerTime;

    /// A clock that never jumps, from any start.
    fn elapsed(&self) -> Duration;
}

/// An account on the API.
#[derive(Debug, Clone)]
pub struct Account {
    client: Client,
    clock: Arc<ServerClock>,
    begun: Instant,
}

impl Account {
    /// The account of this client, whose answers tell the server's time.
    pub fn new(client: &Client) -> Self {
        let clock = Arc::new(ServerClock::default());
        let client = client.observed(Arc::clone(&clock) as _);
        Self { client, clock, begun: Instant::now() }
    }

    /// The client whose answers tell the server's time.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The server's clock, as its answers told it.
    pub fn time(&self) -> ServerTime {
        self.clock.time()
    }
}

impl Feed for Account {
    type Source = Listing;

    fn source(&self, last_update_date: Option<String>) -> Listing {
        Listing { client: self.client.clone(), last_update_date }
    }

    async fn exists(&self, id: &str) -> Result<bool> {
        match self.client.send(&routes::get_contact(id)?).await {
            Ok(_) => Ok(true),
            Err(error) if error.kind == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn time(&self) -> ServerTime {
        self.clock.time()
    }

    fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }
}
