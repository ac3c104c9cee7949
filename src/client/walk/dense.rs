//! The rows of a window that no date divides, read in parts: by status, site and user. A pure state
//! machine.
//!
//! The API compares these filters exactly. A part with more rows than a query reaches is divided
//! further, by the next of the three; one that cannot be divided any more makes the answer incomplete.
//! A contact may change from one part to another while they are read, and may hold a word that no part
//! asks for. So the parts of a round must give as many rows as the API counts in the undivided window;
//! where they do not, another round divides in another order.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use super::chain::{DAY, NARROW};
use super::window::{Ask, Bounds, Next, PAGE, REACH, Turn, Window, incomplete};
use super::words::Words;
use crate::client::rows::{Page, Row};
use crate::schema::{ContactFilter, to_wire};
use crate::{Error, Result};

/// Rounds before missing rows are believed to be out of reach.
const MOST_ROUNDS: usize = 9;
/// How often a part may begin again because rows moved in it.
const MOST_RESTARTS: usize = 8;

/// One part being read.
#[derive(Debug)]
struct Part {
    filter: ContactFilter,
    window: Window,
    restarts: usize,
}

impl Part {
    fn new(filter: ContactFilter) -> Self {
        Self { filter, window: Window::default(), restarts: 0 }
    }
}

/// The rows between two bounds, read in parts.
#[derive(Debug)]
pub(crate) struct Split {
    base: ContactFilter,
    bounds: Bounds,
    /// The instant that no date divides, for the words of an error; none where rows have no dates.
    instant: Option<Timestamp>,
    words: Words,
    round: usize,
    parts: Vec<Part>,
    /// What the API counted in the undivided window when the round began, and its newest date then: a
    /// contact that is created later does not make up for one that is missing.
    counted: Option<u64>,
    newest: Option<Timestamp>,
    /// The same when the first round began.
    first: (Option<u64>, Option<Timestamp>),
    /// The rows of all rounds, and the ids of this one.
    rows: BTreeMap<String, Row>,
    seen: HashSet<String>,
    /// Rows that no round before this one gave.
    fresh: usize,
}

impl Split {
    pub(crate) fn new(
        filter: &ContactFilter,
        bounds: Bounds,
        instant: Option<Timestamp>,
        words: Words,
    ) -> Self {
        let base = ContactFilter { limit: None, ..filter.clone() };
        Self {
            parts: vec![Part::new(base.clone())],
            base,
            bounds,
            instant,
            words,
            round: 0,
            counted: None,
            newest: None,
            first: (None, None),
            rows: BTreeMap::new(),
            seen: HashSet::new(),
            fresh: 0,
        }
    }

    /// The pages to ask for now, one for each part: its number, its filter, the page. Empty at the end.
    pub(crate) fn asks(&self) -> Vec<(usize, ContactFilter, Ask)> {
        let ask = |part: &Part| self.bounds.page(part.window.next_offset(), PAGE);
        let numbered = self.parts.iter().enumerate();
        numbered.map(|(number, part)| (number, part.filter.clone(), ask(part))).collect()
    }

    /// Takes the answers to [`asks`](Self::asks), in their order; none for a part that the API refused,
    /// for it may not take a word that its own contacts hold.
    ///
    /// # Errors
    /// [`ErrorKind::Incomplete`](crate::ErrorKind::Incomplete) where even all filters together leave too many rows, or some that no
    /// filter reaches.
    pub(crate) fn take(&mut self, pages: Vec<Option<Page>>) -> Result<()> {
        let parts = std::mem::take(&mut self.parts);
        for (part, page) in parts.into_iter().zip(pages) {
            if let Some(page) = page {
                self.take_page(part, page)?;
            }
        }
        if self.parts.is_empty() && !self.is_whole() {
            self.next_round()?;
        }
        Ok(())
    }

    /// All rows, newest first.
    pub(crate) fn into_rows(self) -> Vec<Row> {
        let mut rows: Vec<Row> = self.rows.into_values().collect();
        rows.sort_by(|one, other| other.created.cmp(&one.created).then(other.id.cmp(&one.id)));
        rows
    }

    fn take_page(&mut self, mut part: Part, page: Page) -> Result<()> {
        let undivided = part.filter == self.base;
        if undivided && self.counted.is_none() {
            self.counted = page.total;
            self.newest = page.rows.iter().filter_map(|row| row.created).max();
            if self.round == 0 {
                self.first = (self.counted, self.newest);
            }
        }
        let too_many = page.total.is_some_and(|total| total > REACH);
        match part.window.take(page, PAGE)? {
            Turn::Moved => self.restart(part),
            Turn::Back => {
                self.parts.push(part);
                Ok(())
            }
            Turn::Rows(rows, next) => {
                self.keep(rows);
                match next {
                    // The first page tells already that the part is too large; from the second round
                    // on the undivided window is read as far as it goes, for the words that it holds.
                    Next::Page if too_many && !(undivided && self.round > 0) => self.divide(part),
                    Next::Page => {
                        self.parts.push(part);
                        Ok(())
                    }
                    Next::Full if part.window.is_whole() => Ok(()),
                    Next::Full => self.divide(part),
                    Next::End => Ok(()),
                }
            }
        }
    }

    fn keep(&mut self, rows: Vec<Row>) {
        for row in rows {
            self.words.learn(&row);
            self.seen.insert(row.id.clone());
            self.fresh += usize::from(self.rows.insert(row.id.clone(), row).is_none());
        }
    }

    fn restart(&mut self, part: Part) -> Result<()> {
        if part.restarts == MOST_RESTARTS {
            return Err(self.missing().with_retryable(true));
        }
        let restarts = part.restarts + 1;
        self.parts.push(Part { restarts, ..Part::new(part.filter) });
        Ok(())
    }

    /// Puts the parts of a part in its place.
    fn divide(&mut self, part: Part) -> Result<()> {
        let narrower = self.words.divide(&part.filter, self.round);
        if narrower.is_empty() {
            return Err(self.too_dense(part.window.total()));
        }
        self.parts.extend(narrower.into_iter().map(Part::new));
        Ok(())
    }

    /// True where the round gave as many rows as the API counted when it began, or all rounds as many as
    /// when the first began. Where it does not count: where the round gave none that another had not.
    fn is_whole(&self) -> bool {
        let Some((counted, first)) = self.counted.zip(self.first.0) else {
            return self.round > 0 && self.fresh == 0;
        };
        // A date far above the window is one that the API does not mean, and not one of a new contact.
        let odd = self.bounds.until.and_then(|until| until.checked_add(DAY).ok());
        let until = |newest: Option<Timestamp>| {
            move |row: &&Row| row.created <= newest || odd.is_some() && row.created > odd
        };
        let of_round = self.seen.iter().filter_map(|id| self.rows.get(id));
        of_round.filter(until(self.newest)).count() as u64 >= counted
            || self.rows.values().filter(until(self.first.1)).count() as u64 >= first
    }

    fn next_round(&mut self) -> Result<()> {
        self.round += 1;
        if self.round == MOST_ROUNDS {
            return Err(self.missing());
        }
        self.parts = vec![Part::new(self.base.clone())];
        (self.counted, self.newest) = (None, None);
        self.seen.clear();
        self.fresh = 0;
        Ok(())
    }

    fn too_dense(&self, total: Option<u64>) -> Error {
        let rows = total.map_or_else(|| "more".to_owned(), |total| total.to_string());
        let message = format!(
            "{rows} contacts {} share their status, site and user too, and the API gives no more \
             than {REACH} of them",
            self.which()
        );
        incomplete(message)
            .with_hint("list them with a query, or leave that instant out with since and until")
    }

    fn which(&self) -> String {
        let about = |instant| format!("about {}", to_wire(instant));
        self.instant.map_or_else(|| "without a creation date".to_owned(), about)
    }

    fn missing(&self) -> Error {
        let counted = self.counted.unwrap_or(self.rows.len() as u64);
        let missing = counted.saturating_sub(self.seen.len() as u64).max(1);
        let message = format!(
            "{missing} of {counted} contacts {} did not come, by no status, site or user",
            self.which()
        );
        incomplete(message).with_hint(NARROW)
    }
}
