//! The complete walk over the contact list, whatever the API's 1,000-row cap.

mod chain;
mod count;
mod dense;
mod drive;
#[cfg(test)]
mod model;
mod placed;
mod prefetch;
mod source;
mod undated;
mod window;

use futures_util::future::try_join;

use self::dense::Words;
use self::drive::Walk;
use self::source::Source;
use self::window::Ask;
use super::rows::{Page, Row};
use super::{Client, routes};
use crate::Result;
use crate::schema::{ContactFilter, to_wire};

/// A walk in progress: page after page of contacts, newest first, each contact once.
pub struct ContactWalk(Walk<Client>);

impl ContactWalk {
    pub(crate) fn new(client: Client, filter: ContactFilter, concurrency: usize) -> Self {
        Self(Walk::new(client, filter, concurrency))
    }

    /// The next rows, or none at the end. Never an empty page.
    ///
    /// # Errors
    /// As [`Client::send`], and [`ErrorKind::Incomplete`](crate::ErrorKind::Incomplete) where the API
    /// cannot give all rows that match.
    pub async fn next_page(&mut self) -> Result<Option<Vec<Row>>> {
        self.0.next_page().await
    }

    /// How many contacts will come in all, as the API counted them at the first page: for a progress
    /// bar. It may be a little more where the filter is one of time. None before the first page, and
    /// where the API does not count.
    pub fn expected(&self) -> Option<u64> {
        self.0.expected()
    }
}

impl std::fmt::Debug for ContactWalk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ContactWalk").field("filter", &self.0.filter).finish_non_exhaustive()
    }
}

impl Source for Client {
    async fn page(&self, filter: &ContactFilter, ask: &Ask) -> Result<Page> {
        let mut request = routes::list_contacts(filter, ask.limit, ask.offset);
        if let Some(since) = ask.bounds.since {
            request = request.query("since", to_wire(since));
        }
        if let Some(until) = ask.bounds.until {
            request = request.query("until", to_wire(until));
        }
        let response = self.send(&request).await?;
        Page::parse(&response.body).map_err(|error| request.blame(error))
    }

    async fn words(&self) -> Result<Words> {
        let (sites, users) = try_join(self.ids("sites"), self.ids("users")).await?;
        Ok(Words::new(sites, users))
    }
}

impl Client {
    /// The number of contacts that match.
    pub(crate) async fn count_contacts(&self, filter: &ContactFilter) -> Result<u64> {
        count::count(self, filter).await
    }

    /// The ids of a short list: `sites`, `users`.
    async fn ids(&self, list: &str) -> Result<Vec<String>> {
        let rows = self.read_list(routes::get(&[list])?, list).await?;
        let id = |row: &serde_json::Value| Some(row.get("id")?.as_str()?.to_owned());
        Ok(rows.iter().filter_map(id).collect())
    }
}
