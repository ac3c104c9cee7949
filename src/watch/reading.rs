//! What the server takes `lastUpdateDate` for: measured, never assumed.
//!
//! After the complete list was gone through, it is known how many contacts were updated on each day. One
//! request for a day then tells by its count which of the readings is the server's.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::client::rows::Page;
use crate::schema::to_wire;

/// What the server takes `lastUpdateDate` for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Contacts updated at that instant or later.
    SinceInstant,
    /// Contacts updated on that day or later.
    SinceDay,
    /// Contacts updated on that day.
    ThatDay,
    /// Nothing: all contacts come.
    Ignored,
    /// Something else, or not yet measured.
    Unknown,
}

impl Reading {
    /// The reading in words.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::SinceInstant => "since that instant",
            Self::SinceDay => "since that day",
            Self::ThatDay => "on that day",
            Self::Ignored => "ignored",
            Self::Unknown => "not known",
        }
    }

    /// True where a query by it finds updates.
    pub(crate) const fn finds(self) -> bool {
        matches!(self, Self::SinceInstant | Self::SinceDay | Self::ThatDay)
    }

    /// The parameters that together find what was updated from `from` on; none where it finds nothing, or
    /// where that would be more queries than the complete list is worth.
    pub(crate) fn hints(self, from: Timestamp, now: Timestamp) -> Option<Vec<String>> {
        match self {
            Self::SinceInstant => Some(vec![to_wire(from)]),
            Self::SinceDay => Some(vec![day(earlier(from)).to_string()]),
            Self::ThatDay => {
                let last = day(now.checked_add(EAST).unwrap_or(now));
                let mut days = vec![day(earlier(from))];
                while days.last().is_some_and(|day| *day < last) {
                    days.extend(days.last().and_then(|day| day.tomorrow().ok()));
                    if days.len() > MOST_DAYS {
                        return None;
                    }
                }
                Some(days.iter().map(Date::to_string).collect())
            }
            Self::Ignored | Self::Unknown => None,
        }
    }
}

/// The server's day may begin in any time zone, and few updates do not tell which: its day of an instant is
/// that of so much earlier in UTC at the least, and of so much later at the most.
const WEST: SignedDuration = SignedDuration::from_hours(12);
const EAST: SignedDuration = SignedDuration::from_hours(14);

/// How long after a day's beginning in UTC it may be that day anywhere.
const LONGEST_DAY: SignedDuration = SignedDuration::from_hours(24 + 12);

fn earlier(from: Timestamp) -> Timestamp {
    from.checked_sub(WEST).unwrap_or(from)
}

/// Days that are asked for one by one before the complete list is the better way.
const MOST_DAYS: usize = 60;

/// When contacts were last updated, to measure by: milliseconds, of contacts that tell it.
#[derive(Debug, Default)]
pub(crate) struct Updates {
    updated: Vec<i64>,
    contacts: u64,
}

/// One request that tells readings apart, and what each would count.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Probe {
    /// The parameter's value.
    pub(crate) hint: String,
    expected: Vec<(Reading, u64)>,
}

impl Updates {
    pub(crate) fn note(&mut self, updated: Option<Timestamp>) {
        self.contacts += 1;
        self.updated.extend(updated.map(Timestamp::as_millisecond));
    }

    /// A request for a day that tells the readings apart, in whatever time zone the server's days begin;
    /// none where the contacts' updates lie too close together for one. Today is left alone: its count is
    /// still changing. With another probe, one for an earlier day than that.
    pub(crate) fn probe_of_day(&mut self, now: Timestamp, other: Option<&Probe>) -> Option<Probe> {
        self.updated.sort_unstable();
        let today = day(now);
        let mut end = self.updated.len();
        while end > 0 {
            let on = day(at(self.updated[end - 1])?);
            let midnight = on.to_zoned(TimeZone::UTC).ok()?.timestamp();
            let begin = self.before(midnight);
            let far_later = self.before(midnight + LONGEST_DAY) < self.updated.len();
            let far_earlier = self.before(midnight - EAST) > 0;
            let (that_day, since) = ((end - begin) as u64, (self.updated.len() - begin) as u64);
            let another = other.is_none_or(|other| on.to_string() < other.hint);
            if on < today && far_later && far_earlier && another {
                let expected = vec![
                    (Reading::SinceDay, since),
                    (Reading::ThatDay, that_day),
                    (Reading::Ignored, self.contacts),
                ];
                return Some(Probe { hint: on.to_string(), expected });
            }
            end = begin;
        }
        None
    }

    /// Where days are read as since: a request for an instant that tells whether instants are too.
    pub(crate) fn probe_of_instant(&self, now: Timestamp) -> Option<Probe> {
        let today = day(now);
        self.updated.iter().rev().find_map(|&updated| {
            let instant = at(updated)?;
            let midnight = day(instant).to_zoned(TimeZone::UTC).ok()?.timestamp();
            // Later than its day begins anywhere, so that no such beginning looks like the instant.
            let (begin, latest) = (self.before(midnight), self.before(midnight + WEST));
            let index = self.updated.partition_point(|&other| other < updated);
            let length = self.updated.len();
            let probe = Probe {
                hint: to_wire(instant),
                expected: vec![
                    (Reading::SinceInstant, (length - index) as u64),
                    (Reading::SinceDay, (length - begin) as u64),
                ],
            };
            (day(instant) < today && index > latest).then_some(probe)
        })
    }

    /// How many were updated before the instant.
    fn before(&self, instant: Timestamp) -> usize {
        let instant = instant.as_millisecond();
        self.updated.partition_point(|&updated| updated < instant)
    }
}

impl Probe {
    /// The reading that the answer shows: the one whose count is the answer's, and whose contacts the
    /// answer's first page holds. Contacts that changed meanwhile make it unknown until the next time.
    pub(crate) fn judge(&self, page: &Page) -> Reading {
        let Some(count) = page.total else { return Reading::Unknown };
        let fits = self.expected.iter().find(|(_, expected)| *expected == count);
        let Some((reading, _)) = fits else { return Reading::Unknown };
        let holds = |updated: Option<Timestamp>| match reading {
            Reading::Ignored => true,
            reading => updated.is_some_and(|updated| self.selects(*reading, updated)),
        };
        if page.rows.iter().all(|row| holds(row.updated)) { *reading } else { Reading::Unknown }
    }

    fn selects(&self, reading: Reading, updated: Timestamp) -> bool {
        let on = day(updated).to_string();
        match reading {
            Reading::ThatDay => on == self.hint,
            _ => on.as_str() >= &self.hint[..self.hint.len().min(10)],
        }
    }
}

fn at(milliseconds: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds).ok()
}

/// The day in UTC.
fn day(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests;
