//! One window of the list: a query whose pages are read one after another, as a pure state machine.
//!
//! Pages overlap by one row. Where contacts were created meanwhile, a page brings more of the rows that
//! were read before; where some were deleted it may bring none, and the window steps back until one
//! comes. Behind a row that was read before, nothing is skipped.

use std::collections::HashSet;

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
    /// Rows moved so far since the page before that what was read cannot be continued.
    Moved,
    /// Rows were deleted: the window reads some again.
    Back,
    /// The page's rows, from the last that was read before.
    Rows(Vec<Row>, Next),
}

/// How far a window has been read.
#[derive(Debug, Default)]
pub(crate) struct Window {
    /// Rows read so far.
    reached: usize,
    /// The ids of the last page's contacts, how many rows from its end the last of them stands, and where
    /// the page began.
    tail: HashSet<String>,
    last_contact: usize,
    tail_offset: usize,
    /// How often in a row the window stepped back.
    steps_back: usize,
    /// Rows that are no contacts.
    strangers: u64,
    /// Rows that a page brings, learnt from the first one.
    page: usize,
    /// Rows in the window, as the API counted them last.
    total: Option<u64>,
    disputes: usize,
}

/// How often in a row a window steps back before it gives up.
const MOST_STEPS_BACK: usize = 3;

impl Window {
    /// Rows in the window, as the API counted them last.
    pub(crate) fn total(&self) -> Option<u64> {
        self.total
    }

    /// Where the next page begins: one row again, which proves that nothing moved since the last page.
    /// The last page that the API gives may repeat more, where a few rows are all that is left.
    pub(crate) fn next_offset(&self) -> usize {
        let again = if self.page > 1 { self.last_contact.max(1) } else { 0 };
        let next = self.reached.saturating_sub(again);
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
        let (count, offset) = (rows.len(), self.next_offset());
        if offset < self.reached && !self.tail.is_empty() {
            let known = |row: &Row| row.is_contact() && self.tail.contains(&row.id);
            let Some(known) = rows.iter().rposition(known) else {
                return Ok(self.step_back(offset, count));
            };
            // What stands above was read, or was created or deleted since.
            rows.drain(..known);
        }
        if offset == 0 {
            self.page = count;
        }
        let grew = offset + count > self.reached;
        self.total = total;
        self.reached = offset + count;
        self.strangers += rows.iter().filter(|row| !row.is_contact()).count() as u64;
        // A page that brings nothing new does not make the one before it forgotten.
        let contacts = || rows.iter().filter(|row| row.is_contact());
        if contacts().any(|row| !self.tail.contains(&row.id)) {
            self.tail.clear();
        }
        self.tail.extend(contacts().map(|row| row.id.clone()));
        let last = rows.iter().rposition(Row::is_contact);
        self.last_contact = last.map_or(0, |last| rows.len() - last);
        (self.tail_offset, self.steps_back) = (offset, 0);
        rows.retain(Row::is_contact);
        Ok(Turn::Rows(rows, self.next(grew, count < limit)?))
    }

    /// Rows were deleted: what follows the last page has moved up.
    fn step_back(&mut self, offset: usize, count: usize) -> Turn {
        self.steps_back += 1;
        if self.steps_back > MOST_STEPS_BACK || offset == 0 {
            return Turn::Moved;
        }
        self.reached = offset.saturating_sub(count.max(self.page).saturating_sub(2)).max(1);
        Turn::Back
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

    /// Rows read that are no contacts; the API counts them all the same.
    pub(crate) fn strangers(&self) -> u64 {
        self.strangers
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
