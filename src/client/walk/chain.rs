//! The complete walk as a pure state machine: which page to ask for next, and which rows are new.
//!
//! The API refuses `offset > 1000`, so one query reaches about 1,050 rows. The walk chains windows:
//! it pages through the newest rows, then asks for what was created until the oldest row it has
//! seen, and so on. Three proofs keep it exact:
//!
//! - **Pages overlap by one row.** A page that does not begin with the row that ended the page
//!   before shows that rows moved in between; the walk ends the window there and begins a new one.
//! - **Windows overlap too.** A new window must hold the row that ended the one before. Where it
//!   does not, the API reads `until` more coarsely than it was meant (exclusive, by the second, by
//!   the day), and the window is widened until it does.
//! - **Dates decide what is new.** Below the seam every row is new; at the seam's own instant the
//!   ids decide; above it every row was given before.

mod forecast;

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::super::rows::{Page, Row};
use crate::schema::ContactFilter;
use crate::{Error, ErrorKind, Result};

/// The API's page size.
pub(crate) const PAGE: usize = 50;
/// The largest offset that the API takes.
pub(crate) const MAX_OFFSET: usize = 1_000;

/// How far above the seam a window may have to begin, for the readings of `until` that are possible:
/// exact and inclusive, by the millisecond, the second, the day.
const WIDENINGS: [SignedDuration; 4] = [
    SignedDuration::ZERO,
    SignedDuration::from_millis(1),
    SignedDuration::from_secs(1),
    SignedDuration::from_hours(24),
];

/// Windows in a row that may be cut short without a new row before the walk gives up.
const MOST_FRUITLESS: usize = 5;

/// One page to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Ask {
    pub(crate) since: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
    pub(crate) offset: usize,
    pub(crate) limit: usize,
}

/// What a page meant for the walk.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// The window goes on with its next page.
    Continue,
    /// The window is at its end, or rows moved in it: a new one begins.
    NewWindow,
    /// Every row has been seen.
    Done,
}

/// The walk over one filter, newest contact first.
#[derive(Debug)]
pub(crate) struct Chain {
    filter: ContactFilter,
    /// Where a window's widening starts; an index into [`WIDENINGS`].
    usual_widening: usize,
    /// The widening that the last window needed, and that this one uses.
    needed_before: usize,
    widening: usize,
    /// The oldest instant seen, and the ids given at it.
    seam: Option<Timestamp>,
    at_seam: HashSet<String>,
    /// Rows without a usable date that were given: no window can place them.
    undated: HashSet<String>,
    window: Window,
    windows: usize,
    /// The most rows that a page brought.
    page: usize,
    /// Windows one after another that rows moving in them cut short before they gave anything.
    fruitless: usize,
}

/// The window in progress.
#[derive(Debug, Default)]
struct Window {
    /// Rows read so far.
    reached: usize,
    /// The id that ended the last page.
    last: Option<String>,
    /// Rows a page brings, learnt from the first one.
    page: usize,
    /// True once a row of the window before was met again.
    joined: bool,
    gave_new: bool,
    /// The oldest instant seen when the window began.
    seam: Option<Timestamp>,
    /// Rows in the window, as the API counted them last.
    total: Option<u64>,
}

impl Chain {
    pub(crate) fn new(filter: ContactFilter) -> Self {
        Self {
            filter,
            usual_widening: 1,
            needed_before: 1,
            widening: 1,
            seam: None,
            at_seam: HashSet::new(),
            undated: HashSet::new(),
            window: Window::default(),
            windows: 1,
            page: 0,
            fruitless: 0,
        }
    }

    /// The next page to ask for.
    pub(crate) fn ask(&self) -> Ask {
        self.ask_at(self.window.seam, self.widening, self.next_offset())
    }

    fn ask_at(&self, seam: Option<Timestamp>, widening: usize, offset: usize) -> Ask {
        // No seam can prove that a first `until` reaches far enough: a day's margin always does.
        let first = || self.filter.until.and_then(|until| until.checked_add(WIDENINGS[3]).ok());
        let below = |seam: Timestamp| seam.checked_add(WIDENINGS[widening]).ok();
        let until = seam.map_or_else(first, below);
        let since = self.filter.since.map(|since| since.checked_sub(WIDENINGS[1]).unwrap_or(since));
        let dated = since.is_some() || until.is_some() || self.filter.last_updated.is_some();
        let wanted = self.filter.limit.and_then(|limit| usize::try_from(limit).ok());
        let limit = wanted.filter(|wanted| !dated && *wanted < PAGE).unwrap_or(PAGE).max(1);
        Ask { since, until, offset, limit }
    }

    /// The number of windows begun, and of rows given that have no usable date.
    pub(crate) fn windows_and_undated(&self) -> (usize, usize) {
        (self.windows, self.undated.len())
    }

    /// Takes the answer to [`ask`](Self::ask): the new rows, and how the walk goes on.
    ///
    /// # Errors
    /// [`ErrorKind::Incomplete`] where the API cannot give all rows of one instant.
    pub(crate) fn take(&mut self, page: Page) -> Result<(Vec<Row>, Progress)> {
        let Page { rows, count, total } = page;
        let offset = self.next_offset();
        let overlaps = offset < self.window.reached;
        let moved = overlaps && rows.first().map(|row| &row.id) != self.window.last.as_ref();
        let vanished = count == 0 && total.is_some_and(|total| total > offset as u64);
        if moved || vanished {
            return Ok((Vec::new(), self.cut_short(total)?));
        }
        if offset == 0 {
            self.window.page = count;
            self.page = self.page.max(count);
        }
        self.window.total = total;
        self.window.reached = offset + count;
        self.window.last = rows.last().map(|row| row.id.clone());
        let fresh = self.keep_new(rows);
        if self.must_widen() {
            return Ok((Vec::new(), Progress::NewWindow));
        }
        self.window.gave_new |= !fresh.is_empty();
        self.remember(&fresh);
        let ended = total
            .map_or(count < self.window.page.max(1), |total| self.window.reached as u64 >= total);
        let progress = match ended {
            true => Progress::Done,
            false if self.next_offset() > MAX_OFFSET => self.next_window(total)?,
            false => Progress::Continue,
        };
        let fresh = fresh.into_iter().filter(|row| self.wanted(row)).collect();
        Ok((fresh, progress))
    }

    /// One row again: it proves that nothing moved since the last page.
    fn next_offset(&self) -> usize {
        let overlap = usize::from(self.window.page > 1);
        self.window.reached.saturating_sub(overlap)
    }

    /// Rows that no window gave before.
    fn keep_new(&mut self, rows: Vec<Row>) -> Vec<Row> {
        let seam = self.seam;
        let joins = self.window.seam;
        let mut ids_of_page = HashSet::new();
        rows.into_iter()
            .filter(|row| {
                self.window.joined |= joins.is_some() && row.created >= joins;
                let known = match (row.created, seam) {
                    (None, _) => self.undated.contains(&row.id),
                    (Some(created), Some(seam)) if created == seam => {
                        self.at_seam.contains(&row.id)
                    }
                    (Some(created), Some(seam)) => created > seam,
                    (Some(_), None) => false,
                };
                !known && ids_of_page.insert(row.id.clone())
            })
            .collect()
    }

    /// Moves the seam down to the oldest of the new rows.
    fn remember(&mut self, fresh: &[Row]) {
        for row in fresh {
            match row.created {
                None => {
                    self.undated.insert(row.id.clone());
                }
                Some(created) => {
                    if self.seam.is_none_or(|seam| created < seam) {
                        self.seam = Some(created);
                        self.at_seam.clear();
                    }
                    self.at_seam.insert(row.id.clone());
                }
            }
        }
    }

    /// The filter's own reading of the row, where the API's is not sure.
    fn wanted(&self, row: &Row) -> bool {
        let by_creation = self.filter.since.is_none() && self.filter.until.is_none()
            || row.created.is_some_and(|created| self.filter.holds_creation(created));
        let by_update = self.filter.last_updated.is_none_or(|day| {
            let utc = jiff::tz::TimeZone::UTC;
            row.updated.is_some_and(|updated| updated.to_zoned(utc).date() == day)
        });
        by_creation && by_update
    }

    /// The window is full: the next one begins at the oldest row seen.
    fn next_window(&mut self, total: Option<u64>) -> Result<Progress> {
        if !self.window.gave_new {
            return Err(self.incomplete(total));
        }
        // A widening that two windows needed is the API's reading of `until`; one that a single
        // window needed may only mean that the row at the seam was deleted.
        if self.widening == self.needed_before {
            self.usual_widening = self.widening;
        }
        self.needed_before = self.widening;
        self.widening = self.usual_widening;
        self.begin();
        Ok(Progress::NewWindow)
    }

    /// Rows moved while the window was read: it begins again at the oldest row seen.
    fn cut_short(&mut self, total: Option<u64>) -> Result<Progress> {
        self.fruitless = if self.window.gave_new { 0 } else { self.fruitless + 1 };
        if self.fruitless > MOST_FRUITLESS {
            return Err(self.incomplete(total));
        }
        self.begin();
        Ok(Progress::NewWindow)
    }

    /// True where the window does not hold the row that it must, and is to begin again, wider.
    fn must_widen(&mut self) -> bool {
        let first_page = self.window.seam.is_some() && self.window.last.is_some();
        if !first_page || self.window.joined || self.widening + 1 == WIDENINGS.len() {
            return false;
        }
        self.widening += 1;
        self.begin();
        true
    }

    fn begin(&mut self) {
        self.window = Window { seam: self.seam, ..Window::default() };
        self.windows += 1;
    }

    fn incomplete(&self, total: Option<u64>) -> Error {
        let when = self.seam.map_or("the same instant".into(), crate::schema::to_wire);
        let rows = total.map_or("more".into(), |total| total.to_string());
        let reach = MAX_OFFSET + PAGE;
        Error::new(
            ErrorKind::Incomplete,
            format!(
                "{rows} contacts share about {when}, and the API gives no more than {reach} of them"
            ),
        )
        .with_hint("narrow the filter by status, website_id or assigned_to, and list each apart")
    }
}
