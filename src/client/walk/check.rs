//! The last check of a walk: what came is compared with what the API counts.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::chain::NARROW;
use super::drive::Walk;
use super::source::Source;
use super::window::{Bounds, incomplete};
use crate::Result;
use crate::client::rows::Row;

/// How often counts are compared before a difference is believed.
const COMPARISONS: usize = 3;

/// What a walk gave, and what the API counted when it began.
#[derive(Debug, Default)]
pub(super) struct Check {
    counted: Option<u64>,
    begun: bool,
    state: RandomState,
    /// The hashes of the ids: 8 bytes each, where the ids would be some 50.
    given: Vec<u64>,
}

impl Check {
    /// Notes what the API counted at the first page.
    pub(super) fn begun(&mut self, total: Option<u64>) {
        self.counted = if self.begun { self.counted } else { total };
        self.begun = true;
    }

    pub(super) fn given(&mut self, rows: &[Row]) {
        self.given.extend(rows.iter().map(|row| self.state.hash_one(&row.id)));
    }
}

impl<S: Source> Walk<S> {
    /// The contacts that the API counts and that did not come. Where its counts say that there are any, a
    /// second walk looks for them: an API may give contacts in no fixed order, and one that was not
    /// there when the walk came by has every right to come late.
    ///
    /// # Errors
    /// [`ErrorKind::Incomplete`](crate::ErrorKind::Incomplete) where that does not find them.
    pub(super) async fn find_missing(&mut self, check: Check) -> Result<Vec<Row>> {
        let missing = self.missing(&check, 0).await?;
        if missing == 0 {
            return Ok(Vec::new());
        }
        let mut given: HashSet<u64> = check.given.iter().copied().collect();
        let mut second =
            Walk::new(self.source.clone(), self.filter.clone(), self.concurrency(), None);
        second.trust();
        let mut found = Vec::new();
        while let Some(rows) = Box::pin(second.next_page()).await? {
            let fresh = rows.into_iter().filter(|row| given.insert(check.state.hash_one(&row.id)));
            found.extend(fresh);
        }
        let missing = self.missing(&check, found.len() as u64).await?;
        if missing == 0 {
            return Ok(found);
        }
        let message = format!("the API counts {missing} contacts more than it gives");
        Err(incomplete(message).with_hint(NARROW))
    }

    /// How many contacts the API counts more than came, `found` of them since: both when the walk began
    /// and now, for contacts come and go meanwhile. Contacts that are newer than the newest that came
    /// were created since.
    async fn missing(&mut self, check: &Check, found: u64) -> Result<u64> {
        let tally = self.chain.tally();
        let given = tally.given + tally.strangers + found;
        // The first page of a list until some instant is asked for with a margin.
        let begun = check.counted.filter(|_| self.filter.until.is_none());
        let mut missing = begun.map_or(u64::MAX, |counted| counted.saturating_sub(given));
        let Some(newest) = tally.newest else {
            return Ok(if begun.is_some() { missing } else { 0 });
        };
        for _ in 0..COMPARISONS {
            if missing == 0 {
                break;
            }
            let bounds = Bounds { since: self.filter.since, until: Some(newest) };
            let counted = self.source.total(&self.filter, bounds).await?;
            missing = missing.min(counted.saturating_sub(given));
        }
        Ok(missing)
    }
}
