//! Pages fetched before the walk asks for them, several at a time.

use std::collections::HashMap;
use std::pin::Pin;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;

use super::chain::Chain;
use super::source::Source;
use super::window::Ask;
use crate::Result;
use crate::client::rows::Page;
use crate::schema::ContactFilter;

/// Pages that wait for their turn or are under way, for each request that may be under way.
const WAITING: usize = 3;

type Fetch = Pin<Box<dyn Future<Output = (Ask, Result<Page>)> + Send>>;

/// The pages under way and those that are there.
pub(super) struct Prefetch<S> {
    source: S,
    filter: ContactFilter,
    under_way: FuturesUnordered<Fetch>,
    asked: Vec<Ask>,
    there: HashMap<Ask, Result<Page>>,
    taken: usize,
    /// The most requests under way at once. It is reached a page at a time: a loop that ends early is
    /// not to have asked for much that it never looks at.
    concurrency: usize,
}

impl<S: Source> Prefetch<S> {
    pub(super) fn new(source: S, filter: ContactFilter, concurrency: usize) -> Self {
        let (under_way, asked, there) = (FuturesUnordered::new(), Vec::new(), HashMap::new());
        Self { source, filter, under_way, asked, there, taken: 0, concurrency }
    }

    /// The page that the walk asks for now, `most` rows before its end.
    pub(super) async fn next(&mut self, chain: &Chain, most: u64) -> Result<Page> {
        let wanted = chain.ask();
        loop {
            if let Some(page) = self.there.remove(&wanted) {
                self.taken += 1;
                return page;
            }
            self.fetch_ahead(chain, most);
            match self.under_way.next().await {
                Some((ask, page)) => {
                    self.asked.retain(|other| *other != ask);
                    self.there.insert(ask, page);
                }
                // Nothing is under way only where the forecast left the wanted page out.
                None => return self.source.page(&self.filter, &wanted).await,
            }
        }
    }

    /// Begins the most urgent pages of the forecast, and forgets those that are no longer in it.
    fn fetch_ahead(&mut self, chain: &Chain, most: u64) {
        let forecast = chain.forecast(most, |ask| oldest(self.there.get(ask)?.as_ref().ok()?));
        self.there.retain(|ask, _| forecast.contains(ask));
        for ask in forecast {
            let full = self.under_way.len() >= self.concurrency.min(self.taken + 1);
            if full || self.there.len() + self.under_way.len() >= WAITING * self.concurrency {
                return;
            }
            if self.asked.contains(&ask) || self.there.contains_key(&ask) {
                continue;
            }
            self.asked.push(ask.clone());
            self.under_way.push(fetch(self.source.clone(), self.filter.clone(), ask));
        }
    }
}

fn fetch(source: impl Source, filter: ContactFilter, ask: Ask) -> Fetch {
    Box::pin(async move {
        let page = source.page(&filter, &ask).await;
        (ask, page)
    })
}

/// The date that the next window begins at, were this page the last of its window: the chain does not go
/// by the last row of a page before it has seen the next.
fn oldest(page: &Page) -> Option<Timestamp> {
    let (_, settled) = page.rows.split_last()?;
    settled.iter().filter_map(|row| row.created).min()
}
