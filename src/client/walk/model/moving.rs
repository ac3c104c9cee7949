//! A list that changes while it is walked.

use std::collections::HashSet;

use super::*;
use crate::ErrorKind;

/// What a walk must hold: every contact that matched all the time, each once, and none that never did.
fn check(model: &Model, before: &[u64], status: Option<&str>) -> Result<(), TestCaseError> {
    let filter = ContactFilter { status: status.map(str::to_owned), ..ContactFilter::default() };
    match model.walk(filter) {
        Ok((walked, _)) => {
            let once: HashSet<_> = walked.iter().copied().collect();
            let mut seen = HashSet::new();
            let twice: Vec<_> = walked.iter().filter(|number| !seen.insert(**number)).collect();
            prop_assert!(twice.is_empty(), "came twice: {:?} of {}", twice, walked.len());
            let dates = model.state().dates.clone();
            let date =
                |number: &u64| std::cmp::Reverse(dates.get(*number as usize).copied().flatten());
            let old: Vec<_> = walked.iter().filter(|n| before.contains(n)).copied().collect();
            let late: Vec<_> = old.windows(2).filter(|two| date(&two[0]) > date(&two[1])).collect();
            prop_assert!(late.is_empty(), "not newest first: {:?}", late);
            let changed: HashSet<_> = model.state().changed.iter().copied().collect();
            // A change of status matters to a filter by status alone.
            let after = model.numbers(|contact| status.is_none_or(|s| s == contact.status));
            let stayed: HashSet<_> = after.into_iter().collect();
            let must = before.iter().filter(|number| {
                stayed.contains(number) && (status.is_none() || !changed.contains(number))
            });
            let missing: Vec<_> = must.filter(|number| !once.contains(number)).collect();
            prop_assert!(missing.is_empty(), "missing: {:?}", missing);
            let strangers: Vec<_> =
                once.iter().filter(|n| !before.contains(n) && !changed.contains(n)).collect();
            prop_assert!(strangers.is_empty(), "did not match: {:?}", strangers);
        }
        // An instant that is dense and does not rest may be more than the walk can settle.
        Err(error) => prop_assert!(error.kind == ErrorKind::Incomplete, "{}", error),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn contacts_that_stay_come_once_while_others_come_and_go(
        reading in reading(),
        dates in dates(),
        changes in changes(),
        status in prop::option::of(0..4_usize),
    ) {
        let status = status.map(|index| STATUSES[index]);
        let model = Model::new(reading, &dates).changing(&changes);
        let before = model.numbers(|contact| status.is_none_or(|s| s == contact.status));
        check(&model, &before, status)?;
    }

    #[test]
    fn a_dense_instant_stays_whole_while_its_contacts_change(
        granule in prop_oneof![Just(1), Just(1_000), Just(DAY)],
        changes in changes(),
    ) {
        let dates = instants(&[(200_000, 1_900), (60, 300)]);
        let model = Model::new(plain(granule), &dates).changing(&changes);
        let before = model.numbers(|_| true);
        check(&model, &before, None)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_walk_that_is_cut_off_goes_on_where_it_was(
        reading in reading(),
        dates in dates(),
        cuts in prop::collection::vec(1..40_usize, 0..4),
    ) {
        let model = Model::new(reading, &dates);
        let mut numbers = Vec::new();
        let mut from = None;
        for cut in cuts {
            let (part, checkpoint) = model.walk_pages(from, cut).unwrap();
            numbers.extend(part);
            // It is kept as JSON from one run to the next.
            from = Some(serde_json::from_str(&serde_json::to_string(&checkpoint).unwrap()).unwrap());
        }
        numbers.extend(model.walk_pages(from, usize::MAX).unwrap().0);
        let once: HashSet<_> = numbers.iter().collect();
        prop_assert_eq!((numbers.len(), once.len()), (dates.len(), dates.len()));
    }
}

#[test]
fn contacts_that_are_deleted_all_the_time_leave_the_others_in_order() {
    for count in [900, 1_049, 3_000] {
        for seed in 0..12 {
            let dates: Vec<_> = (0..count).map(|index| START + index * 600_000).collect();
            let changes: Vec<_> =
                (0..400).map(|index| Change::Delete((index * 137 + seed * 71) % 1_000)).collect();
            let model = Model::new(plain(1), &dates).changing(&changes);
            let before = model.numbers(|_| true);
            check(&model, &before, None).unwrap_or_else(|error| panic!("{count} {seed}: {error}"));
        }
    }
}

#[test]
fn a_busy_day_of_like_contacts_bears_deletes_at_the_seam() {
    for seed in 0..12 {
        let contact = |number: u64| {
            let created = Some(START + number as i64 * 15_000);
            Contact { number, created, ..Contact::new(0, None) }
        };
        let model = Model::holding(plain(1), (0..5_000).map(contact).collect());
        let changes: Vec<_> =
            (0..100).map(|index| Change::Delete((index * 91 + seed * 67) % 1_000)).collect();
        let model = model.changing(&changes);
        let before = model.numbers(|_| true);
        let (walked, _) =
            model.walk(ContactFilter::default()).unwrap_or_else(|e| panic!("{seed}: {e}"));
        let left: HashSet<_> = model.numbers(|_| true).into_iter().collect();
        let walked: HashSet<_> = walked.into_iter().collect();
        assert!(before.iter().all(|number| !left.contains(number) || walked.contains(number)));
    }
}

#[test]
fn a_few_changes_do_not_make_a_walk_fail() {
    for seed in 0..20 {
        let dates: Vec<_> = (0..4_000).map(|index| START + index * 600_000).collect();
        let changes: Vec<_> = (0..100)
            .map(|index| match (index + seed) % 10 {
                0 => Change::Create,
                3 => Change::Delete((index * 37 + seed * 11) % 1_000),
                6 => Change::Touch((index * 53 + seed * 7) % 1_000),
                _ => Change::None,
            })
            .collect();
        let model = Model::new(plain(1), &dates).changing(&changes);
        let (walked, pages) = model.walk(ContactFilter::default()).unwrap();
        assert!(walked.len() >= 3_980, "{} contacts", walked.len());
        assert!(pages < 160, "{pages} pages");
    }
}
