//! What a measure claims, over servers of every reading.

use proptest::prelude::*;

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
    "2026-05-02T13:00:00Z",
    "2026-05-02T18:00:00Z",
    "2026-05-03T11:00:00Z",
    "2026-05-05T08:00:00Z",
];
const NOW: &str = "2026-05-05T12:00:00Z";

#[test]
fn each_reading_is_told_by_its_count_and_its_contacts() {
    let mut updates = updates(&DATES);
    let probe = updates.probe_of_day(instant(NOW), None).unwrap();
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
    assert_eq!(updates(&DATES[1..3]).probe_of_day(instant(NOW), None), None);
    assert_eq!(updates(&DATES[4..]).probe_of_day(instant(NOW), None), None);
    assert_eq!(updates(&[]).probe_of_day(instant(NOW), None), None);
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

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// What a server may take the parameter for; days begin so many hours before UTC's.
#[derive(Debug, Clone, Copy)]
enum Server {
    SinceInstant,
    SinceDay(i64),
    ThatDay(i64),
    Ignored,
    BeforeDay(i64),
}

impl Server {
    fn selects(self, hint: &str, updated: i64) -> bool {
        let midnight = instant(&format!("{}T00:00:00Z", &hint[..10])).as_millisecond();
        let asked = if hint.len() > 10 { instant(hint).as_millisecond() } else { midnight };
        let day = |zone: i64| (updated + zone * HOUR).div_euclid(DAY) - midnight / DAY;
        match self {
            Self::SinceInstant => updated >= asked,
            Self::SinceDay(zone) => day(zone) >= 0,
            Self::ThatDay(zone) => day(zone) == 0,
            Self::Ignored => true,
            Self::BeforeDay(zone) => day(zone) < 0,
        }
    }

    fn answer(self, hint: &str, updated: &[i64], dateless: usize) -> Page {
        let all = matches!(self, Self::Ignored).then(|| vec![Row::default(); dateless]);
        let row = |updated: &i64| Row { updated: at(*updated), ..Row::default() };
        let selected = updated.iter().filter(|updated| self.selects(hint, **updated));
        let mut rows: Vec<_> = selected.map(row).chain(all.into_iter().flatten()).collect();
        let total = Some(rows.len() as u64);
        rows.truncate(50);
        Page { rows, total }
    }

    /// As a sweep does it.
    fn measure(self, updated: &[i64], dateless: usize, now: Timestamp) -> Reading {
        let mut updates = Updates::default();
        updated.iter().for_each(|updated| updates.note(at(*updated)));
        (0..dateless).for_each(|_| updates.note(None));
        let judge = |probe: Probe| probe.judge(&self.answer(&probe.hint, updated, dateless));
        match updates.probe_of_day(now, None).map_or(Reading::Unknown, judge) {
            Reading::SinceDay => match updates.probe_of_instant(now).map(judge) {
                Some(Reading::SinceInstant) => Reading::SinceInstant,
                _ => Reading::SinceDay,
            },
            reading => reading,
        }
    }
}

fn server() -> impl Strategy<Value = Server> {
    let zone = || prop_oneof![Just(0_i64), Just(-3), -12..=14_i64];
    prop_oneof![
        Just(Server::SinceInstant),
        zone().prop_map(Server::SinceDay),
        zone().prop_map(Server::ThatDay),
        Just(Server::Ignored),
        zone().prop_map(Server::BeforeDay),
    ]
}

/// Updates over some days, from few and far between to many a day.
fn updated(now: i64) -> impl Strategy<Value = Vec<i64>> {
    let within = |days: i64, most: usize| {
        prop::collection::vec((0..days * DAY).prop_map(move |age| now - age), 0..most)
    };
    prop_oneof![within(4, 8), within(10, 45), within(300, 45), within(30, 200)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn by_what_a_measure_claims_every_later_update_is_found(
        server in server(),
        (updated, later) in (updated(1_700_000_000_000), prop::collection::vec(0..5 * DAY, 1..20)),
        dateless in 0..3_usize,
        from in 0..DAY,
    ) {
        let now = 1_700_000_000_000;
        let reading = server.measure(&updated, dateless, at(now).unwrap());
        if matches!(server, Server::Ignored | Server::BeforeDay(_)) {
            prop_assert!(!reading.finds(), "{reading:?}");
        }
        let (from, until) = (now + from, now + 6 * DAY);
        let hints = reading.hints(at(from).unwrap(), at(until).unwrap()).unwrap_or_default();
        for updated in later.into_iter().map(|after| from + after).filter(|_| reading.finds()) {
            let found = hints.iter().any(|hint| server.selects(hint, updated));
            prop_assert!(found, "{reading:?} does not find {updated} by {hints:?}");
        }
    }

    #[test]
    fn a_measure_claims_what_the_server_does_and_nothing_else(
        server in server(),
        updated in updated(1_700_000_000_000),
    ) {
        let reading = server.measure(&updated, 1, at(1_700_000_000_000).unwrap());
        prop_assert!(match reading {
            Reading::SinceInstant => matches!(server, Server::SinceInstant),
            Reading::SinceDay => matches!(server, Server::SinceDay(_) | Server::SinceInstant),
            Reading::ThatDay => matches!(server, Server::ThatDay(_)),
            Reading::Ignored => matches!(server, Server::Ignored),
            Reading::Unknown => true,
        }, "{reading:?}");
    }
}
