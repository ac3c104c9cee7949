//! A walk from page to page: fetches what the chain asks for, and what the chain cannot reach.

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::{SignedDuration, Timestamp};

use super::chain::{Chain, DAY, NARROW, Progress, Tally};
use super::dense::{Split, Words};
use super::prefetch::Prefetch;
use super::source::Source;
use super::window::{Ask, Bounds, PAGE, incomplete};
use crate::client::rows::Row;
use crate::schema::ContactFilter;
use crate::{Error, Result};

/// How often counts are compared before a difference is believed.
const CHECKS: usize = 3;

/// A walk in progress, over pages from anywhere.
pub(crate) struct Walk<S: Source> {
    pub(super) source: S,
    pub(super) filter: ContactFilter,
    pub(super) chain: Chain,
    pages: Prefetch<S>,
    concurrency: usize,
    left: u64,
    done: bool,
    expected: Option<u64>,
    /// The account's words to divide a dense instant by, once one was met.
    words: Option<Words>,
}

impl<S: Source> Walk<S> {
    pub(crate) fn new(source: S, filter: ContactFilter, concurrency: usize) -> Self {
        let left = filter.limit.unwrap_or(u64::MAX);
        let chain = Chain::new(filter.clone());
        let pages = Prefetch::new(source.clone(), filter.clone(), concurrency);
        let (done, expected, words) = (left == 0, None, None);
        Self { source, filter, chain, pages, concurrency, left, done, expected, words }
    }

    /// The next rows, or none at the end. Never an empty page.
    ///
    /// # Errors
    /// As [`Client::send`], and [`ErrorKind::Incomplete`](crate::ErrorKind::Incomplete) where the API cannot give all rows that
    /// match.
    pub(crate) async fn next_page(&mut self) -> Result<Option<Vec<Row>>> {
        while !self.done {
            let page = self.pages.next(&self.chain, self.left).await?;
            self.expected = self.expected.or(page.total.map(|total| total.min(self.left)));
            let (mut rows, mut progress) = self.chain.take(page)?;
            if progress == Progress::Dense {
                (rows, progress) = self.dense().await?;
            }
            if progress == Progress::Done && self.left > rows.len() as u64 {
                self.done = true;
                rows.extend(self.finish(rows.len() as u64).await?);
            }
            rows.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
            self.left -= rows.len() as u64;
            self.done |= self.left == 0;
            if !rows.is_empty() {
                return Ok(Some(rows));
            }
        }
        Ok(None)
    }

    /// How many contacts will come in all, as the API counted them at the first page.
    pub(crate) fn expected(&self) -> Option<u64> {
        self.expected
    }

    /// The rows of the dense instant that the chain stands before, read in parts.
    async fn dense(&mut self) -> Result<(Vec<Row>, Progress)> {
        let (bounds, seam) = self.chain.dense().ok_or_else(too_many_undated)?;
        let cut = self.cut_below(bounds, seam).await?;
        let words = self.words().await?;
        let since = cut.or(bounds.since);
        let mut split = Split::new(&self.filter, Bounds { since, ..bounds }, seam, words);
        loop {
            let asks = split.asks();
            if asks.is_empty() {
                return Ok(self.chain.take_dense(split.into_rows(), cut));
            }
            let fetch = |(_, filter, ask): (usize, ContactFilter, Ask)| {
                let source = self.source.clone();
                async move { source.page(&filter, &ask).await }
            };
            let pages = stream::iter(asks.into_iter().map(fetch)).buffered(self.concurrency);
            split.take(pages.try_collect().await?)?;
        }
    }

    /// The latest bound at which a window begins below the instant at the seam, however coarsely the API
    /// reads it; none where nothing lies below.
    async fn cut_below(&mut self, bounds: Bounds, seam: Timestamp) -> Result<Option<Timestamp>> {
        for cut in cuts(seam).filter(|cut| bounds.since.is_none_or(|since| since < *cut)) {
            let ask = Bounds { until: Some(cut), ..bounds }.page(0, PAGE);
            let page = self.source.page(&self.filter, &ask).await?;
            let top = page.rows.iter().find_map(|row| row.created);
            if top.is_some_and(|top| top < seam) {
                return Ok(Some(cut));
            }
        }
        Ok(None)
    }

    /// The words to divide by, asked for once.
    pub(super) async fn words(&mut self) -> Result<Words> {
        if let Some(words) = &self.words {
            return Ok(words.clone());
        }
        let words = self.source.words().await?;
        Ok(self.words.insert(words).clone())
    }

    /// The rows without a date that no window holds, and the last check of a walk: what a walk of several
    /// windows gave is compared with what the API counts, and again where they differ, for contacts
    /// come and go meanwhile. `unsent` rows of the last page are still here.
    async fn finish(&mut self, unsent: u64) -> Result<Vec<Row>> {
        let windows = self.chain.tally().windows;
        if windows == 1 || self.filter.last_updated.is_some() {
            return Ok(Vec::new());
        }
        let undated = self.undated().await?;
        let mut rows = self.chain.take_unplaced(undated);
        rows.truncate(usize::try_from(self.left - unsent).unwrap_or(usize::MAX));
        let tally = self.chain.tally();
        let mut result = Ok(());
        for _ in 0..CHECKS {
            result = self.compare_dated(&tally).await?;
            if result.is_ok() {
                break;
            }
        }
        result.map(|()| rows)
    }

    /// Contacts up to the newest that the walk met. A contact that is given the filter's status or
    /// user while the walk goes on is counted too and need not be met: such a filter is not compared.
    async fn compare_dated(&mut self, tally: &Tally) -> Result<Result<()>> {
        let Some(newest) = tally.newest.filter(|_| self.filter.exact_parameters().is_empty())
        else {
            return Ok(Ok(()));
        };
        let bounds = Bounds { since: self.filter.since, until: Some(newest) };
        let counted = self.source.total(&self.filter, bounds).await?;
        // An API may count contacts without a date into any range.
        let given = tally.dated + tally.undated;
        if counted <= given {
            return Ok(Ok(()));
        }
        let missing = counted - given;
        let message = format!(
            "{missing} of {counted} contacts did not come: the API gives them in no fixed order"
        );
        Ok(Err(incomplete(message).with_hint(NARROW)))
    }
}

/// Bounds below an instant, the latest first, for each reading of `until` that is possible: exclusive
/// and inclusive, by the millisecond, the second and the day.
fn cuts(instant: Timestamp) -> impl Iterator<Item = Timestamp> {
    let millisecond = SignedDuration::from_millis(1);
    let start = move |step: i64| {
        let milliseconds = instant.as_millisecond();
        Timestamp::from_millisecond(milliseconds - milliseconds.rem_euclid(step)).ok()
    };
    let starts = [start(1), start(1_000), start(86_400_000)];
    let both = move |start: Timestamp| [Some(start), start.checked_sub(millisecond).ok()];
    let further = start(86_400_000).and_then(|day| day.checked_sub(DAY).ok());
    starts.into_iter().flatten().flat_map(both).flatten().chain(further)
}

fn too_many_undated() -> Error {
    let message = "more contacts have no creation date than the API gives of one list";
    incomplete(message).with_hint(NARROW)
}
