//! A walk from page to page: fetches what the chain asks for, and what the chain cannot reach.

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::{SignedDuration, Timestamp};

use super::chain::{Chain, DAY, Progress, restless};
use super::check::Check;
use super::checkpoint::Checkpoint;
use super::dense::Split;
use super::placed::placed;
use super::prefetch::Prefetch;
use super::source::Source;
use super::window::{Ask, Bounds, PAGE};
use super::words::Words;
use crate::client::rows::Row;
use crate::schema::ContactFilter;
use crate::{Error, ErrorKind, Result};

/// How far a walk is.
#[derive(Debug)]
enum Stage {
    /// The chain has pages to ask for.
    Pages,
    /// The chain is at its end; what it cannot reach is still to come.
    Rest,
    Over,
    /// It gives this error again and again: an end after an error would look like a whole list.
    Failed(Error),
}

/// A walk in progress, over pages from anywhere.
pub(crate) struct Walk<S: Source> {
    pub(super) source: S,
    pub(super) filter: ContactFilter,
    pub(super) chain: Chain,
    pages: Prefetch<S>,
    concurrency: usize,
    left: u64,
    stage: Stage,
    expected: Option<u64>,
    sent: u64,
    /// What all that was given is checked against at the end; none for a walk that goes on from another.
    check: Option<Check>,
    /// The account's words to divide a dense instant by, once one was met.
    words: Option<Words>,
    /// The seam of the last dense instant.
    stuck_at: Option<Timestamp>,
}

impl<S: Source> Walk<S> {
    /// A walk from the start, or from where another one was.
    pub(crate) fn new(
        source: S,
        filter: ContactFilter,
        concurrency: usize,
        from: Option<Checkpoint>,
    ) -> Self {
        let sent = from.as_ref().map_or(0, Checkpoint::contacts);
        let left = filter.limit.unwrap_or(u64::MAX).saturating_sub(sent);
        let check = from.is_none().then(Check::default);
        let chain = match from {
            Some(from) => Chain::resume(filter.clone(), from),
            None => Chain::new(filter.clone()),
        };
        let pages = Prefetch::new(source.clone(), filter.clone(), concurrency);
        let stage = if left == 0 { Stage::Over } else { Stage::Pages };
        let (expected, words, stuck_at) = (None, None, None);
        Self {
            source,
            filter,
            chain,
            pages,
            concurrency,
            left,
            stage,
            expected,
            sent,
            check,
            words,
            stuck_at,
        }
    }

    /// The next rows, or none at the end. Never an empty page.
    ///
    /// # Errors
    /// As [`Client::send`](crate::client::Client::send), and [`ErrorKind::Incomplete`] where the API
    /// cannot give all rows that match.
    pub(crate) async fn next_page(&mut self) -> Result<Option<Vec<Row>>> {
        loop {
            let came = match &self.stage {
                Stage::Pages => self.page().await,
                Stage::Rest => self.rest().await,
                Stage::Over => return Ok(None),
                Stage::Failed(error) => Err(error.clone()),
            };
            let mut rows = came.inspect_err(|error| self.stage = Stage::Failed(error.clone()))?;
            rows.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
            self.left -= rows.len() as u64;
            self.sent += rows.len() as u64;
            if self.left == 0 {
                self.stage = Stage::Over;
            }
            if !rows.is_empty() {
                return Ok(Some(rows));
            }
        }
    }

    /// The rows of the chain's next page.
    async fn page(&mut self) -> Result<Vec<Row>> {
        let page = self.pages.next(&self.chain, self.left).await?;
        self.expected = self.expected.or(page.total.map(|total| total.min(self.left)));
        if let Some(check) = &mut self.check {
            check.begun(page.total);
        }
        let (mut rows, mut progress) = self.chain.take(page)?;
        if progress == Progress::Dense {
            (rows, progress) = self.dense().await?;
        }
        self.note(&rows);
        if progress == Progress::Done {
            self.stage = Stage::Rest;
        }
        Ok(rows)
    }

    /// How many contacts will come in all, as the API counted them at the first page.
    pub(crate) fn expected(&self) -> Option<u64> {
        self.expected
    }

    /// Rows so far that are no objects, and so no contacts: they were left out.
    pub(crate) fn strangers(&self) -> u64 {
        self.chain.tally().strangers
    }

    /// How far the walk is, the rows of the last page included.
    pub(crate) fn checkpoint(&self) -> Checkpoint {
        Checkpoint { sent: self.sent, ..self.chain.checkpoint() }
    }

    /// The rows of the dense instant that the chain stands before, read in parts.
    async fn dense(&mut self) -> Result<(Vec<Row>, Progress)> {
        let (bounds, seam) = self.chain.dense();
        if seam.is_some() && seam == self.stuck_at {
            return Err(restless());
        }
        self.stuck_at = seam;
        let cut = match seam {
            Some(seam) => self.cut_below(bounds, seam).await?,
            None => None,
        };
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
                let base = self.filter.exact_parameters().len();
                async move {
                    match source.page(&filter, &ask).await {
                        Err(error) if refused(&error, &filter, base) => Ok(None),
                        page => page.map(Some),
                    }
                }
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
            let top = placed(page.rows, None).iter().filter_map(|placed| placed.at).max();
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

    pub(super) fn concurrency(&self) -> usize {
        self.concurrency
    }

    /// Leaves the last check to somebody else.
    pub(super) fn trust(&mut self) {
        self.check = None;
    }

    fn note(&mut self, rows: &[Row]) {
        if let Some(check) = &mut self.check {
            check.given(rows);
        }
    }

    /// What is still missing at the end of a walk of several windows: contacts without a date, which no
    /// window holds, and those that the API counts and that did not come.
    async fn rest(&mut self) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        if self.chain.tally().windows > 1 {
            let undated = self.undated().await?;
            rows = self.chain.take_unplaced(undated);
            self.note(&rows);
            if let Some(check) = self.check.take() {
                rows.extend(self.find_missing(check).await?);
            }
        }
        self.stage = Stage::Over;
        Ok(rows)
    }
}

/// True where the API does not take a word of a part.
fn refused(error: &Error, part: &ContactFilter, exact_parameters: usize) -> bool {
    error.kind == ErrorKind::Invalid && part.exact_parameters().len() > exact_parameters
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
