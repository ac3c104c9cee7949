//! Contacts without a creation date, which no window of time holds.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::chain::NARROW;
use super::drive::Walk;
use super::source::Source;
use super::window::{Bounds, Next, PAGE, REACH, Turn, Window, incomplete};
use super::words::{ORDERS, Words};
use crate::Result;
use crate::client::rows::Row;
use crate::schema::ContactFilter;

/// How often a list is read again because rows moved in it.
const ATTEMPTS: usize = 8;

impl<S: Source> Walk<S> {
    /// The contacts without a date that the walk has not met. Where there are any, the list is read
    /// without bounds of time, in parts that the API gives whole.
    ///
    /// # Errors
    /// [`ErrorKind::Incomplete`](crate::ErrorKind::Incomplete) where some are beyond the reach of every part.
    pub(super) async fn undated(&mut self) -> Result<Vec<Row>> {
        if self.filter.since.is_some() || self.filter.until.is_some() {
            return Ok(Vec::new());
        }
        let base = ContactFilter { limit: None, ..self.filter.clone() };
        let met = self.chain.tally().undated;
        let mut found = BTreeMap::new();
        let mut beyond = 0;
        for order in 0..ORDERS + 2 {
            // Contacts that come and go between two counts look like one without a date: the counts are
            // believed once they have been made again.
            let hidden = hidden(&self.source, &base).await?;
            beyond = hidden.undated.saturating_sub(met.max(found.len() as u64));
            if beyond == 0 {
                return Ok(found.into_values().rev().collect());
            }
            if (1..=ORDERS).contains(&order) {
                let words = self.words().await?;
                let whole = (base.clone(), hidden);
                read_in_parts(&self.source, &words, order - 1, whole, &mut found).await?;
            }
        }
        let message = format!(
            "{beyond} contacts have no creation date, and the API gives no way to reach them"
        );
        Err(incomplete(message).with_hint(NARROW))
    }
}

/// Adds the contacts without a date of every part that the API gives whole.
async fn read_in_parts(
    source: &impl Source,
    words: &Words,
    order: usize,
    whole: (ContactFilter, Hidden),
    found: &mut BTreeMap<String, Row>,
) -> Result<()> {
    let mut parts = vec![whole];
    while let Some((filter, hidden)) = parts.pop() {
        if hidden.undated == 0 {
            continue;
        }
        let rows = if hidden.all <= REACH { read(source, &filter).await? } else { None };
        if let Some(rows) = rows {
            found.extend(rows.into_iter().map(|row| (row.id.clone(), row)));
            continue;
        }
        for filter in words.divide(&filter, order) {
            let hidden = self::hidden(source, &filter).await?;
            parts.push((filter, hidden));
        }
    }
    Ok(())
}

/// What a list holds.
#[derive(Debug, Clone, Copy)]
struct Hidden {
    all: u64,
    /// Contacts that are in no window of time.
    undated: u64,
}

/// Counts before and after: a contact that is created meanwhile has a date.
async fn hidden(source: &impl Source, filter: &ContactFilter) -> Result<Hidden> {
    // Later than any date that a contact can have.
    let dated = Bounds { since: None, until: Some(Timestamp::MAX) };
    let before = source.total(filter, dated).await?;
    let all = source.total(filter, Bounds::default()).await?;
    if all <= before {
        return Ok(Hidden { all, undated: 0 });
    }
    let after = source.total(filter, dated).await?;
    Ok(Hidden { all, undated: all.saturating_sub(before.max(after)) })
}

/// The contacts without a date in a list; none where the API does not give it whole.
async fn read(source: &impl Source, filter: &ContactFilter) -> Result<Option<Vec<Row>>> {
    'again: for _ in 0..ATTEMPTS {
        let mut window = Window::default();
        let mut undated = Vec::new();
        loop {
            let ask = Bounds::default().page(window.next_offset(), PAGE);
            match window.take(source.page(filter, &ask).await?, PAGE)? {
                Turn::Moved => continue 'again,
                Turn::Back => {}
                Turn::Rows(rows, next) => {
                    undated.extend(rows.into_iter().filter(|row| row.created.is_none()));
                    match next {
                        Next::Page => {}
                        Next::Full if !window.is_whole() => return Ok(None),
                        _ => return Ok(Some(undated)),
                    }
                }
            }
        }
    }
    Err(super::chain::restless())
}
