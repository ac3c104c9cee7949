//! Every change of the clocks from 2024 to 2037, held against a walk through every minute.
//!
//! The oracle knows nothing of searches, gaps and folds. It looks at what the wall clock shows at each minute
//! of real time. An interval runs when the clock shows a time that matches. A fixed time runs when the clock
//! first reaches or passes it: of all the minutes that the clock has moved on by, one matches.

use cliengo::schedule::{Cron, time_zone};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::support::at;

const ZONES: [&str; 16] = [
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "America/Mexico_City",
    "America/Bogota",
    "America/Asuncion",
    "America/Havana",
    "America/New_York",
    "Europe/Madrid",
    "Europe/London",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    // The gap ends at midnight, so what it skips belongs to the day before.
    "America/Nuuk",
    // Winter time in Ramadan only; two hours at once; midnight on a Friday.
    "Africa/Casablanca",
    "Antarctica/Troll",
    "Africa/Cairo",
];

/// Expressions with whether they are fixed times.
const EXPRESSIONS: [(&str, bool); 16] = [
    ("0 0 * * *", true),
    ("30 0 * * *", true),
    ("30 2 * * *", true),
    ("30 2,14 * * *", true),
    ("0 0-5 * * *", true),
    ("0,20,40 0,1,2,3 * * *", true),
    ("59 23 * * 0", true),
    ("30 23 * * 6", true),
    ("15 1 * * 1-5", true),
    ("0 2 1-7,25-31 * 0", true),
    ("5 1 30 12 *", true),
    ("0 * * * *", false),
    ("*/15 * * * *", false),
    ("*/20 1-3 * * *", false),
    ("5 */2 * * *", false),
    ("*/30 0 * * 0,5", false),
];

/// The values of one field as bits, by an own reading of cron's syntax.
fn values(field: &str, least: i8, most: i8) -> u64 {
    let item = |item: &str| {
        let (range, step) = item.split_once('/').unwrap_or((item, "1"));
        let (from, to) = match range.split_once('-') {
            Some((from, to)) => (from.parse().unwrap(), to.parse().unwrap()),
            None if range == "*" => (least, most),
            None => (range.parse().unwrap(), range.parse().unwrap()),
        };
        (from..=to).step_by(step.parse().unwrap())
    };
    field.split(',').flat_map(item).fold(0, |bits, value| bits | 1 << value)
}

/// The fields of an expression; the days are combined where both are given.
struct Pattern {
    minutes: u64,
    hours: u64,
    days: u64,
    months: u64,
    weekdays: u64,
    either_day: bool,
}

impl Pattern {
    fn parse(expression: &str) -> Self {
        let fields: Vec<&str> = expression.split(' ').collect();
        Self {
            minutes: values(fields[0], 0, 59),
            hours: values(fields[1], 0, 23),
            days: values(fields[2], 1, 31),
            months: values(fields[3], 1, 12),
            weekdays: values(fields[4], 0, 6),
            either_day: fields[2] != "*" && fields[4] != "*",
        }
    }

    fn matches(&self, time: DateTime) -> bool {
        let holds = |bits: u64, value: i8| bits >> value & 1 == 1;
        if !holds(self.minutes, time.minute()) || !holds(self.hours, time.hour()) {
            return false;
        }
        let day = holds(self.days, time.day());
        let weekday = holds(self.weekdays, time.weekday().to_sunday_zero_offset());
        let date = if self.either_day { day || weekday } else { day && weekday };
        date && holds(self.months, time.month())
    }
}

/// What the wall clock shows at each minute of a window, and what it has passed since the minute before.
struct Window {
    start: Timestamp,
    end: Timestamp,
    minutes: Vec<(Timestamp, DateTime, Vec<DateTime>)>,
}

impl Window {
    fn around(instant: Timestamp, zone: &TimeZone) -> Self {
        let (start, end) = (instant - 30.hours(), instant + 30.hours());
        let mut furthest = zone.to_datetime(start - 1.minute());
        let mut minutes = Vec::new();
        let mut now = start;
        while now < end {
            let shown = zone.to_datetime(now);
            let mut passed = Vec::new();
            while furthest < shown {
                furthest += 1.minute();
                passed.push(furthest);
            }
            minutes.push((now, shown, passed));
            now += SignedDuration::from_mins(1);
        }
        Self { start, end, minutes }
    }

    fn expected(&self, pattern: &Pattern, fixed: bool) -> Vec<Timestamp> {
        let due = self.minutes.iter().filter(|(_, shown, passed)| match fixed {
            true => passed.iter().any(|time| pattern.matches(*time)),
            false => pattern.matches(*shown),
        });
        due.map(|(now, ..)| *now).collect()
    }

    fn found(&self, cron: &Cron) -> Vec<Timestamp> {
        let first = cron.next_after(self.start - 1.nanosecond());
        let due = std::iter::successors(first, |due| cron.next_after(*due));
        due.take_while(|due| *due < self.end).collect()
    }
}

/// The changes of a zone's clocks, found by looking every six hours.
fn changes(zone: &TimeZone, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
    let step = SignedDuration::from_hours(6);
    let mut found = Vec::new();
    let mut now = from;
    while now < until {
        if zone.to_offset(now) != zone.to_offset(now + step) {
            found.push(now);
        }
        now += step;
    }
    found
}

fn check(zone: &TimeZone, around: Timestamp) {
    let window = Window::around(around, zone);
    for (expression, fixed) in EXPRESSIONS {
        let cron = Cron::parse(expression, zone).unwrap();
        let expected = window.expected(&Pattern::parse(expression), fixed);
        assert_eq!(window.found(&cron), expected, "{expression} in {}", cron.zone_name());
    }
}

#[test]
fn every_change_of_the_clocks_until_2037_is_as_the_walk_through_every_minute_says() {
    let (from, until) = (at("2024-01-01T00:00:00Z"), at("2038-01-01T00:00:00Z"));
    let mut checked = 0;
    for name in ZONES {
        let zone = time_zone(name).unwrap();
        let changes = changes(&zone, from, until);
        checked += changes.len();
        // A quiet time for zones whose clocks do not change any more.
        check(&zone, at("2025-08-01T12:00:00Z"));
        changes.into_iter().for_each(|change| check(&zone, change));
    }
    assert!(checked > 250, "only {checked} changes");
}

#[test]
fn a_zone_that_left_out_a_whole_day_is_no_exception() {
    let zone = time_zone("Pacific/Apia").unwrap();
    let changes = changes(&zone, at("2011-12-29T00:00:00Z"), at("2012-01-01T00:00:00Z"));
    assert_eq!(changes.len(), 1);
    check(&zone, changes[0]);
}
