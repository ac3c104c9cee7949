//! The complete walk over the contact list, whatever the API's 1,000-row cap.

mod chain;
mod check;
mod checkpoint;
mod count;
mod dense;
mod drive;
#[cfg(test)]
mod model;
mod placed;
mod prefetch;
mod seen;
mod source;
mod undated;
mod window;
mod words;

use std::sync::Mutex;

use bytes::Bytes;
use futures_util::future::try_join;

pub use self::checkpoint::Checkpoint;

pub(crate) use self::drive::Walk;
pub(crate) use self::source::Source;
pub(crate) use self::window::{Ask, Bounds};
pub(crate) use self::words::Words;
use super::retry::lock;
use super::rows::{Page, Row};
use super::send::check_json;
use super::{Client, routes};
use crate::schema::{ContactFilter, to_wire};
use crate::{Error, ErrorKind, Result};

/// A walk in progress: page after page of contacts, newest first, each contact once.
pub struct ContactWalk(Walk<Listing>);

impl ContactWalk {
    pub(crate) fn new(
        client: Client,
        filter: ContactFilter,
        concurrency: usize,
        from: Option<Checkpoint>,
    ) -> Self {
        Self(Walk::new(client.listing(), filter, concurrency, from))
    }

    /// The next rows, or none at the end. Never an empty page.
    ///
    /// # Errors
    /// As [`Client::send`], and [`ErrorKind::Incomplete`] where the API
    /// cannot give all rows that match. A walk that failed gives its error again.
    pub async fn next_page(&mut self) -> Result<Option<Vec<Row>>> {
        self.0.next_page().await
    }

    /// How far the walk is, the rows that it gave last included: for a walk that goes on from there with
    /// [`ListContacts::resume`](crate::client::ListContacts::resume), after a crash for example.
    pub fn checkpoint(&self) -> Checkpoint {
        self.0.checkpoint()
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

/// The account's contacts, all of them or those that the API gives for a `lastUpdateDate`, whatever it
/// takes that for.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    pub(crate) client: Client,
    pub(crate) last_update_date: Option<String>,
}

impl Source for Listing {
    async fn page(&self, filter: &ContactFilter, ask: &Ask) -> Result<Page> {
        let mut request = routes::list_contacts(filter, ask.limit, ask.offset);
        if let Some(date) = &self.last_update_date {
            request = request.query("lastUpdateDate", date.as_str());
        }
        if let Some(since) = ask.bounds.since {
            request = request.query("since", to_wire(since));
        }
        if let Some(until) = ask.bounds.until {
            request = request.query("until", to_wire(until));
        }
        // The check keeps what it read: a page is gone through once.
        let page = Mutex::new(None);
        let read = |body: &Bytes| {
            let parsed = Page::parse(body);
            let checked = if parsed.is_err() { check_json(body) } else { Ok(()) };
            *lock(&page) = Some(parsed);
            checked
        };
        self.client.send_checked(&request, &read).await?;
        let page = lock(&page).take();
        let empty = || Err(Error::new(ErrorKind::Decode, "the answer is empty"));
        page.unwrap_or_else(empty).map_err(|error| request.blame(error))
    }

    async fn words(&self) -> Result<Words> {
        let (sites, users) = try_join(self.client.ids("sites"), self.client.ids("users")).await?;
        Ok(Words::new(sites, users))
    }
}

impl Client {
    /// The number of contacts that match.
    pub(crate) async fn count_contacts(&self, filter: &ContactFilter) -> Result<u64> {
        count::count(&self.listing(), filter).await
    }

    fn listing(&self) -> Listing {
        Listing { client: self.clone(), last_update_date: None }
    }

    /// The ids of a short list: `sites`, `users`.
    async fn ids(&self, list: &str) -> Result<Vec<String>> {
        let rows = self.read_list(routes::get(&[list])?, list).await?;
        let id = |row: &serde_json::Value| Some(row.get("id")?.as_str()?.to_owned());
        Ok(rows.iter().filter_map(id).collect())
    }
}
