//! What a sweep measures: how the server reads `lastUpdateDate` and `since`.

use std::time::Duration;

use jiff::Timestamp;

use super::Cycle;
use crate::client::Row;
use crate::client::walk::{Bounds, Source};
use crate::schema::ContactFilter;
use crate::store::Found;
use crate::watch::feed::Feed;
use crate::watch::plan::Task;
use crate::watch::reading::{Probe, Reading, Updates};
use crate::watch::{Cursor, ServerTime, WatchKind};
use crate::{ErrorKind, Result};

/// The page that measures.
const PAGE: usize = 50;
/// How much further back `since` may have to lie to give what was created at an instant.
const MARGINS: [Duration; 3] =
    [Duration::ZERO, Duration::from_secs(1), Duration::from_secs(86_400)];

/// What a sweep notes to measure by.
#[derive(Debug, Default)]
pub(super) struct Noted {
    updates: Updates,
    /// True where an update was found that the polls should have found before.
    misled: bool,
}

impl Noted {
    pub(super) fn note(&mut self, rows: &[Row]) {
        rows.iter().for_each(|row| self.updates.note(row.updated));
    }

    /// Updates between the last sweep and what the polls had read were theirs to find.
    pub(super) fn compare(
        &mut self,
        before: &Cursor,
        time: ServerTime,
        rows: &[Row],
        found: &[Found],
    ) {
        let read = before.updates_from(time).filter(|_| before.reading.finds());
        let Some(read) = read else { return };
        let missed = |found: &Found| {
            let row = rows.iter().find(|row| row.id == found.contact);
            row.and_then(|row| row.updated)
                .is_some_and(|updated| updated > before.swept && updated < read)
        };
        self.misled |= found.iter().any(missed);
    }
}

impl<F: Feed> Cycle<'_, F> {
    /// Finds out what the server takes `lastUpdateDate` for, where that is not known or proved wrong.
    pub(super) async fn measure_updates(
        &mut self,
        task: Task,
        mut noted: Noted,
        now: Timestamp,
    ) -> Result<()> {
        if self.definition.kind != WatchKind::Updated {
            return Ok(());
        }
        let before = self.cursor.reading;
        if noted.misled {
            self.done.notes.push(format!(
                "lastUpdateDate does not find every update, though it seemed to be read as {}",
                before.describe()
            ));
        }
        let begins = matches!(task, Task::Begin | Task::BeginAgain);
        if before.finds() && !noted.misled && !begins {
            return Ok(());
        }
        self.cursor.reading = if noted.misled {
            Reading::Unknown
        } else {
            self.reading(&mut noted.updates, now).await?
        };
        if self.cursor.reading != before || begins {
            let reading = self.cursor.reading.describe();
            self.done.notes.push(format!("the API's lastUpdateDate is {reading}"));
        }
        Ok(())
    }

    async fn reading(&self, updates: &mut Updates, now: Timestamp) -> Result<Reading> {
        let Some(probe) = updates.probe_of_day(now, None) else { return Ok(Reading::Unknown) };
        let reading = self.ask(&probe).await?;
        // A contact that changed since the list was read can make one count look like another reading's.
        if reading.finds()
            && let Some(second) = updates.probe_of_day(now, Some(&probe))
            && self.ask(&second).await? != reading
        {
            return Ok(Reading::Unknown);
        }
        if reading == Reading::SinceDay
            && let Some(probe) = updates.probe_of_instant(now)
            && self.ask(&probe).await? == Reading::SinceInstant
        {
            return Ok(Reading::SinceInstant);
        }
        Ok(reading)
    }

    /// The reading that a request shows; unknown where the API does not take it.
    async fn ask(&self, probe: &Probe) -> Result<Reading> {
        let source = self.feed.source(Some(probe.hint.clone()));
        let ask = Bounds::default().page(0, PAGE);
        match source.page(&self.definition.filter, &ask).await {
            Ok(page) => Ok(probe.judge(&page)),
            Err(error) if error.kind == ErrorKind::Invalid => Ok(Reading::Unknown),
            Err(error) => Err(error),
        }
    }

    /// Finds out how far back `since` must lie to give the newest contact that came, unless that is gone.
    pub(super) async fn measure_since(&mut self, filter: &ContactFilter) -> Result<()> {
        let Some(newest) = self.newest.created else { return Ok(()) };
        let source = self.feed.source(None);
        for margin in MARGINS {
            // As the walk asks for it.
            let since = newest.checked_sub(margin + Duration::from_millis(1)).unwrap_or(newest);
            let ask = Bounds { since: Some(since), until: None }.page(0, PAGE);
            let page = source.page(filter, &ask).await?;
            let holds = |row: &Row| row.created.is_some_and(|created| created <= newest);
            // Where many came meanwhile, it is on a later page.
            if page.rows.iter().any(holds) || page.total > Some(page.rows.len() as u64) {
                self.cursor.margin = margin;
                return Ok(());
            }
        }
        Ok(())
    }
}
