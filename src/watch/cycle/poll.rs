//! A poll: what was created or updated lately.

use super::Cycle;
use crate::Result;
use crate::client::ListContacts;
use crate::client::walk::Walk;
use crate::schema::ContactFilter;
use crate::watch::feed::Feed;
use crate::watch::sieve::{Sieve, Start};
use crate::watch::{ServerTime, WatchKind};

impl<F: Feed> Cycle<'_, F> {
    /// Reads what was created or updated since the mark, and some time before. False where only the
    /// complete list can tell.
    pub(super) async fn poll(&mut self) -> Result<bool> {
        let time = self.feed.time();
        let mut hints = Vec::new();
        if self.definition.kind == WatchKind::Updated
            && self.cursor.reading.finds()
            && let Some(from) = self.cursor.updates_from(time)
        {
            match self.cursor.reading.hints(from, time.now) {
                Some(days) => hints = days,
                None => return Ok(false),
            }
        }
        let mut created = self.definition.filter.clone();
        created.since = self.cursor.creation_from(time);
        let began = self.go_through(created, None).await?;
        for hint in hints {
            self.go_through(self.definition.filter.clone(), Some(hint)).await?;
        }
        // The time of the first page: what settled later may have come after it.
        self.cursor.advance(self.newest.created, self.newest.updated, began.unwrap_or(time));
        Ok(true)
    }

    /// The server's time when the first page was there.
    async fn go_through(
        &mut self,
        filter: ContactFilter,
        hint: Option<String>,
    ) -> Result<Option<ServerTime>> {
        let sieve = Sieve {
            definition: self.definition,
            start: Start::Long,
            started: self.cursor.started,
            now: self.feed.time().now,
            queried: None,
            unfiltered: false,
        };
        let mut began = None;
        let mut walk = Walk::new(self.feed.source(hint), filter, ListContacts::CONCURRENCY, None);
        while let Some(rows) = walk.next_page().await? {
            began.get_or_insert_with(|| self.feed.time());
            self.take(&sieve, &rows)?;
        }
        Ok(began)
    }
}
