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

const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// How far above the seam a window may have to begin, for the readings of `until` that are possible:
/// exclusive by the millisecond (which an inclusive one bears), by the second, by the day.
const WIDENINGS: [SignedDuration; 3] = [MILLISECOND, SignedDuration::from_secs(1), DAY];

/// Windows in a row that may be cut short without a new row before the walk gives up.
const MOST_FRUITLESS: usize = 5;

/// Pages in a row that may bring nothing although the API counts more, before that is an error.
const MOST_DISPUTES: usize = 5;

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

/// What a walk gave.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) windows: usize,
    /// Rows with a date, and without one that can be read.
    pub(crate) dated: u64,
    pub(crate) undated: u64,
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
    /// The oldest instant seen, and the ids given at it.
    seam: Option<Timestamp>,
    at_seam: HashSet<String>,
    /// Rows without a usable date that were given: no window can place them.
    undated: HashSet<String>,
    window: Window,
    windows: usize,
    /// The most rows that a page brought.
    page: usize,
    given: u64,
    newest: Option<Timestamp>,
    /// Windows one after another that rows moving in them cut short before they gave anything.
    fruitless: usize,
}

/// The window in progress.
#[derive(Debug, Default)]
struct Window {
    /// Rows read so far.
    reached: usize,
    /// The ids of the last page, and where it began.
    tail: Vec<String>,
    tail_offset: usize,
    /// Rows a page brings, learnt from the first one.
    page: usize,
    /// True once a row of the window before was met again.
    joined: bool,
    gave_new: bool,
    /// The oldest instant seen when the window began.
    seam: Option<Timestamp>,
    /// Rows in the window, as the API counted them last.
    total: Option<u64>,
    /// Pages that brought nothing although the API counts more.
    disputes: usize,
}

impl Window {
    /// The id at this place, where the last page held it.
    fn at(&self, offset: usize) -> Option<&String> {
        self.tail.get(offset.checked_sub(self.tail_offset)?)
    }
}

impl Chain {
    pub(crate) fn new(filter: ContactFilter) -> Self {
        Self {
            filter,
            usual_widening: 0,
            needed_before: 0,
            widening: 0,
            seam: None,
            at_seam: HashSet::new(),
            undated: HashSet::new(),
            window: Window::default(),
            windows: 1,
            page: 0,
            given: 0,
            newest: None,
            fruitless: 0,
        }
    }

    /// The next page to ask for.
    pub(crate) fn ask(&self) -> Ask {
        self.ask_at(self.window.seam, self.widening, self.next_offset())
    }

    fn ask_at(&self, seam: Option<Timestamp>, widening: usize, offset: usize) -> Ask {
        // No seam can prove that a first `until` reaches far enough: a day's margin always does.
        let first = || self.filter.until.and_then(|until| until.checked_add(DAY).ok());
        let below = |seam: Timestamp| seam.checked_add(WIDENINGS[widening]).ok();
        let until = seam.map_or_else(first, below);
        let since = self.filter.since.map(|since| since.checked_sub(MILLISECOND).unwrap_or(since));
        let dated = since.is_some() || until.is_some() || self.filter.last_updated.is_some();
        let wanted = self.filter.limit.and_then(|limit| usize::try_from(limit).ok());
        let limit = wanted.filter(|wanted| !dated && *wanted < PAGE).unwrap_or(PAGE).max(1);
        Ask { since, until, offset, limit }
    }

    /// What the walk gave, for a check against the API's counts.
    pub(crate) fn tally(&self) -> Tally {
        let undated = self.undated.len() as u64;
        Tally { windows: self.windows, dated: self.given - undated, undated, newest: self.newest }
    }

    /// Takes the answer to [`ask`](Self::ask): the new rows, and how the walk goes on.
    ///
    /// # Errors
    /// [`ErrorKind::Incomplete`] where the API cannot give all rows of one instant.
    pub(crate) fn take(&mut self, page: Page) -> Result<(Vec<Row>, Progress)> {
        let Page { rows, count, total } = page;
        let asked = self.ask();
        let overlaps = asked.offset < self.window.reached;
        if overlaps && rows.first().map(|row| &row.id) != self.window.at(asked.offset) {
            return Ok((Vec::new(), self.cut_short(total)?));
        }
        if asked.offset == 0 {
            self.window.page = count;
            self.page = self.page.max(count);
        }
        let grew = asked.offset + count > self.window.reached;
        self.window.total = total;
        self.window.reached = asked.offset + count;
        self.window.tail = rows.iter().map(|row| row.id.clone()).collect();
        self.window.tail_offset = asked.offset;
        let fresh = self.keep_new(rows);
        if asked.offset == 0 && self.must_widen() {
            return Ok((Vec::new(), Progress::NewWindow));
        }
        self.given += fresh.len() as u64;
        self.window.gave_new |= !fresh.is_empty();
        self.remember(&fresh);
        let progress = self.progress(grew, count < asked.limit)?;
        Ok((fresh.into_iter().filter(|row| self.wanted(row)).collect(), progress))
    }

    /// How the walk goes on after a page. The rows that came decide, and the API's count must agree:
    /// a count that is too low ends nothing, and one that is too high is not believed until it has
    /// been asked for again.
    fn progress(&mut self, grew: bool, short: bool) -> Result<Progress> {
        let reached = self.window.reached as u64;
        let total = self.window.total;
        if !grew && total.is_some_and(|total| total > reached) {
            self.window.disputes += 1;
            if self.window.disputes > MOST_DISPUTES {
                return Err(disputed(total.unwrap_or(0), reached));
            }
            return Ok(Progress::Continue);
        }
        if !grew || short && total.is_some_and(|total| total <= reached) {
            return Ok(Progress::Done);
        }
        if self.next_offset() > MAX_OFFSET {
            self.next_window(total)
        } else {
            Ok(Progress::Continue)
        }
    }

    /// One row again: it proves that nothing moved since the last page. The last page that the API
    /// gives may repeat more, where a few rows are all that is left.
    fn next_offset(&self) -> usize {
        let window = &self.window;
        let next = window.reached.saturating_sub(usize::from(window.page > 1));
        let within = window.total.is_some_and(|total| total <= (MAX_OFFSET + window.page) as u64);
        let last_chance = next > MAX_OFFSET && window.tail_offset < MAX_OFFSET && within;
        if last_chance && window.reached > MAX_OFFSET { MAX_OFFSET } else { next }
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
        self.newest = self.newest.or_else(|| fresh.iter().filter_map(|row| row.created).max());
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
        // A row without a date that can be read is in the range if the API says so.
        let by_creation = row.created.is_none_or(|created| self.filter.holds_creation(created));
        let by_update = self.filter.last_updated.is_none_or(|day| {
            let utc = jiff::tz::TimeZone::UTC;
            row.updated.is_some_and(|updated| updated.to_zoned(utc).date() == day)
        });
        by_creation && by_update
    }

    /// The window is full: the next one begins at the oldest row seen.
    fn next_window(&mut self, total: Option<u64>) -> Result<Progress> {
        if !self.window.gave_new {
            let whole = total.is_some_and(|total| total <= self.window.reached as u64);
            return if whole { Ok(Progress::Done) } else { Err(self.incomplete(total)) };
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
        let first = self.window.seam.is_none();
        if first || self.window.joined || self.widening + 1 == WIDENINGS.len() {
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
        let rows = total.map_or("more".into(), |total| total.to_string());
        let reach = MAX_OFFSET + PAGE;
        let what = match self.seam {
            Some(seam) => format!("share about {}", crate::schema::to_wire(seam)),
            None => "have no creation date that can be read".into(),
        };
        let message =
            format!("{rows} contacts {what}, and the API gives no more than {reach} of them");
        Error::new(ErrorKind::Incomplete, message).with_hint(NARROW)
    }
}

/// What to do where the API does not give all.
pub(crate) const NARROW: &str =
    "narrow the filter by status, website_id or assigned_to, and list each apart";

fn disputed(total: u64, reached: u64) -> Error {
    let message = format!("the API counts {total} contacts and gives {reached} of them");
    Error::new(ErrorKind::Incomplete, message)
        .with_retryable(true)
        .with_hint("contacts may be changing fast: try again, or narrow the filter")
}
