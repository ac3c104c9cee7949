//! A list that rests: every contact that matches comes exactly once, and cheaply.

use super::*;
use crate::ErrorKind;

fn everything() -> ContactFilter {
    ContactFilter::default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_list_that_rests_is_walked_exactly_and_in_order(reading in reading(), dates in dates()) {
        let model = Model::new(reading, &dates);
        let (walked, _) = model.walk(everything()).unwrap();
        let once: std::collections::HashSet<_> = walked.iter().collect();
        prop_assert_eq!((walked.len(), once.len()), (dates.len(), dates.len()));
        prop_assert!(walked.is_sorted_by_key(|number| -dates[*number as usize]));
    }

    #[test]
    fn a_list_spread_evenly_costs_little_more_than_its_pages(
        reading in reading(),
        count in 0..6_000_i64,
    ) {
        let dates: Vec<_> = (0..count).map(|index| START + index * 700 * DAY / count).collect();
        let (_, pages) = Model::new(reading, &dates).walk(everything()).unwrap();
        let fewest = dates.len().div_ceil(reading.page_cap);
        prop_assert!(pages <= fewest * 5 / 4 + 20, "{} pages, {} would do: {:?}", pages, fewest, reading);
    }

    #[test]
    fn a_range_of_time_holds_exactly_what_was_created_in_it(
        reading in reading(),
        dates in dates(),
        first in 0..700_i64,
        days in 0..200_i64,
    ) {
        let since = START + first * DAY + 12_345;
        let until = since + days * DAY + 678;
        let model = Model::new(reading, &dates);
        let expected = model.numbers(|contact| {
            contact.created.is_some_and(|created| (since..=until).contains(&created))
        });
        let filter = ContactFilter { since: instant(since), until: instant(until), ..everything() };
        let (mut walked, _) = model.walk(filter.clone()).unwrap();
        let (counted, _) = model.count(&filter).unwrap();
        prop_assert_eq!(counted, expected.len() as u64);
        walked.sort_unstable();
        let mut expected = expected;
        expected.sort_unstable();
        prop_assert_eq!(walked, expected);
    }

    #[test]
    fn contacts_without_a_date_come_too(
        reading in reading(),
        dates in dates(),
        undated in 0..40_usize,
        status in prop::option::of(0..4_usize),
    ) {
        let all = dates.iter().copied().map(Some).chain(vec![None; undated]);
        let model = Model::of(reading, all);
        let status = status.map(|index| STATUSES[index].to_owned());
        let is = |contact: &Contact| status.as_ref().is_none_or(|status| *status == contact.status);
        let mut expected = model.numbers(is);
        let (mut walked, _) = model.walk(ContactFilter { status: status.clone(), ..everything() }).unwrap();
        walked.sort_unstable();
        expected.sort_unstable();
        prop_assert!(walked == expected, "{} came of {}: {:?}", walked.len(), expected.len(), reading);
    }
}

#[test]
fn rows_that_are_no_contacts_hide_none() {
    for count in [300, 3_000] {
        for every in [2, 7, 49, 50] {
            let dates: Vec<_> = (0..count).map(|index| START + index * 60_000).collect();
            let model = Model::new(plain(1), &dates);
            model.state().null_every = Some(every);
            let (walked, _) = model.walk(everything()).unwrap();
            let once: std::collections::HashSet<_> = walked.iter().collect();
            let nulls = count as u64 / every;
            assert_eq!(walked.len() as u64, count as u64 - nulls, "{count} {every}");
            assert_eq!(once.len(), walked.len());
        }
    }
}

#[test]
fn contacts_that_all_lack_a_date_come_too() {
    for (dated, undated) in [(0, 1_500), (700, 700), (1_100, 1_500)] {
        for undated_in_windows in [true, false] {
            let dates = (0..dated).map(|index| Some(START + index * 60_000));
            let all = dates.chain(vec![None; undated]);
            let model = Model::of(Reading { undated_in_windows, ..plain(1) }, all);
            let (walked, _) = model.walk(everything()).unwrap();
            let once: std::collections::HashSet<_> = walked.iter().collect();
            let whole = dated as usize + undated;
            assert_eq!((walked.len(), once.len()), (whole, whole), "{undated_in_windows}");
        }
    }
}

#[test]
fn a_dense_instant_is_read_in_parts_at_every_granularity() {
    for granule in [1, 1_000, DAY] {
        for until_inclusive in [true, false] {
            let dates = instants(&[(400_000, 70), (180_000, 3_000), (90_000, 1_500), (60, 700)]);
            let model = Model::new(Reading { until_inclusive, ..plain(granule) }, &dates);
            let (walked, pages) = model.walk(everything()).unwrap();
            let once: std::collections::HashSet<_> = walked.iter().collect();
            assert_eq!((walked.len(), once.len()), (dates.len(), dates.len()), "{granule}");
            assert!(pages < 320, "{granule}: {pages} pages");
        }
    }
}

#[test]
fn a_crowded_day_and_a_crowded_second_are_whole() {
    let day: Vec<_> = (0..3_000).map(|index| START + index * 28_000).collect();
    let second: Vec<_> = (0..3_000).map(|index| START + index / 3).collect();
    for (dates, granule) in [(day, DAY), (second, 1_000)] {
        let around = [START - 3 * DAY, START + 3 * DAY];
        let dates = [dates, around.to_vec()].concat();
        let (walked, _) = Model::new(plain(granule), &dates).walk(everything()).unwrap();
        assert_eq!(walked.len(), 3_002, "{granule}");
    }
}

#[test]
fn words_that_nobody_listed_do_not_hide_a_contact_in_a_dense_instant() {
    let odd = |number: u64| {
        let mut contact = Contact::new(number, Some(START));
        match number % 40 {
            0 => contact.status = "FROZEN".into(),
            1 => contact.user = "left long ago".into(),
            2 => contact.site = "closed".into(),
            _ => {}
        }
        contact
    };
    let model = Model::holding(plain(1), (0..2_000).map(odd).collect());
    assert_eq!(model.walk(everything()).unwrap().0.len(), 2_000);
}

#[test]
fn a_part_that_no_filter_divides_further_is_an_error_that_says_what_is_missing() {
    for granule in [1, 1_000, DAY] {
        let alike = |number: u64| Contact { number, ..Contact::new(0, Some(START)) };
        let model = Model::holding(plain(granule), (0..1_300).map(alike).collect());
        let error = model.walk(everything()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Incomplete, "{granule}");
        assert!(error.message.contains("1300 contacts about 2023-11-14T22:13:20"), "{error}");
        let filter = ContactFilter { limit: Some(200), ..everything() };
        assert_eq!(model.walk(filter).unwrap().0.len(), 200);
    }
}

#[test]
fn contacts_below_a_dense_instant_come_where_the_api_reads_until_by_the_second() {
    let dates = instants(&[(180, 900), (120, 900), (60, 700)]);
    let model = Model::new(plain(1_000), &dates);
    assert_eq!(model.walk(everything()).unwrap().0.len(), 2_500);
}

#[test]
fn an_instant_is_given_whole_up_to_the_last_row_that_the_api_reaches() {
    for count in [1_029, 1_030, 1_031, 1_049, 1_050, 1_051] {
        let model = Model::new(plain(1), &instants(&[(60, count)]));
        assert_eq!(model.walk(everything()).unwrap().0.len(), count);
    }
}

#[test]
fn a_count_that_is_too_low_ends_no_walk() {
    for miscounts in [-1, -60, -100_000] {
        let dates: Vec<i64> = (0..1_300).map(|minute| START + minute * 60_000).collect();
        let model = Model::new(Reading { miscounts, ..plain(1) }, &dates);
        assert_eq!(model.walk(everything()).unwrap().0.len(), 1_300);
    }
}

#[test]
fn a_count_that_stays_too_high_is_an_error_and_no_endless_walk() {
    for count in [0, 1, 10, 50, 120, 1_300] {
        let dates: Vec<i64> = (0..count).map(|minute| START + minute * 60_000).collect();
        let model = Model::new(Reading { miscounts: 3, ..plain(1) }, &dates);
        let error = model.walk(everything()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Incomplete, "{count}: {error}");
    }
}

#[test]
fn a_contact_whose_date_does_not_fit_its_place_hides_no_other() {
    for odd in [START - 900 * DAY, START + 9_000 * DAY] {
        for place in [0, 3, 49, 50, 51, 1_000, 1_049, 1_200, 2_499] {
            let dates: Vec<_> = (0..2_500).map(|index| START + index * 60_000).collect();
            let model = Model::new(plain(1), &dates);
            // The API sorts by something else than the date that it answers.
            let number = model.numbers(|_| true)[place];
            let walked = misdated(&model, number, odd).walk(everything());
            let (walked, _) = walked.unwrap_or_else(|error| panic!("{odd} at {place}: {error}"));
            let once: std::collections::HashSet<_> = walked.iter().collect();
            assert_eq!((walked.len(), once.len()), (2_500, 2_500), "{odd} at {place}");
        }
    }
}

#[test]
fn an_odd_date_within_a_dense_instant_hides_no_older_contact() {
    for odd in [START - 900 * DAY, START + 9_000 * DAY] {
        for place in [0, 500, 1_029, 1_200, 1_499] {
            for until_inclusive in [true, false] {
                let dates = instants(&[(400_000, 30), (300_000, 1_500), (60, 1_100)]);
                let model = Model::new(Reading { until_inclusive, ..plain(1) }, &dates);
                let number =
                    model.numbers(|contact| contact.created == Some(START + 300_000_000))[place];
                let walked = misdated(&model, number, odd).walk(everything());
                let (walked, _) =
                    walked.unwrap_or_else(|error| panic!("{odd} at {place}: {error}"));
                let once: std::collections::HashSet<_> = walked.iter().collect();
                assert_eq!((walked.len(), once.len()), (2_630, 2_630), "{odd} at {place}");
            }
        }
    }
}

/// The same list, where the API answers another date for this contact than it sorts and filters by.
fn misdated(model: &Model, number: u64, date: i64) -> Model {
    model.state().misdated = Some((number, date));
    model.clone()
}

#[test]
fn counting_costs_a_few_requests_whatever_the_filter() {
    let dates: Vec<_> = (0..20_000).map(|index| START + index * 3_600_000).collect();
    let day = |days: i64| instant(START + days * DAY + 77);
    for reading in [plain(1), plain(DAY), Reading { until_inclusive: true, ..plain(1_000) }] {
        for (filter, least) in [
            (everything(), 1),
            (ContactFilter { status: Some("NEW".into()), ..everything() }, 1),
            (ContactFilter { since: day(100), ..everything() }, 8),
            (ContactFilter { since: day(100), until: day(600), ..everything() }, 12),
        ] {
            let model = Model::new(reading, &dates);
            let expected = model.numbers(|contact| {
                let created = contact.created.and_then(instant);
                created.is_some_and(|created| filter.holds_creation(created))
                    && filter.status.as_ref().is_none_or(|status| *status == contact.status)
            });
            let (counted, pages) = model.count(&filter).unwrap();
            assert_eq!(counted, expected.len() as u64, "{filter:?}");
            assert!(pages <= least, "{pages} pages for {filter:?}");
        }
    }
}
