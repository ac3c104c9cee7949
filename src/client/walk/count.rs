//! The number of contacts that match, in as few requests as the API lets it be known.

use jiff::{SignedDuration, Timestamp};

use super::chain::DAY;
use super::drive::Walk;
use super::source::Source;
use super::window::{Bounds, MAX_OFFSET, PAGE, REACH};
use crate::Result;
use crate::client::ListContacts;
use crate::client::rows::Page;
use crate::schema::ContactFilter;

/// How far above `since` the rows are looked at that show how coarsely the API read it, the widest first:
/// where a day holds too many, a shorter time may not.
const MARGINS: [SignedDuration; 4] = [
    DAY,
    SignedDuration::from_hours(1),
    SignedDuration::from_mins(1),
    SignedDuration::from_secs(1),
];

/// Pages that a bisection of a window may take; more means that rows move in it.
const MOST_LOOKS: usize = 12;

/// The number of contacts that match.
///
/// The API counts them itself. Where it may read a bound more coarsely than it was meant, the rows at
/// that bound are looked at; where that does not tell, all are.
pub(super) async fn count<S: Source>(source: &S, filter: &ContactFilter) -> Result<u64> {
    let most = filter.limit.unwrap_or(u64::MAX);
    let all = ContactFilter { limit: None, ..filter.clone() };
    let counted = match filter.last_updated {
        None => by_totals(source, &all).await?,
        Some(_) => None,
    };
    if let Some(count) = counted {
        return Ok(count.min(most));
    }
    let mut walk = Walk::new(source.clone(), filter.clone(), ListContacts::CONCURRENCY, None);
    let mut count = 0;
    while let Some(rows) = walk.next_page().await? {
        count += rows.len() as u64;
    }
    Ok(count)
}

/// None where the API's own counts do not tell.
async fn by_totals(source: &impl Source, filter: &ContactFilter) -> Result<Option<u64>> {
    let (since, until) = (filter.since, filter.until);
    let bounds = Bounds {
        since: since.and_then(|since| since.checked_sub(SignedDuration::from_millis(1)).ok()),
        until: until.and_then(|until| until.checked_add(DAY).ok()),
    };
    let rows = if since.is_some() || until.is_some() { PAGE } else { 1 };
    let page = source.page(filter, &bounds.page(0, rows)).await?;
    let Some(total) = page.total.filter(|total| *total >= page.rows.len() as u64) else {
        return Ok(None);
    };
    let above = match until {
        Some(until) => rows_above(source, filter, bounds, page, until).await?,
        None => Some(0),
    };
    let below = match since {
        Some(since) => rows_below(source, filter, bounds, since).await?,
        None => Some(0),
    };
    let outside = above.zip(below).map(|(above, below)| above + below);
    Ok(outside.and_then(|outside| total.checked_sub(outside)))
}

/// How many rows of the window are older than the instant.
async fn rows_below(
    source: &impl Source,
    filter: &ContactFilter,
    bounds: Bounds,
    instant: Timestamp,
) -> Result<Option<u64>> {
    for margin in MARGINS {
        let until = instant.checked_add(margin).ok();
        let near = Bounds { until: bounds.until.min(until).or(until), ..bounds };
        let page = source.page(filter, &near.page(0, PAGE)).await?;
        let Some(total) = page.total else { return Ok(None) };
        if total <= REACH {
            let Ok(before) = instant.checked_sub(SignedDuration::from_nanos(1)) else {
                return Ok(None);
            };
            let above = rows_above(source, filter, near, page, before).await?;
            return Ok(above.and_then(|above| total.checked_sub(above)));
        }
    }
    Ok(None)
}

/// How many rows of the window are newer than the instant, by bisection over its pages; `first` is the
/// first of them. None where that lies beyond the API's reach, or where a row without a date
/// stands in the way.
async fn rows_above(
    source: &impl Source,
    filter: &ContactFilter,
    bounds: Bounds,
    first: Page,
    instant: Timestamp,
) -> Result<Option<u64>> {
    let size = first.rows.len();
    let total = first.total.and_then(|total| usize::try_from(total).ok()).unwrap_or(size);
    let reach = total.min(MAX_OFFSET + size);
    let (mut low, mut high) = (0, reach);
    let (mut page, mut offset) = (first, 0);
    // Rows before `low` are newer, rows from `high` on are not.
    for _ in 0..MOST_LOOKS {
        if low >= high {
            // The end of what the API gives is not the end of what is newer.
            return Ok((low < reach || reach == total).then_some(low as u64));
        }
        if page.rows.is_empty() || page.rows.iter().any(|row| row.created.is_none()) {
            return Ok(None);
        }
        let newer = page.rows.iter().filter(|row| row.created > Some(instant)).count();
        if newer < page.rows.len() {
            high = offset + newer;
        }
        if newer > 0 {
            low = (offset + newer).max(low);
        }
        // Never below `low`, so that each page tells something new.
        offset = ((low + high) / 2).saturating_sub(size / 2).max(low).min(MAX_OFFSET);
        if low < high {
            page = source.page(filter, &bounds.page(offset, PAGE)).await?;
        }
    }
    Ok(None)
}
