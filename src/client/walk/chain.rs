//! The complete walk as a pure state machine: which page to ask for next, and which rows are new.
//!
//! The API refuses `offset > 1000`, so one query reaches about 1,050 rows. The walk chains windows:
//! it pages through the newest rows, then asks for what was created until the oldest row it has
//! seen, and so on. Three proofs keep it exact:
//!
//! - **Pages overlap by one row** ([`window`](super::window)). Where more rows moved than that can bear,
//!   the walk begins a new window.
//! - **Windows overlap too.** A new window must hold the row that ended the one before. Where it
//!   does not, the API reads `until` more coarsely than it was meant (exclusive, by the second, by
//!   the day), and the window is widened until it does.
//! - **Dates decide what is new.** Below the seam every row is new; at the seam's own instant the
//!   ids decide; above it every row was given before.
//!
//! Where one instant, or what the API takes for one, holds more rows than a window, no date gets
//! below it. The walk then stands before a dense instant: it is read in parts
//! ([`dense`](super::dense)), and the chain goes on below it.

mod forecast;

use jiff::{SignedDuration, Timestamp};

use super::checkpoint::Checkpoint;
use super::placed::Placed;
use super::seen::{Seen, Sorted};
use super::window::{Ask, Bounds, MAX_OFFSET, Next, PAGE, Turn, Window, incomplete};
use crate::client::rows::{Page, Row};
use crate::schema::ContactFilter;
use crate::{Error, Result};

const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);
pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// How far above the seam a window may have to begin, for the readings of `until` that are possible:
/// exclusive by the millisecond (which an inclusive one bears), by the second, by the day.
const WIDENINGS: [SignedDuration; 3] = [MILLISECOND, SignedDuration::from_secs(1), DAY];

/// Windows in a row that may be cut short without a new row before the walk gives up.
const MOST_FRUITLESS: usize = 5;

/// What a page meant for the walk.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// The window goes on with its next page.
    Continue,
    /// The window is at its end, or rows moved in it: a new one begins.
    NewWindow,
    /// The seam stands in a dense instant, whose rows must be given to
    /// [`take_dense`](Chain::take_dense).
    Dense,
    /// Every row has been seen.
    Done,
}

/// What a walk gave.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) windows: usize,
    /// Rows in all, and those without a date that can be read.
    pub(crate) given: u64,
    pub(crate) undated: u64,
    /// Rows that were no contacts.
    pub(crate) strangers: u64,
    /// The newest date of the first page that had any.
    pub(crate) newest: Option<Timestamp>,
}

/// The walk over one filter, newest contact first.
#[derive(Debug)]
pub(crate) struct Chain {
    filter: ContactFilter,
    /// Where a window's widening starts; an index into [`WIDENINGS`].
    usual_widening: usize,
    /// The widening that the last window needed.
    needed_before: usize,
    /// The widening that this window uses.
    widening: usize,
    seen: Seen,
    start: Start,
    window: Window,
    /// True once the window held a row of the window before.
    joined: bool,
    /// The widening that the last window was joined with: forecasts go by it.
    proven: Option<usize>,
    /// The same before the present seam.
    proven_before: Option<usize>,
    /// True where the window need not hold a row of the one before.
    lenient: bool,
    gave_new: bool,
    windows: usize,
    /// The most rows that a page brought.
    page: usize,
    given: u64,
    undated: u64,
    strangers: u64,
    newest: Option<Timestamp>,
    /// Windows one after another that rows moving in them cut short before they gave anything.
    fruitless: usize,
}

/// Where a window begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// At the filter's own end.
    Top,
    /// At the oldest instant seen before, which it must hold again.
    Seam(Timestamp),
    /// Below a dense instant, at a bound that is known to lie there.
    Cut(Timestamp),
}

impl Chain {
    pub(crate) fn new(filter: ContactFilter) -> Self {
        Self {
            filter,
            usual_widening: 0,
            needed_before: 0,
            widening: 0,
            seen: Seen::default(),
            start: Start::Top,
            window: Window::default(),
            joined: false,
            proven: None,
            proven_before: None,
            lenient: false,
            gave_new: false,
            windows: 1,
            page: 0,
            given: 0,
            undated: 0,
            strangers: 0,
            newest: None,
            fruitless: 0,
        }
    }

    /// The walk that goes on where another one was.
    pub(crate) fn resume(filter: ContactFilter, from: Checkpoint) -> Self {
        let Checkpoint { seen, newest, given, undated, .. } = from;
        let start = seen.seam().map_or(Start::Top, Start::Seam);
        let windows = 1 + usize::from(seen.seam().is_some());
        Self { seen, newest, given, undated, start, windows, ..Self::new(filter) }
    }

    /// How far the walk is, but for what the filter wanted of it.
    pub(crate) fn checkpoint(&self) -> Checkpoint {
        let (seen, newest) = (self.seen.clone(), self.newest);
        let (given, undated) = (self.given, self.undated);
        Checkpoint { seen, newest, given, undated, sent: 0 }
    }

    /// The next page to ask for.
    pub(crate) fn ask(&self) -> Ask {
        self.ask_at(self.start, self.widening, self.window.next_offset())
    }

    fn ask_at(&self, start: Start, widening: usize, offset: usize) -> Ask {
        let until = match start {
            // No seam can prove that a first `until` reaches far enough: a day's margin always does.
            Start::Top => self.filter.until.and_then(|until| until.checked_add(DAY).ok()),
            Start::Seam(seam) => seam.checked_add(WIDENINGS[widening]).ok(),
            Start::Cut(until) => Some(until),
        };
        let since = self.filter.since.map(|since| since.checked_sub(MILLISECOND).unwrap_or(since));
        let dated = since.is_some() || until.is_some() || self.filter.last_updated.is_some();
        let wanted = self.filter.limit.and_then(|limit| usize::try_from(limit).ok());
        let limit = wanted.filter(|wanted| !dated && *wanted < PAGE).unwrap_or(PAGE).max(1);
        Bounds { since, until }.page(offset, limit)
    }

    /// What the walk gave, for a check against the API's counts.
    pub(crate) fn tally(&self) -> Tally {
        let strangers = self.strangers + self.window.strangers();
        let (windows, newest) = (self.windows, self.newest);
        Tally { windows, given: self.given, undated: self.undated, strangers, newest }
    }

    /// Takes the answer to [`ask`](Self::ask): the new rows, and how the walk goes on.
    ///
    /// # Errors
    /// [`ErrorKind::Incomplete`](crate::ErrorKind::Incomplete) where the API does not give what it counts, or where rows move too
    /// fast.
    pub(crate) fn take(&mut self, page: Page) -> Result<(Vec<Row>, Progress)> {
        let asked = self.ask();
        let count = page.rows.len();
        let (rows, next) = match self.window.take(page, asked.limit)? {
            Turn::Moved => return Ok((Vec::new(), self.cut_short()?)),
            Turn::Back => return Ok((Vec::new(), Progress::Continue)),
            Turn::Rows(rows, next) => (rows, next),
        };
        if asked.offset == 0 {
            self.page = self.page.max(count);
        }
        let more_follow = next != Next::End && self.page > 1;
        let last = rows.last().filter(|_| more_follow).map(|row| row.id.clone());
        let Sorted { fresh, again, newest } = self.seen.sort(rows);
        self.join(newest);
        if asked.offset == 0 && self.must_widen() {
            return Ok((Vec::new(), Progress::NewWindow));
        }
        // A last row that was given is still to be followed by what shows its place.
        let settled = again.iter().filter(|placed| last.as_ref() != Some(&placed.row.id));
        settled.for_each(|placed| self.seen.place(placed));
        let fresh = self.give(fresh, last.as_deref());
        let progress = match next {
            Next::Page => Progress::Continue,
            Next::End => Progress::Done,
            Next::Full => self.next_window(),
        };
        Ok((fresh, progress))
    }

    /// Counts and places new rows; those of them that the filter wants. The `last` row of a page waits
    /// to be placed.
    fn give(&mut self, fresh: Vec<Placed>, last: Option<&str>) -> Vec<Row> {
        self.given += fresh.len() as u64;
        self.undated += fresh.iter().filter(|placed| placed.row.created.is_none()).count() as u64;
        self.gave_new |= !fresh.is_empty();
        self.newest = self.newest.or_else(|| fresh.iter().filter_map(|placed| placed.at).max());
        for placed in &fresh {
            match last == Some(&placed.row.id) {
                true => self.seen.wait(placed),
                false => self.seen.place(placed),
            }
        }
        let rows = fresh.into_iter().map(|placed| placed.row);
        rows.filter(|row| self.wanted(row)).collect()
    }

    /// Notes whether the window holds a row of the one before.
    fn join(&mut self, newest: Option<Timestamp>) {
        if let Start::Seam(seam) = self.start {
            self.joined |= newest >= Some(seam);
            self.proven = self.joined.then_some(self.widening).or(self.proven);
        }
    }

    /// The filter's own reading of the row, where the API's is not sure.
    fn wanted(&self, row: &Row) -> bool {
        // A row without a date that can be read is in the range if the API says so.
        let by_creation = row.created.is_none_or(|created| self.filter.holds_creation(created));
        let by_update = self.filter.last_updated.is_none_or(|day| {
            let utc = jiff::tz::TimeZone::UTC;
            row.updated.is_some_and(|updated| updated.to_zoned(utc).date() == day)
        });
        by_creation && by_update
    }

    /// The window is full: the next one begins at the oldest row seen.
    fn next_window(&mut self) -> Progress {
        if !self.gave_new {
            return self.stuck();
        }
        self.strangers += self.window.strangers();
        // A widening that two windows needed is the API's reading of `until`; one that a single
        // window needed may only mean that the row at the seam was deleted.
        if self.widening == self.needed_before {
            self.usual_widening = self.widening;
        }
        self.needed_before = self.widening;
        self.widening = self.usual_widening;
        self.begin_at_seam();
        Progress::NewWindow
    }

    /// A full window brought nothing new. Where it had to be wide only because the row at the seam is gone,
    /// a narrower one that need not hold it goes on; else the seam stands in a dense instant.
    fn stuck(&mut self) -> Progress {
        if self.window.is_whole() {
            return Progress::Done;
        }
        let narrower = self.proven_before.map(|proven| proven.max(1));
        let Some(narrower) = narrower.filter(|width| !self.lenient && *width < self.widening)
        else {
            return Progress::Dense;
        };
        self.widening = narrower;
        self.begin_at_seam();
        self.lenient = true;
        Progress::NewWindow
    }

    /// Rows moved while the window was read: it begins again at the oldest row seen.
    fn cut_short(&mut self) -> Result<Progress> {
        self.fruitless = if self.gave_new { 0 } else { self.fruitless + 1 };
        if self.fruitless > MOST_FRUITLESS {
            return Err(restless());
        }
        self.begin_at_seam();
        Ok(Progress::NewWindow)
    }

    /// True where the window does not hold the row that it must, and is to begin again, wider.
    fn must_widen(&mut self) -> bool {
        let must_join = matches!(self.start, Start::Seam(_)) && !self.joined && !self.lenient;
        if !must_join || self.widening + 1 == WIDENINGS.len() {
            return false;
        }
        self.widening += 1;
        self.begin_at_seam();
        true
    }

    fn begin_at_seam(&mut self) {
        let start = self.seen.seam().map_or(self.start, Start::Seam);
        self.begin(start);
    }

    fn begin(&mut self, start: Start) {
        if self.start != start {
            self.proven_before = self.proven;
        }
        (self.start, self.window) = (start, Window::default());
        (self.joined, self.gave_new, self.lenient) = (false, false, false);
        self.seen.begin_window();
        self.windows += 1;
    }

    /// The bounds of the window that no date gets below, and the instant it is stuck at; no instant where
    /// the rows that fill it have no dates.
    pub(crate) fn dense(&self) -> (Bounds, Option<Timestamp>) {
        (self.ask().bounds, self.seen.seam())
    }

    /// Takes all rows of a dense instant, newest first: those that are new. The chain goes on at `cut`,
    /// below them; where there is none, nothing lies below.
    pub(crate) fn take_dense(
        &mut self,
        rows: Vec<Row>,
        cut: Option<Timestamp>,
    ) -> (Vec<Row>, Progress) {
        self.strangers += self.window.strangers();
        let Bounds { until, .. } = self.ask().bounds;
        // The API sorts and divides by the dates that it means: one far outside is only what it answers.
        let lowest = cut.and_then(|cut| cut.checked_sub(DAY).ok());
        let highest = until.and_then(|until| until.checked_add(DAY).ok());
        let fits = |row: &Row| {
            row.created.is_some_and(|created| {
                lowest.is_none_or(|lowest| lowest <= created)
                    && highest.is_none_or(|highest| created <= highest)
            })
        };
        let (rows, odd): (Vec<_>, Vec<_>) = rows.into_iter().partition(fits);
        self.seen.begin_window();
        let Sorted { mut fresh, again, .. } = self.seen.sort(rows);
        again.iter().for_each(|placed| self.seen.place(placed));
        fresh.extend(self.seen.sort_undated(odd));
        let fresh = self.give(fresh, None);
        match cut {
            None => (fresh, Progress::Done),
            Some(cut) => {
                self.begin(Start::Cut(cut));
                (fresh, Progress::NewWindow)
            }
        }
    }

    /// Takes rows that stand in no window, for want of a date: those that are new.
    pub(crate) fn take_unplaced(&mut self, rows: Vec<Row>) -> Vec<Row> {
        let fresh = self.seen.sort_undated(rows);
        self.give(fresh, None)
    }
}

/// The error of rows that move faster than they can be read.
pub(super) fn restless() -> Error {
    incomplete("the contacts change faster than the API gives them")
        .with_retryable(true)
        .with_hint("try again later, or narrow the filter")
}

/// What to do where the API does not give all.
pub(crate) const NARROW: &str =
    "narrow the filter by status, website_id or assigned_to, and list each apart";
