//! What fires and what does not, over rows of every kind.

use proptest::prelude::*;

use super::*;
use crate::schema::ContactFilter;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn row() -> impl Strategy<Value = Row> {
    let date = || prop::option::weighted(0.9, 0..1_000_i64);
    let fields = (0..40_u8, date(), date(), prop::bool::ANY, 0..4_u8);
    fields.prop_map(|(id, created, updated, is_new, name)| {
        let status = if is_new { "NEW" } else { "ACTIVE" };
        let json = format!(
            r#"{{"id":"c{id}","status":"{status}","name":"{name}","lastUpdateDate":{updated:?}}}"#
        );
        Row {
            id: format!("c{id}"),
            created: created.map(at),
            updated: updated.map(at),
            json: json.replace("None", "null").replace("Some(", "").replace(")}", "}").into(),
        }
    })
}

fn kind() -> impl Strategy<Value = WatchKind> {
    prop_oneof![Just(WatchKind::New), Just(WatchKind::Updated), Just(WatchKind::Deleted)]
}

fn start() -> impl Strategy<Value = Start> {
    let head = || (prop::collection::vec(row(), 0..20), 0..1_000_i64);
    let from = prop_oneof![
        Just(From::Now),
        Just(From::Beginning),
        (0..1_000_i64).prop_map(|second| From::Instant(at(second))),
    ];
    let again = (prop::option::of(0..1_000_i64), prop::option::of(0..1_000_i64));
    prop_oneof![
        Just(Start::Long),
        again.prop_map(|(created, touched)| Start::Again {
            created: created.map(at),
            touched: touched.map(at)
        }),
        (from, head()).prop_map(|(from, (rows, now))| Start::At(from, Head::new(&rows, at(now)))),
    ]
}

fn sieve(definition: &WatchDefinition, start: Start) -> Sieve<'_> {
    Sieve {
        definition,
        start,
        again: None,
        started: at(0),
        now: at(1_000),
        queried: None,
        unfiltered: true,
    }
}

proptest! {
    #[test]
    fn what_is_known_never_fires_whatever_the_start_and_the_filter(
        row in row(), kind in kind(), start in start(), content_only in any::<bool>()
    ) {
        let definition = WatchDefinition { content_only, ..WatchDefinition::new(kind, "w") };
        let known = Some(version(&definition, &row));
        prop_assert_eq!(sieve(&definition, start.clone()).sift(&row, known), None);
        // Nor after an edit of what a version is made of.
        let edited = WatchDefinition { content_only: !content_only, ..definition };
        let found = sieve(&edited, start).sift(&row, known);
        prop_assert!(found.is_none_or(|found| found.event.is_none()));
    }

    #[test]
    fn what_came_is_known_afterwards_and_fires_only_where_the_filter_selects_it(
        row in row(), kind in kind(), start in start(), before in prop::option::of(row())
    ) {
        let filter = ContactFilter { status: Some("NEW".to_owned()), ..ContactFilter::default() };
        let definition = WatchDefinition { filter, ..WatchDefinition::new(kind, "w") };
        let known = before.map(|before| version(&definition, &before));
        let found = sieve(&definition, start.clone()).sift(&row, known);
        let (now, fires) = match found {
            Some(found) => (found.version, found.event.is_some()),
            None => (known, false),
        };
        prop_assert_eq!(now, Some(version(&definition, &row)));
        let selected = row.json.windows(5).any(|word| word == b"\"NEW\"");
        prop_assert!(!fires || selected && kind != WatchKind::Deleted);
        if start == Start::Long && known != now && selected && kind != WatchKind::Deleted {
            prop_assert!(fires);
        }
    }

    #[test]
    fn from_now_nothing_of_the_first_page_fires_nor_anything_older(
        rows in prop::collection::vec(row(), 1..50), behind in row(), kind in kind()
    ) {
        let definition = WatchDefinition::new(kind, "w");
        let start = Start::At(From::Now, Head::new(&rows, at(2_000)));
        let oldest = rows.iter().filter_map(|row| row.created).min();
        let mut sieve = sieve(&definition, start);
        for row in &rows {
            prop_assert!(sieve.sift(row, None).is_none_or(|found| found.event.is_none()));
        }
        if behind.created < oldest {
            prop_assert!(sieve.sift(&behind, None).is_none_or(|found| found.event.is_none()));
        }
    }

    #[test]
    fn moved_back_a_watch_fires_again_from_there(row in row(), kind in kind(), from in 0..1_000_i64) {
        let definition = WatchDefinition::new(kind, "w");
        let known = Some(version(&definition, &row));
        let again = Some(From::Instant(at(from)));
        let mut sieve = Sieve { again, ..sieve(&definition, Start::Long) };
        let touched = if kind == WatchKind::New { row.created } else { row.updated.max(row.created) };
        let fires = sieve.sift(&row, known).and_then(|found| found.event).is_some();
        prop_assert_eq!(fires, kind != WatchKind::Deleted && touched >= Some(at(from)));
    }
}
