//! What a cycle found becomes known as a whole, and each version of a contact makes one event.

use cliengo::store::{CycleEnd, EventState, Found, Store};
use serde_json::json;

use crate::samples::*;

promises![
    a_committed_cycle_is_known_with_its_events_and_cursor,
    what_was_staged_shows_nowhere_before_its_commit,
    what_a_cut_off_cycle_staged_is_forgotten,
    the_last_word_on_a_contact_counts,
    a_version_that_is_known_makes_no_event,
    a_version_that_comes_back_makes_one_again,
    a_known_version_makes_one_again_where_that_is_meant,
    a_contact_without_an_event_is_only_known,
    a_contact_that_is_gone_is_told_once,
    events_come_in_their_order_and_then_by_contact,
    a_contacts_events_stay_in_the_order_they_were_found_in,
    watches_do_not_see_each_other,
    known_ids_come_page_by_page,
    malformed_rows_are_counted_for_ever,
    texts_and_payloads_stay_what_they_are,
];

fn a_committed_cycle_is_known_with_its_events_and_cursor(store: &dyn Store) {
    open(store, WATCH);
    assert_eq!(cycle(store, &[found("a", 1, 10), known("b", 2)]), 1);
    let known = store.known(WATCH, &["b", "c", "a", "b"]).unwrap();
    assert_eq!(known, [Some(version(2)), None, Some(version(1)), Some(version(2))]);
    assert_eq!(store.watch(WATCH).unwrap().unwrap().cursor, Some(json!({ "mark": 1000 })));
    let event = events(store).remove(0);
    assert_eq!((event.watch.as_str(), event.contact.as_str()), (WATCH, "a"));
    assert_eq!((event.version, event.kind.as_str()), (Some(version(1)), "new"));
    assert_eq!((event.found_at, event.order), (at(1000), at(10)));
    assert_eq!((event.state, event.attempts, event.due), (EventState::Pending, 0, None));
    assert_eq!(event.payload, json!({ "id": "a", "rating": 1 }).to_string());
    assert_eq!(store.event(event.id).unwrap(), Some(event));
}

fn what_was_staged_shows_nowhere_before_its_commit(store: &dyn Store) {
    open(store, WATCH);
    store.begin_cycle(WATCH).unwrap();
    store.stage(WATCH, &[found("a", 1, 10)]).unwrap();
    assert_eq!(store.known(WATCH, &["a"]).unwrap(), [None]);
    assert!(events(store).is_empty() && store.known_ids(WATCH, None, 9).unwrap().is_empty());
    assert_eq!(store.watch(WATCH).unwrap().unwrap().cursor, None);
    store.note_poll(WATCH, at(1), Some("page 2 failed")).unwrap();
    assert_eq!(store.commit_cycle(WATCH, &cycle_end(2)).unwrap(), 1);
}

fn what_a_cut_off_cycle_staged_is_forgotten(store: &dyn Store) {
    open(store, WATCH);
    store.begin_cycle(WATCH).unwrap();
    store.stage(WATCH, &[found("a", 1, 10), gone("z", 1)]).unwrap();
    assert_eq!(cycle(store, &[found("b", 1, 10)]), 1);
    assert_eq!(store.known(WATCH, &["a", "b"]).unwrap(), [None, Some(version(1))]);
    assert_eq!(store.commit_cycle(WATCH, &cycle_end(1001)).unwrap(), 0, "it is committed once");
}

fn the_last_word_on_a_contact_counts(store: &dyn Store) {
    open(store, WATCH);
    store.begin_cycle(WATCH).unwrap();
    store.stage(WATCH, &[found("a", 1, 10), found("a", 2, 20), found("b", 1, 5)]).unwrap();
    store.stage(WATCH, &[known("b", 3), gone("c", 1), found("c", 4, 30)]).unwrap();
    assert_eq!(store.commit_cycle(WATCH, &cycle_end(1)).unwrap(), 2);
    let found = events(store);
    assert_eq!(contacts(&found), ["a", "c"]);
    assert_eq!((found[0].version, found[0].order), (Some(version(2)), at(20)));
    assert_eq!(store.known(WATCH, &["b"]).unwrap(), [Some(version(3))]);
}

fn a_version_that_is_known_makes_no_event(store: &dyn Store) {
    open(store, WATCH);
    assert_eq!(cycle(store, &[found("a", 1, 10)]), 1);
    assert_eq!(cycle(store, &[found("a", 1, 10)]), 0);
    assert_eq!(cycle(store, &[found("a", 1, 99), found("b", 1, 1)]), 1);
    assert_eq!(contacts(&events(store)), ["a", "b"]);
}

fn a_version_that_comes_back_makes_one_again(store: &dyn Store) {
    open(store, WATCH);
    let made = [1, 2, 1, 1].map(|number| cycle(store, &[found("a", number, 10)]));
    assert_eq!(made, [1, 1, 1, 0]);
}

fn a_known_version_makes_one_again_where_that_is_meant(store: &dyn Store) {
    open(store, WATCH);
    cycle(store, &[found("a", 1, 10), known("b", 1)]);
    assert_eq!(cycle(store, &[found_again("a", 1, 10), found_again("b", 1, 20)]), 2);
    assert_eq!(contacts(&events(store)), ["a", "a", "b"]);
    assert_eq!(cycle(store, &[found("a", 1, 10), found("b", 1, 20)]), 0, "that is no habit");
    store.begin_cycle(WATCH).unwrap();
    store.stage(WATCH, &[found_again("a", 1, 10)]).unwrap();
    store.stage(WATCH, &[found("a", 1, 10)]).unwrap();
    assert_eq!(store.commit_cycle(WATCH, &cycle_end(1)).unwrap(), 0, "the last word counts");
}

fn a_contact_without_an_event_is_only_known(store: &dyn Store) {
    open(store, WATCH);
    assert_eq!(cycle(store, &[known("a", 1), known("b", 1)]), 0);
    assert_eq!(cycle(store, &[found("a", 1, 10), found("b", 2, 10)]), 1);
    assert_eq!(contacts(&events(store)), ["b"]);
}

fn a_contact_that_is_gone_is_told_once(store: &dyn Store) {
    open(store, WATCH);
    cycle(store, &[known("a", 1), known("b", 1)]);
    assert_eq!(cycle(store, &[gone("a", 10), gone("never there", 10)]), 1);
    assert_eq!(store.known_ids(WATCH, None, 9).unwrap(), ["b"]);
    assert_eq!(cycle(store, &[gone("a", 10)]), 0);
    let quietly = Found { event: None, ..gone("b", 1) };
    assert_eq!(cycle(store, &[quietly]), 0);
    assert!(store.known_ids(WATCH, None, 9).unwrap().is_empty());
    let event = &events(store)[0];
    assert_eq!((event.kind.as_str(), event.version), ("deleted", None));
    assert_eq!(cycle(store, &[found("a", 1, 20)]), 1, "one that is back is new");
}

fn events_come_in_their_order_and_then_by_contact(store: &dyn Store) {
    open(store, WATCH);
    let rows = [("d", 30), ("b", 20), ("c", 10), ("a", 20)];
    cycle(store, &rows.map(|(contact, order)| found(contact, 1, order)));
    assert_eq!(contacts(&events(store)), ["c", "a", "b", "d"]);
}

fn a_contacts_events_stay_in_the_order_they_were_found_in(store: &dyn Store) {
    open(store, WATCH);
    cycle(store, &[found("a", 1, 50)]);
    cycle(store, &[found("a", 2, 20), found("b", 1, 30)]);
    let orders: Vec<_> = events(store).iter().map(|event| event.order).collect();
    assert_eq!(contacts(&events(store)), ["a", "b", "a"]);
    assert_eq!(orders, [at(50), at(30), at(50)]);
    store.release(WATCH, 9).unwrap();
    let due = due(store, 0);
    assert_eq!((contacts(&due), due[1].version), (vec!["b", "a"], Some(version(1))));
}

fn watches_do_not_see_each_other(store: &dyn Store) {
    open(store, WATCH);
    open(store, "other");
    store.stage("other", &[found("a", 1, 1)]).unwrap();
    assert_eq!(cycle(store, &[found("a", 1, 1)]), 1);
    assert_eq!(store.known("other", &["a"]).unwrap(), [None]);
    assert_eq!(store.commit_cycle("other", &cycle_end(1)).unwrap(), 1);
    assert_eq!(store.release(WATCH, 9).unwrap(), 1);
    assert!(store.due_events("other", at(1), 9).unwrap().is_empty());
    store.remove_watch(WATCH).unwrap();
    assert_eq!(store.known("other", &["a"]).unwrap(), [Some(version(1))]);
    assert_eq!(events(store).len(), 1);
}

fn known_ids_come_page_by_page(store: &dyn Store) {
    open(store, WATCH);
    cycle(store, &["c", "a", "d", "b"].map(|contact| known(contact, 1)));
    assert_eq!(store.known_ids(WATCH, None, 2).unwrap(), ["a", "b"]);
    assert_eq!(store.known_ids(WATCH, Some("b"), 2).unwrap(), ["c", "d"]);
    assert_eq!(store.known_ids(WATCH, Some("bb"), 1).unwrap(), ["c"]);
    assert!(store.known_ids(WATCH, Some("d"), 2).unwrap().is_empty());
}

fn malformed_rows_are_counted_for_ever(store: &dyn Store) {
    open(store, WATCH);
    for malformed in [2, 0, 3] {
        let end = CycleEnd { malformed, ..cycle_end(1) };
        store.commit_cycle(WATCH, &end).unwrap();
    }
    assert_eq!(store.watch(WATCH).unwrap().unwrap().malformed, 5);
}

fn texts_and_payloads_stay_what_they_are(store: &dyn Store) {
    let watch = "a'b\"; DROP TABLE watches; -- ñ 😀";
    store.open_watch(watch, "k", "s", &json!({ "n": 1.5, "text": "\u{0}\n'" })).unwrap();
    let mut odd = found("x'y", 1, 1);
    let bytes: Vec<u8> = (0..=255).collect();
    odd.event.as_mut().unwrap().payload = bytes.clone().into();
    store.stage(watch, &[odd]).unwrap();
    store.commit_cycle(watch, &cycle_end(1)).unwrap();
    assert_eq!(events(store)[0].payload, bytes);
    assert_eq!(contacts(&events(store)), ["x'y"]);
    let kept = store.watch(watch).unwrap().unwrap();
    assert_eq!(kept.definition, json!({ "n": 1.5, "text": "\u{0}\n'" }));
}
