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

    /// A request for a day that tells the readings apart; none where the contacts' updates lie too close
    /// together for one. Today is left alone: its count is still changing.
    pub(crate) fn probe_of_day(&mut self, now: Timestamp) -> Option<Probe> {
        self.updated.sort_unstable();
        let today = day(now);
        let mut end = self.updated.len();
        while end > 0 {
            let on = day(at(self.updated[end - 1])?);
            let begin = self.before(on.to_zoned(TimeZone::UTC).ok()?.timestamp());
            let (that_day, since) = ((end - begin) as u64, (self.updated.len() - begin) as u64);
            if on < today && that_day != since && since != self.contacts {
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
            let begin = self.before(day(instant).to_zoned(TimeZone::UTC).ok()?.timestamp());
            let index = self.updated.partition_point(|&other| other < updated);
            let length = self.updated.len();
            let probe = Probe {
                hint: to_wire(instant),
                expected: vec![
                    (Reading::SinceInstant, (length - index) as u64),
                    (Reading::SinceDay, (length - begin) as u64),
                ],
            };
            (day(instant) < today && index > begin).then_some(probe)
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
mod tests {
    use super::*;
    use crate::client::Row;

    fn instant(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn updates(dates: &[&str]) -> Updates {
        let mut updates = Updates::default();
        updates.note(None);
        dates.iter().for_each(|date| updates.note(Some(instant(date))));
        updates
    }

    /// The answer of a server that gives these contacts.
    fn answer(dates: &[&str]) -> Page {
        let row = |date: &&str| Row { updated: Some(instant(date)), ..Row::default() };
        Page { rows: dates.iter().map(row).collect(), total: Some(dates.len() as u64) }
    }

    const DATES: [&str; 5] = [
        "2026-05-01T09:00:00Z",
        "2026-05-02T10:00:00Z",
        "2026-05-02T18:00:00Z",
        "2026-05-03T11:00:00Z",
        "2026-05-04T08:00:00Z",
    ];
    const NOW: &str = "2026-05-04T12:00:00Z";

    #[test]
    fn each_reading_is_told_by_its_count_and_its_contacts() {
        let mut updates = updates(&DATES);
        let probe = updates.probe_of_day(instant(NOW)).unwrap();
        assert_eq!(probe.hint, "2026-05-03");
        assert_eq!(probe.judge(&answer(&DATES[3..])), Reading::SinceDay);
        assert_eq!(probe.judge(&answer(&DATES[3..4])), Reading::ThatDay);
        let all = Page { rows: vec![Row::default(); 6], total: Some(6) };
        assert_eq!(probe.judge(&all), Reading::Ignored);
        assert_eq!(probe.judge(&answer(&DATES[..2])), Reading::Unknown);
        assert_eq!(probe.judge(&answer(&DATES[1..4])), Reading::Unknown);
        let probe = updates.probe_of_instant(instant(NOW)).unwrap();
        assert_eq!(probe.hint, "2026-05-02T18:00:00.000Z");
        assert_eq!(probe.judge(&answer(&DATES[2..])), Reading::SinceInstant);
        assert_eq!(probe.judge(&answer(&DATES[1..])), Reading::SinceDay);
    }

    #[test]
    fn updates_that_lie_too_close_together_measure_nothing() {
        assert_eq!(updates(&DATES[1..3]).probe_of_day(instant(NOW)), None);
        assert_eq!(updates(&DATES[4..]).probe_of_day(instant(NOW)), None);
        assert_eq!(updates(&[]).probe_of_day(instant(NOW)), None);
    }

    #[test]
    fn days_are_asked_for_in_every_time_zone() {
        let (from, now) = (instant("2026-05-02T11:58:00Z"), instant("2026-05-03T11:30:00Z"));
        let days = Reading::ThatDay.hints(from, now).unwrap();
        assert_eq!(days, ["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04"]);
        assert_eq!(Reading::ThatDay.hints(instant("2025-01-01T00:00:00Z"), now), None);
        assert_eq!(Reading::SinceDay.hints(from, now).unwrap(), ["2026-05-01"]);
        assert_eq!(Reading::Ignored.hints(from, now), None);
    }
}
