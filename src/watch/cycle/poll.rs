//! A poll: what was created or updated lately.

use super::Cycle;
use crate::Result;
use crate::client::ListContacts;
use crate::client::walk::Walk;
use crate::schema::ContactFilter;
use crate::watch::WatchKind;
use crate::watch::feed::Feed;
use crate::watch::sieve::{Sieve, Start};

impl<F: Feed> Cycle<'_, F> {
    /// Reads what was created or updated since the mark, and some time before. False where only the
    /// complete list can tell.
    pub(super) async fn poll(&mut self) -> Result<bool> {
        let mut created = self.definition.filter.clone();
        let from = self.cursor.creation_from(self.feed.time());
        created.since = from.map(|from| self.cursor.since(from));
        self.go_through(created, None).await?;
        self.began.get_or_insert_with(|| self.feed.time());
        // Only now it is sure what day the server has.
        let Some(hints) = self.hints() else { return Ok(false) };
        for hint in hints {
            self.go_through(self.definition.filter.clone(), Some(hint)).await?;
        }
        self.cursor.advance(&self.newest);
        Ok(true)
    }

    /// The values of `lastUpdateDate` that find what was updated; none where too many would have to be
    /// asked for.
    fn hints(&self) -> Option<Vec<String>> {
        let (reading, time) = (self.cursor.reading, self.feed.time());
        let polls = self.definition.kind == WatchKind::Updated && reading.finds();
        match self.cursor.updates_from(time).filter(|_| polls) {
            Some(from) => reading.hints(from, time.now),
            None => Some(Vec::new()),
        }
    }

    async fn go_through(&mut self, filter: ContactFilter, hint: Option<String>) -> Result<()> {
        let mut sieve = Sieve {
            definition: self.definition,
            start: Start::Long,
            again: None,
            started: self.cursor.started,
            now: self.feed.time().now,
            queried: None,
            unfiltered: false,
        };
        let mut walk = Walk::new(self.feed.source(hint), filter, ListContacts::CONCURRENCY, None);
        while let Some(rows) = walk.next_page().await? {
            self.take(&mut sieve, &rows)?;
        }
        self.count_strangers(walk.strangers());
        Ok(())
    }
}
