//! A model of the API's contact list, to drive the walk without a network.

use bytes::Bytes;
use jiff::Timestamp;
use proptest::prelude::*;

use super::chain::{Ask, Chain, MAX_OFFSET, Progress};
use crate::client::rows::{Page, Row};
use crate::schema::ContactFilter;
use crate::{ErrorKind, Result};

const DAY: i64 = 86_400_000;

/// How the modelled API reads dates and pages.
#[derive(Debug, Clone, Copy)]
struct Reading {
    until_inclusive: bool,
    /// Milliseconds that the API tells apart.
    granule: i64,
    page_cap: usize,
    /// What the API's count is wrong by.
    miscounts: i64,
}

/// What happens to the list between two pages.
#[derive(Debug, Clone, Copy)]
enum Change {
    None,
    /// A contact is created now.
    Create,
    /// The contact at this place, in thousandths of the list, is deleted.
    Delete(usize),
}

/// The list: creation in milliseconds and number, newest first.
struct Model {
    reading: Reading,
    rows: Vec<(i64, u64)>,
    next: u64,
}

impl Model {
    fn new(reading: Reading, dates: &[i64]) -> Self {
        let mut rows: Vec<(i64, u64)> = dates.iter().copied().zip(0..).collect();
        rows.sort_unstable_by(|one, other| other.cmp(one));
        Self { reading, rows, next: dates.len() as u64 }
    }

    fn answer(&self, ask: &Ask) -> Page {
        let Reading { until_inclusive, granule, page_cap, miscounts } = self.reading;
        let coarse = |milliseconds: i64| milliseconds.div_euclid(granule);
        let matching = self.rows.iter().filter(|(created, _)| {
            let created = coarse(*created);
            ask.since.is_none_or(|since| coarse(since.as_millisecond()) <= created)
                && ask.until.is_none_or(|until| match until_inclusive {
                    true => created <= coarse(until.as_millisecond()),
                    false => created < coarse(until.as_millisecond()),
                })
        });
        let matching: Vec<_> = matching.copied().collect();
        let page = matching.iter().skip(ask.offset).take(ask.limit.min(page_cap));
        let rows: Vec<Row> = page.map(|(created, number)| row(*created, *number)).collect();
        assert!(ask.offset <= MAX_OFFSET, "the walk asked for an offset that the API refuses");
        let total = (matching.len() as u64).saturating_add_signed(miscounts);
        Page { count: rows.len(), rows, total: Some(total) }
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::Create => {
                let newest = self.rows.first().map_or(0, |(created, _)| *created);
                self.rows.insert(0, (newest + 1, self.next));
                self.next += 1;
            }
            Change::Delete(place) if !self.rows.is_empty() => {
                self.rows.remove(place * self.rows.len() / 1_000);
            }
            _ => {}
        }
    }

    /// The most rows that the API cannot tell apart by date.
    fn densest(&self) -> usize {
        let mut most = std::collections::HashMap::new();
        for (created, _) in &self.rows {
            *most.entry(created.div_euclid(self.reading.granule)).or_insert(0) += 1;
        }
        most.into_values().max().unwrap_or(0)
    }
}

fn row(created: i64, number: u64) -> Row {
    let created = Timestamp::from_millisecond(created).ok();
    Row { id: number.to_string(), created, updated: None, json: Bytes::new() }
}

/// Walks the whole list, with a change after each page; the numbers in order, and the pages asked.
fn walk(model: &mut Model, filter: ContactFilter, changes: &[Change]) -> Result<(Vec<u64>, usize)> {
    let mut chain = Chain::new(filter);
    let mut changes = changes.iter().copied();
    let (mut numbers, mut pages) = (Vec::new(), 0);
    loop {
        let (rows, progress) = chain.take(model.answer(&chain.ask()))?;
        pages += 1;
        numbers.extend(rows.iter().filter_map(|row| row.id.parse::<u64>().ok()));
        if progress == Progress::Done {
            return Ok((numbers, pages));
        }
        model.change(changes.next().unwrap_or(Change::None));
    }
}

fn reading() -> impl Strategy<Value = Reading> {
    let granule = prop_oneof![Just(1), Just(1_000), Just(DAY)];
    (any::<bool>(), granule, prop_oneof![Just(10), Just(37), Just(50)]).prop_map(
        |(until_inclusive, granule, page_cap)| Reading {
            until_inclusive,
            granule,
            page_cap,
            miscounts: 0,
        },
    )
}

/// Creation dates over about two years, with many that share a second or a day.
fn dates() -> impl Strategy<Value = Vec<i64>> {
    let date = (0..700_i64, 0..86_400_i64, 0..1_000_i64).prop_map(|(day, second, millisecond)| {
        let clustered = if day % 3 == 0 { second / 3_600 * 3_600 } else { second };
        1_700_000_000_000 + day * DAY + clustered * 1_000 + millisecond
    });
    prop::collection::vec(date, 0..4_000)
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        3 => Just(Change::None),
        1 => Just(Change::Create),
        2 => (0..1_000_usize).prop_map(Change::Delete),
    ];
    prop::collection::vec(change, 0..120)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_list_that_rests_is_walked_exactly_and_cheaply(reading in reading(), dates in dates()) {
        let mut model = Model::new(reading, &dates);
        let expected: Vec<u64> = model.rows.iter().map(|(_, number)| *number).collect();
        let (walked, pages) = walk(&mut model, ContactFilter::default(), &[]).unwrap();
        prop_assert_eq!(&walked, &expected);
        if reading.granule < DAY {
            let least = expected.len().div_ceil(reading.page_cap - 1);
            prop_assert!(pages <= least * 5 / 4 + 20, "{} pages, {} would do", pages, least);
        }
    }

    #[test]
    fn contacts_that_stay_come_once_while_others_come_and_go(
        reading in reading(),
        dates in dates(),
        changes in changes(),
    ) {
        let mut model = Model::new(reading, &dates);
        let before: Vec<u64> = model.rows.iter().map(|(_, number)| *number).collect();
        match walk(&mut model, ContactFilter::default(), &changes) {
            Ok((walked, _)) => {
                let once: std::collections::HashSet<_> = walked.iter().copied().collect();
                prop_assert_eq!(once.len(), walked.len(), "a contact came twice");
                let stayed = model.rows.iter().map(|(_, number)| *number).filter(|n| before.contains(n));
                let missing: Vec<_> = stayed.filter(|number| !once.contains(number)).collect();
                prop_assert!(missing.is_empty(), "missing: {:?}", missing);
            }
            Err(error) => {
                prop_assert_eq!(error.kind, ErrorKind::Incomplete);
                prop_assert!(model.densest() > 50, "{}", error);
            }
        }
    }

    #[test]
    fn a_range_of_time_holds_exactly_what_was_created_in_it(
        reading in reading(),
        dates in dates(),
        first in 0..700_i64,
        days in 0..200_i64,
    ) {
        let mut model = Model::new(reading, &dates);
        let since = 1_700_000_000_000 + first * DAY + 12_345;
        let until = since + days * DAY + 678;
        let expected: Vec<u64> = model
            .rows
            .iter()
            .filter(|(created, _)| (since..=until).contains(created))
            .map(|(_, number)| *number)
            .collect();
        let instant = |milliseconds| Timestamp::from_millisecond(milliseconds).ok();
        let filter = ContactFilter { since: instant(since), until: instant(until), ..Default::default() };
        let (walked, _) = walk(&mut model, filter, &[]).unwrap();
        prop_assert_eq!(walked, expected);
    }
}

/// The API at its plainest: pages of 50, exclusive by this many milliseconds.
fn exclusive(granule: i64, miscounts: i64) -> Reading {
    Reading { until_inclusive: false, granule, page_cap: 50, miscounts }
}

fn instants(groups: &[(i64, usize)]) -> Vec<i64> {
    groups.iter().flat_map(|(at, count)| vec![1_700_000_000_000 + at * 1_000; *count]).collect()
}

#[test]
fn contacts_below_a_dense_instant_come_where_the_api_reads_until_by_the_second() {
    let dates = instants(&[(180, 900), (120, 900), (60, 700)]);
    let mut model = Model::new(exclusive(1_000, 0), &dates);
    assert_eq!(walk(&mut model, ContactFilter::default(), &[]).unwrap().0.len(), 2_500);
}

#[test]
fn an_instant_that_the_api_cannot_give_whole_is_an_error_at_every_granularity() {
    for granule in [1, 1_000, DAY] {
        let mut model = Model::new(exclusive(granule, 0), &instants(&[(60, 1_300)]));
        let error = walk(&mut model, ContactFilter::default(), &[]).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Incomplete, "{granule}");
    }
}

#[test]
fn an_instant_is_given_whole_up_to_the_last_row_that_the_api_reaches() {
    for count in [1_029, 1_030, 1_031, 1_049, 1_050] {
        let mut model = Model::new(exclusive(1, 0), &instants(&[(60, count)]));
        assert_eq!(walk(&mut model, ContactFilter::default(), &[]).unwrap().0.len(), count);
    }
}

#[test]
fn a_count_that_is_too_low_ends_no_walk() {
    for miscounts in [-1, -60, -100_000] {
        let dates: Vec<i64> =
            (0..1_300).map(|minute| 1_700_000_000_000 + minute * 60_000).collect();
        let mut model = Model::new(exclusive(1, miscounts), &dates);
        assert_eq!(walk(&mut model, ContactFilter::default(), &[]).unwrap().0.len(), 1_300);
    }
}

#[test]
fn a_count_that_stays_too_high_is_an_error_and_no_endless_walk() {
    for count in [0, 1, 10, 50, 120, 1_300] {
        let dates: Vec<i64> =
            (0..count).map(|minute| 1_700_000_000_000 + minute * 60_000).collect();
        let mut model = Model::new(exclusive(1, 3), &dates);
        let error = walk(&mut model, ContactFilter::default(), &[]).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Incomplete, "{count}: {error}");
    }
}
