//! The complete walk over the contact list, whatever the API's 1,000-row cap.

mod chain;
#[cfg(test)]
mod model;
mod prefetch;

use jiff::{SignedDuration, Timestamp};

use self::chain::{Ask, Chain, NARROW, Progress, Tally};
use self::prefetch::Prefetch;
use super::rows::{Page, Row};
use super::{Client, routes};
use crate::schema::{ContactFilter, to_wire};
use crate::{Error, ErrorKind, Result};

/// How often counts are compared before a difference is believed.
const CHECKS: usize = 3;

/// A walk in progress: page after page of contacts, newest first, each contact once.
pub struct ContactWalk {
    client: Client,
    filter: ContactFilter,
    chain: Chain,
    pages: Prefetch,
    left: u64,
    done: bool,
    expected: Option<u64>,
}

impl ContactWalk {
    pub(crate) fn new(client: Client, filter: ContactFilter, concurrency: usize) -> Self {
        let left = filter.limit.unwrap_or(u64::MAX);
        let chain = Chain::new(filter.clone());
        let pages = Prefetch::new(client.clone(), filter.clone(), concurrency);
        Self { client, filter, chain, pages, left, done: left == 0, expected: None }
    }

    /// The next rows, or none at the end. Never an empty page.
    ///
    /// # Errors
    /// As [`Client::send`], and [`ErrorKind::Incomplete`] where the API cannot give all rows that
    /// match.
    pub async fn next_page(&mut self) -> Result<Option<Vec<Row>>> {
        while !self.done {
            let page = self.pages.next(&self.chain, self.left).await?;
            self.expected = self.expected.or(page.total.map(|total| total.min(self.left)));
            let (mut rows, progress) = self.chain.take(page)?;
            rows.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
            self.left -= rows.len() as u64;
            self.done = self.left == 0;
            if progress == Progress::Done && !self.done {
                self.done = true;
                self.check_counts().await?;
            }
            if !rows.is_empty() {
                return Ok(Some(rows));
            }
        }
        Ok(None)
    }

    /// How many contacts will come in all, as the API counted them at the first page: for a progress
    /// bar. It may be a little more where the filter is one of time. None before the first page, and
    /// where the API does not count.
    pub fn expected(&self) -> Option<u64> {
        self.expected
    }

    /// Compares what a walk of several windows gave with what the API counts, and again where they
    /// differ, for contacts come and go meanwhile.
    async fn check_counts(&mut self) -> Result<()> {
        let tally = self.chain.tally();
        if tally.windows == 1 || self.filter.last_updated.is_some() {
            return Ok(());
        }
        let mut result = Ok(());
        for _ in 0..CHECKS {
            result = self.compare_dated(&tally).await?.and(self.compare_undated(&tally).await?);
            if result.is_ok() {
                break;
            }
        }
        result
    }

    /// Contacts up to the newest that the walk met. A contact that is given the filter's status or
    /// user while the walk goes on is counted too and need not be met: such a filter is not compared.
    async fn compare_dated(&mut self, tally: &Tally) -> Result<Result<()>> {
        let Some(newest) = tally.newest.filter(|_| self.filter.exact_parameters().is_empty())
        else {
            return Ok(Ok(()));
        };
        let filter = ContactFilter { limit: None, ..self.filter.clone() };
        let counted = self.client.total(&filter, self.filter.since, Some(newest)).await?;
        // An API may count contacts without a date into any range.
        let given = tally.dated + tally.undated;
        if counted <= given {
            return Ok(Ok(()));
        }
        let missing = counted - given;
        let message = format!(
            "{missing} of {counted} contacts did not come: the API gives them in no fixed order"
        );
        Ok(Err(Error::new(ErrorKind::Incomplete, message).with_hint(NARROW)))
    }

    /// A window over time cannot hold a contact without a creation date. Where there are such
    /// contacts beyond the first window, the walk is not whole.
    async fn compare_undated(&mut self, tally: &Tally) -> Result<Result<()>> {
        if self.filter.since.is_some() || self.filter.until.is_some() {
            return Ok(Ok(()));
        }
        let far = Timestamp::now().checked_add(SignedDuration::from_hours(24 * 3_650)).ok();
        let before = self.client.total(&self.filter, None, far).await?;
        let all = self.client.total(&self.filter, None, None).await?;
        let after = self.client.total(&self.filter, None, far).await?;
        let hidden = all.saturating_sub(before.max(after) + tally.undated);
        if hidden == 0 {
            return Ok(Ok(()));
        }
        let message = format!(
            "{hidden} contacts have no creation date, and the API gives no way to reach them"
        );
        Ok(Err(Error::new(ErrorKind::Incomplete, message).with_hint(NARROW)))
    }
}

impl std::fmt::Debug for ContactWalk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ContactWalk").field("filter", &self.filter).finish_non_exhaustive()
    }
}

impl Client {
    /// One page of the contact list as the API gives it.
    async fn contact_page(&self, filter: &ContactFilter, ask: &Ask) -> Result<Page> {
        let mut request = routes::list_contacts(filter, ask.limit, ask.offset);
        if let Some(since) = ask.since {
            request = request.query("since", to_wire(since));
        }
        if let Some(until) = ask.until {
            request = request.query("until", to_wire(until));
        }
        let response = self.send(&request).await?;
        Page::parse(&response.body).map_err(|error| request.blame(error))
    }

    /// How many contacts the API counts.
    async fn total(
        &self,
        filter: &ContactFilter,
        since: Option<Timestamp>,
        until: Option<Timestamp>,
    ) -> Result<u64> {
        let ask = Ask { since, until, offset: 0, limit: 1 };
        let page = self.contact_page(filter, &ask).await?;
        Ok(page.total.unwrap_or(page.count as u64))
    }

    /// The number of contacts that match.
    pub(crate) async fn count_contacts(&self, filter: &ContactFilter) -> Result<u64> {
        let most = filter.limit.unwrap_or(u64::MAX);
        let exact =
            filter.since.is_none() && filter.until.is_none() && filter.last_updated.is_none();
        if exact {
            let page =
                self.contact_page(filter, &Ask { since: None, until: None, offset: 0, limit: 1 });
            if let Some(total) = page.await?.total {
                return Ok(total.min(most));
            }
        }
        let mut walk = self.contacts().list(filter.clone()).walk();
        let mut count = 0;
        while let Some(rows) = walk.next_page().await? {
            count += rows.len() as u64;
        }
        Ok(count)
    }
}
