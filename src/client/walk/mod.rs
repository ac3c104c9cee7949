//! The complete walk over the contact list, whatever the API's 1,000-row cap.

mod chain;
#[cfg(test)]
mod model;
mod prefetch;

use jiff::{SignedDuration, Timestamp};

use self::chain::{Ask, Chain, Progress};
use self::prefetch::Prefetch;
use super::rows::{Page, Row};
use super::{Client, routes};
use crate::schema::{ContactFilter, to_wire};
use crate::{Error, ErrorKind, Result};

/// A walk in progress: page after page of contacts, newest first, each contact once.
pub(crate) struct ContactWalk {
    client: Client,
    filter: ContactFilter,
    chain: Chain,
    pages: Prefetch,
    left: u64,
    done: bool,
}

impl ContactWalk {
    pub(crate) fn new(client: Client, filter: ContactFilter) -> Self {
        let left = filter.limit.unwrap_or(u64::MAX);
        let chain = Chain::new(filter.clone());
        let pages = Prefetch::new(client.clone(), filter.clone());
        Self { client, filter, chain, pages, left, done: left == 0 }
    }

    /// The next rows, or none at the end. Never an empty page.
    ///
    /// # Errors
    /// As [`Client::send`], and [`ErrorKind::Incomplete`] where the API cannot give all rows that
    /// match.
    pub(crate) async fn next_page(&mut self) -> Result<Option<Vec<Row>>> {
        while !self.done {
            let page = self.pages.next(&self.chain, self.left).await?;
            let (mut rows, progress) = self.chain.take(page)?;
            rows.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
            self.left -= rows.len() as u64;
            self.done = self.left == 0;
            if progress == Progress::Done && !self.done {
                self.done = true;
                self.check_for_hidden_rows().await?;
            }
            if !rows.is_empty() {
                return Ok(Some(rows));
            }
        }
        Ok(None)
    }

    /// A window over time cannot hold a contact without a creation date. Where there are such
    /// contacts beyond the first window, the walk is not whole and says so.
    async fn check_for_hidden_rows(&mut self) -> Result<()> {
        let (windows, undated) = self.chain.windows_and_undated();
        let dated = self.filter.since.is_some() || self.filter.until.is_some();
        if windows == 1 || dated || self.filter.last_updated.is_some() {
            return Ok(());
        }
        let far = Timestamp::now().checked_add(SignedDuration::from_hours(24 * 3_650)).ok();
        let before = self.client.total(&self.filter, far).await?;
        let all = self.client.total(&self.filter, None).await?;
        let after = self.client.total(&self.filter, far).await?;
        let hidden = all.saturating_sub(before.max(after) + undated as u64);
        if hidden == 0 {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Incomplete,
            format!(
                "{hidden} contacts have no creation date, and the API gives no way to reach them"
            ),
        )
        .with_hint(
            "narrow the filter by status, website_id or assigned_to until it holds under 1,000",
        ))
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

    async fn total(&self, filter: &ContactFilter, until: Option<Timestamp>) -> Result<u64> {
        let ask = Ask { since: None, until, offset: 0, limit: 1 };
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
        let mut walk = ContactWalk::new(self.clone(), filter.clone());
        let mut count = 0;
        while let Some(rows) = walk.next_page().await? {
            count += rows.len() as u64;
        }
        Ok(count)
    }
}
