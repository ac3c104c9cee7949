//! One window of the list: a query whose pages are read one after another, as a pure state machine.
//!
//! Pages overlap by one row. A page that does not begin with the row that ended the page before shows
//! that rows moved in between, and what was read so far cannot be continued.

use jiff::Timestamp;

use crate::client::rows::{Page, Row};
use crate::{Error, ErrorKind, Result};

/// The API's page size.
pub(crate) const PAGE: usize = 50;
/// The largest offset that the API takes.
pub(crate) const MAX_OFFSET: usize = 1_000;

/// The most rows that one query gives.
pub(crate) const REACH: u64 = (MAX_OFFSET + PAGE) as u64;

/// Pages in a row that may bring nothing although the API counts more, before that is an error.
const MOST_DISPUTES: usize = 5;

/// The bounds of a window as they are sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Bounds {
    pub(crate) since: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

impl Bounds {
    pub(crate) fn page(self, offset: usize, limit: usize) -> Ask {
        Ask { bounds: self, offset, limit }
    }
}

/// One page to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Ask {
    pub(crate) bounds: Bounds,
    pub(crate) offset: usize,
    pub(crate) limit: usize,
}

/// How a window goes on after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// With its next page.
    Page,
    /// Not at all: the API takes no larger offset, and there is or may be more.
    Full,
    /// It is at its end.
    End,
}

/// What a page meant for its window.
#[derive(Debug)]
pub(crate) enum Turn {
    /// Rows moved since the page before: nothing of this page counts.
    Moved,
    /// The page's rows, the one that was read before included.
    Rows(Vec<Row>, Next),
}

/// How far a window has been read.
#[derive(Debug, Default)]
pub(crate) struct Window {
    /// Rows read so far.
    reached: usize,
    /// The ids of the last page, and where it began.
    tail: Vec<String>,
    tail_offset: usize,
    /// Rows that a page brings, learnt from the first one.
    page: usize,
    /// Rows in the window, as the API counted them last.
    total: Option<u64>,
    disputes: usize,
}

impl Window {
    /// Rows in the window, as the API counted them last.
    pub(crate) fn total(&self) -> Option<u64> {
        self.total
    }

    /// Where the next page begins: one row again, which proves that nothing moved since the last page.
    /// The last page that the API gives may repeat more, where a few rows are all that is left.
    pub(crate) fn next_offset(&self) -> usize {
        let next = self.reached.saturating_sub(usize::from(self.page > 1));
        let within = self.total.is_some_and(|total| total <= (MAX_OFFSET + self.page) as u64);
        let last_chance = next > MAX_OFFSET && self.tail_offset < MAX_OFFSET && within;
        if last_chance && self.reached > MAX_OFFSET { MAX_OFFSET } else { next }
    }

    /// Takes the page at [`next_offset`](Self::next_offset), for which `limit` rows were asked.
    ///
    /// # Errors
    /// [`ErrorKind::Incomplete`] where the API goes on counting rows that it does not give.
    pub(crate) fn take(&mut self, page: Page, limit: usize) -> Result<Turn> {
        let Page { mut rows, total } = page;
        let count = rows.len();
        let offset = self.next_offset();
        if offset < self.reached && rows.first().map(|row| &row.id) != self.at(offset) {
            return Ok(Turn::Moved);
        }
        if offset == 0 {
            self.page = count;
        }
        let grew = offset + count > self.reached;
        self.total = total;
        self.reached = offset + count;
        self.tail = rows.iter().map(|row| row.id.clone()).collect();
        self.tail_offset = offset;
        rows.retain(Row::is_contact);
        Ok(Turn::Rows(rows, self.next(grew, count < limit)?))
    }

    /// The rows that came decide, and the API's count must agree: a count that is too low ends
    /// nothing, and one that is too high is not believed until it has been asked for again.
    fn next(&mut self, grew: bool, short: bool) -> Result<Next> {
        let reached = self.reached as u64;
        if !grew && self.total.is_some_and(|total| total > reached) {
            self.disputes += 1;
            if self.disputes > MOST_DISPUTES {
                return Err(disputed(self.total.unwrap_or(0), reached));
            }
            return Ok(Next::Page);
        }
        if !grew || short && self.total.is_some_and(|total| total <= reached) {
            return Ok(Next::End);
        }
        Ok(if self.next_offset() > MAX_OFFSET { Next::Full } else { Next::Page })
    }

    /// True where the API counts no more than was read.
    pub(crate) fn is_whole(&self) -> bool {
        self.total.is_some_and(|total| total <= self.reached as u64)
    }

    /// The id at this place, where the last page held it.
    fn at(&self, offset: usize) -> Option<&String> {
        self.tail.get(offset.checked_sub(self.tail_offset)?)
    }
}

fn disputed(total: u64, reached: u64) -> Error {
    let message = format!("the API counts {total} contacts and gives {reached} of them");
    incomplete(message)
        .with_retryable(true)
        .with_hint("contacts may be changing fast: try again, or narrow the filter")
}

/// The error of a list that the API does not give whole.
pub(super) fn incomplete(message: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Incomplete, format!("the list is incomplete: {message}"))
}
