//! What the model server answers.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::contact::{Contact, Shape};
use super::rules::Hint;
use super::world::{DAY, HOUR, SECOND, Told, World};
use crate::client::rows::Page;
use crate::client::walk::Ask;
use crate::schema::ContactFilter;
use crate::{Error, ErrorKind, Result};

/// The largest offset that the API takes.
const MAX_OFFSET: usize = 1_000;

impl World {
    /// Begins a request: time passes, something may happen, and it may fail. False where it never comes
    /// back.
    pub(super) fn request(&mut self) -> Result<bool> {
        let latency = self.rng.i64(20..400);
        self.pass(latency);
        if self.rng.f64() < self.unrest {
            self.happen();
        }
        #[cfg(test)]
        if let Some(deed) = self.deeds.pop_front() {
            deed(self);
        }
        self.requests += 1;
        if let Some(left) = &mut self.ends_after {
            *left = left.saturating_sub(1);
            self.ended = *left == 0;
        }
        if self.ended {
            return Ok(false);
        }
        if self.rng.f64() < self.faults {
            return Err(self.fault());
        }
        self.tell_date();
        Ok(true)
    }

    fn fault(&mut self) -> Error {
        let kinds = [
            ErrorKind::Timeout,
            ErrorKind::Network,
            ErrorKind::Server,
            ErrorKind::Decode,
            ErrorKind::RateLimited,
            ErrorKind::Unauthorized,
        ];
        Error::new(kinds[self.rng.usize(0..kinds.len())], "an invented fault")
    }

    fn tell_date(&mut self) {
        if self.rules.tells_date {
            let date = self.now - self.now.rem_euclid(SECOND);
            let skew = date - (self.now + self.local_ahead);
            self.told = Some(Told { date, at: self.now, skew });
        }
    }

    /// A page of the list.
    pub(super) fn answer(
        &self,
        filter: &ContactFilter,
        ask: &Ask,
        hint: Option<&str>,
    ) -> Result<Page> {
        if ask.offset > MAX_OFFSET {
            return Err(Error::invalid("Offset cannot be greater than 1000"));
        }
        if hint.is_some() && self.rules.hint == Hint::Refused {
            return Err(Error::invalid("lastUpdateDate is not allowed"));
        }
        let hint = hint.map(moment);
        let selected = self.list.iter().filter(|contact| {
            contact.matches(filter)
                && self.is_within(contact, ask)
                && hint.as_ref().is_none_or(|(day, instant)| self.hints(contact, *day, *instant))
        });
        let selected: Vec<&Contact> = selected.collect();
        let rows = selected.iter().skip(ask.offset).take(ask.limit.min(self.rules.page_cap));
        let rows = rows.map(|contact| contact.row()).collect();
        Ok(Page { rows, total: Some(selected.len() as u64) })
    }

    fn is_within(&self, contact: &Contact, ask: &Ask) -> bool {
        let (since, until) = (ask.bounds.since, ask.bounds.until);
        if matches!(contact.shape, Shape::Undated | Shape::Dateless) {
            return self.rules.undated_in_windows || since.is_none() && until.is_none();
        }
        let coarse = |milliseconds: i64| milliseconds.div_euclid(self.rules.granule);
        let created = coarse(contact.created);
        let bound = |bound: Timestamp| coarse(bound.as_millisecond());
        since.is_none_or(|since| {
            bound(since) < created || self.rules.since_inclusive && bound(since) == created
        }) && until.is_none_or(|until| {
            created < bound(until) || self.rules.until_inclusive && bound(until) == created
        })
    }

    /// True where the model's reading of `lastUpdateDate` selects the contact.
    fn hints(&self, contact: &Contact, day: i64, instant: i64) -> bool {
        let on = |zone: i64| (contact.updated + zone * HOUR).div_euclid(DAY);
        match self.rules.hint {
            Hint::SinceInstant => contact.updated >= instant,
            Hint::SinceDay(zone) => on(zone) >= day,
            Hint::ThatDay(zone) => on(zone) == day,
            Hint::BeforeDay => on(0) < day,
            Hint::Ignored | Hint::Refused => true,
        }
    }
}

/// The day that a parameter names, in days, and the instant, in milliseconds.
fn moment(text: &str) -> (i64, i64) {
    let day = text.get(..10).and_then(|day| day.parse::<Date>().ok());
    let midnight = day.and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    let midnight = midnight.map_or(0, |midnight| midnight.timestamp().as_millisecond());
    let instant = text.parse::<Timestamp>().map_or(midnight, |instant| instant.as_millisecond());
    (midnight.div_euclid(DAY), instant)
}
