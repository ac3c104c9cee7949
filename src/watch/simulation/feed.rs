//! The model server as the watches see it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::contact::{SITES, instant};
use super::world::World;
use crate::Result;
use crate::client::rows::Page;
use crate::client::walk::{Ask, Source, Words};
use crate::schema::ContactFilter;
use crate::watch::ServerTime;
use crate::watch::feed::Feed;

/// A model server, or its list for a `lastUpdateDate`.
#[derive(Clone)]
pub(super) struct Model {
    world: Arc<Mutex<World>>,
    hint: Option<String>,
    /// Where the first page of this list was answered, by the server's clock.
    baseline: Arc<Mutex<(ContactFilter, Option<i64>)>>,
}

impl Model {
    pub(super) fn new(world: World) -> Self {
        let world = Arc::new(Mutex::new(world));
        Self { world, hint: None, baseline: Arc::default() }
    }

    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes from now on when the first page of the complete list with this filter is answered.
    pub(super) fn note_first_page(&self, filter: &ContactFilter) {
        *self.baseline.lock().unwrap_or_else(PoisonError::into_inner) = (filter.clone(), None);
    }

    /// When that was.
    pub(super) fn first_page(&self) -> Option<i64> {
        self.baseline.lock().unwrap_or_else(PoisonError::into_inner).1
    }

    /// Waits for as long as the program has not ended.
    pub(super) async fn end(&self) {
        while !self.world().ended {
            tokio::task::yield_now().await;
        }
    }

    async fn request(&self) -> Result<()> {
        let comes_back = self.world().request()?;
        if !comes_back {
            std::future::pending::<()>().await;
        }
        Ok(())
    }
}

impl Source for Model {
    async fn page(&self, filter: &ContactFilter, ask: &Ask) -> Result<Page> {
        // Requests under way together are answered in no order of their own.
        for _ in 0..(ask.offset / 7) % 3 {
            tokio::task::yield_now().await;
        }
        self.request().await?;
        let world = self.world();
        let mut baseline = self.baseline.lock().unwrap_or_else(PoisonError::into_inner);
        if self.hint.is_none() && ask.bounds.since.is_none() && baseline.0 == *filter {
            baseline.1.get_or_insert(world.now);
        }
        world.answer(filter, ask, self.hint.as_deref())
    }

    async fn words(&self) -> Result<Words> {
        self.request().await?;
        Ok(Words::new(SITES.map(str::to_owned).to_vec(), Vec::new()))
    }
}

impl Feed for Model {
    type Source = Self;

    fn source(&self, last_update_date: Option<String>) -> Self {
        Self { hint: last_update_date, ..self.clone() }
    }

    async fn exists(&self, id: &str) -> Result<bool> {
        self.request().await?;
        Ok(self.world().list.iter().any(|contact| contact.id() == id))
    }

    fn time(&self) -> ServerTime {
        let world = self.world();
        let at = |milliseconds| instant(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
        match world.told {
            Some(told) => ServerTime {
                now: at(told.date + world.now - told.at),
                skew: SignedDuration::from_millis(told.skew),
                is_told: true,
            },
            None => ServerTime {
                now: at(world.now + world.local_ahead),
                skew: SignedDuration::ZERO,
                is_told: false,
            },
        }
    }

    fn elapsed(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.world().now).unwrap_or_default())
    }
}
