//! How the API reads its parameters, measured by what it answers to a few requests. Nothing is written.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use crate::client::rows::Page;
use crate::client::walk::{Bounds, Listing, Source};
use crate::client::{Client, Row};
use crate::schema::{ContactFilter, to_wire};
use crate::watch::Reading;
use crate::{ErrorKind, Result};

/// Rows of a page that every API gives.
const PAGE: usize = 50;
/// Rows that are asked for to see how many come.
const MANY: usize = 1_000;
/// The newest contacts that are looked at, in pages.
const PAGES: usize = 4;

/// How finely the API compares instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Granularity {
    Millisecond,
    Second,
    Day,
}

/// Whether a bound includes what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Inclusive,
    Exclusive,
}

/// The newest contacts, by which the readings are told apart.
pub(super) struct Measure {
    client: Client,
    newest: Vec<Row>,
    total: Option<u64>,
}

impl Measure {
    pub(super) async fn begin(client: &Client) -> Result<Self> {
        let mut measure = Self { client: client.clone(), newest: Vec::new(), total: None };
        for number in 0..PAGES {
            let page = measure.page(None, Bounds::default(), number * PAGE, PAGE).await?;
            measure.total = page.total;
            let last = page.rows.len() < PAGE;
            measure.newest.extend(page.rows.into_iter().filter(Row::has_id));
            if last {
                break;
            }
        }
        Ok(measure)
    }

    /// What `lastUpdateDate` is taken for.
    pub(super) async fn reading(&self) -> Result<Reading> {
        let Some((day, later)) = self.day_with_later() else { return Ok(Reading::Unknown) };
        let page = match self.page(Some(day.to_string()), Bounds::default(), 0, PAGE).await {
            // A value that is refused finds nothing.
            Err(error) if error.kind == ErrorKind::Invalid => return Ok(Reading::Unknown),
            page => page?,
        };
        // Some contact was updated before that day, so that a filter leaves fewer.
        if page.total.is_some() && page.total == self.total {
            return Ok(Reading::Ignored);
        }
        let on = |row: &Row| row.updated.map(day_of);
        let rows = &page.rows;
        if rows.iter().all(|row| on(row) == Some(day)) && !rows.is_empty() {
            return Ok(Reading::ThatDay);
        }
        if rows.iter().all(|row| on(row) >= Some(day)) && holds(&page, &later.id) {
            return self.since().await;
        }
        Ok(Reading::Unknown)
    }

    /// The newest contact that was updated on a day after another's, and that day: one in the past.
    fn day_with_later(&self) -> Option<(Date, &Row)> {
        let today = day_of(Timestamp::now());
        let mut days: Vec<_> =
            self.newest.iter().filter_map(|row| row.updated).map(day_of).collect();
        days.sort_unstable();
        days.dedup();
        // Neither the first day, before which nothing is known, nor the last.
        let day = *days.get(days.len() / 2).filter(|day| **day < today && days.len() > 2)?;
        let mut head = self.newest.iter().take(PAGE);
        let later = head.find(|row| row.updated.is_some_and(|it| day_of(it) > day))?;
        Some((day, later))
    }

    /// Days are read as since: are instants too? A contact that was updated earlier on the day tells.
    async fn since(&self) -> Result<Reading> {
        let head = self.newest.iter().take(PAGE).filter_map(|row| Some((row, row.updated?)));
        let pair = head.clone().find_map(|(earlier, first)| {
            let after = |at: Timestamp| at > first && day_of(at) == day_of(first);
            let later = self.newest.iter().filter_map(|row| row.updated).find(|at| after(*at))?;
            Some((earlier, later))
        });
        let Some((earlier, later)) = pair else { return Ok(Reading::SinceDay) };
        let page = self.page(Some(to_wire(later)), Bounds::default(), 0, PAGE).await?;
        let coarse = holds(&page, &earlier.id);
        Ok(if coarse { Reading::SinceDay } else { Reading::SinceInstant })
    }

    /// How finely `since` is compared.
    pub(super) async fn granularity(&self) -> Result<Option<Granularity>> {
        let Some((row, created)) = self.sample() else { return Ok(None) };
        for (step, granularity) in [
            (SignedDuration::from_millis(1), Granularity::Millisecond),
            (SignedDuration::from_secs(1), Granularity::Second),
        ] {
            let since = created.checked_add(step).ok();
            let page = self.page(None, Bounds { since, until: None }, 0, PAGE).await?;
            if !holds(&page, &row.id) {
                return Ok(Some(granularity));
            }
        }
        Ok(Some(Granularity::Day))
    }

    /// Whether `until` includes what it names.
    pub(super) async fn until(&self) -> Result<Option<Bound>> {
        let Some((row, created)) = self.sample() else { return Ok(None) };
        let bounds = Bounds { since: None, until: Some(created) };
        let page = self.page(None, bounds, 0, PAGE).await?;
        Ok(Some(if holds(&page, &row.id) { Bound::Inclusive } else { Bound::Exclusive }))
    }

    /// A contact near the head of the list: one millisecond later it is the same second still.
    fn sample(&self) -> Option<(&Row, Timestamp)> {
        let dated = self.newest.iter().take(PAGE / 2).filter_map(|row| Some((row, row.created?)));
        dated.clone().find(|(_, at)| at.subsec_millisecond() < 999)
    }

    /// How many rows come at most.
    pub(super) async fn page_cap(&self) -> Result<String> {
        let page = self.page(None, Bounds::default(), 0, MANY).await?;
        let (came, total) = (page.rows.len(), page.total.unwrap_or(0));
        Ok(match came < MANY && (came as u64) < total {
            true => format!("at most {came} rows come"),
            false => format!("{came} rows come at once"),
        })
    }

    /// What `query` finds contacts by.
    pub(super) async fn query(&self) -> Result<String> {
        let nonsense: String = std::iter::repeat_with(fastrand::lowercase).take(20).collect();
        if !self.ask(nonsense).await?.rows.is_empty() {
            return Ok("it is ignored: it finds what nobody holds".to_owned());
        }
        let (mut finds, mut misses) = (Vec::new(), Vec::new());
        for name in ["name", "email", "phone"] {
            let Some((row, value)) = self.holder(name) else { continue };
            let found = holds(&self.ask(value).await?, &row.id);
            if found {
                finds.push(name)
            } else {
                misses.push(name)
            };
        }
        let words = |verb: &str, names: &[&str]| format!("{verb} {}", names.join(", "));
        Ok(match (finds.is_empty(), misses.is_empty()) {
            (true, true) => "no contact is fit to look for".to_owned(),
            (false, true) => words("finds known contacts by", &finds),
            (true, false) => words("does not find known contacts by", &misses),
            _ => format!(
                "{}, {}",
                words("finds known contacts by", &finds),
                words("not by", &misses)
            ),
        })
    }

    /// A contact with a value of this name that few others have.
    fn holder(&self, name: &str) -> Option<(&Row, String)> {
        self.newest.iter().find_map(|row| {
            let contact: Map<String, Value> = serde_json::from_slice(&row.json).ok()?;
            let value = contact.get(name)?.as_str()?.trim();
            (value.len() > 2).then(|| (row, value.to_owned()))
        })
    }

    async fn ask(&self, query: String) -> Result<Page> {
        let listing = Listing { client: self.client.clone(), last_update_date: None };
        let filter = ContactFilter { query: Some(query), ..ContactFilter::default() };
        listing.page(&filter, &Bounds::default().page(0, PAGE)).await
    }

    async fn page(
        &self,
        last_update_date: Option<String>,
        bounds: Bounds,
        offset: usize,
        limit: usize,
    ) -> Result<Page> {
        let listing = Listing { client: self.client.clone(), last_update_date };
        listing.page(&ContactFilter::default(), &bounds.page(offset, limit)).await
    }
}

fn holds(page: &Page, id: &str) -> bool {
    page.rows.iter().any(|row| row.id == id)
}

/// The day in UTC.
fn day_of(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::UTC).date()
}
