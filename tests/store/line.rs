//! The line that events stand in: what is released, and what is due.

use cliengo::store::{AttemptEnd, EventQuery, EventState, RunState, Store};

use crate::samples::*;

promises![
    the_oldest_pending_events_are_released,
    what_is_released_is_due_in_its_order,
    two_events_of_a_contact_are_never_due_together,
    an_event_waits_for_the_contacts_earlier_one,
    an_event_waits_for_the_contacts_running_one_though_it_is_later,
    a_retry_is_due_at_its_time_and_not_before,
    the_next_retry_is_the_earliest,
    events_are_listed_newest_first_and_by_what_is_asked,
    events_are_counted_by_their_states,
];

fn the_oldest_pending_events_are_released(store: &dyn Store) {
    open(store, WATCH);
    cycle(store, &[found("a", 1, 30), found("b", 1, 10), found("c", 1, 20)]);
    assert!(due(store, 9999).is_empty(), "pending ones are not due");
    assert_eq!(store.release(WATCH, 2).unwrap(), 2);
    assert_eq!(contacts(&due(store, 0)), ["b", "c"]);
    cycle(store, &[found("d", 1, 5)]);
    assert_eq!(store.release(WATCH, 1).unwrap(), 1);
    assert_eq!(contacts(&due(store, 0)), ["d", "b", "c"], "a later cycle may find an older one");
    assert_eq!(store.release(WATCH, 0).unwrap(), 0);
    assert_eq!(store.release(WATCH, u64::MAX).unwrap(), 1);
    assert_eq!(store.release(WATCH, 5).unwrap(), 0);
}

fn what_is_released_is_due_in_its_order(store: &dyn Store) {
    ready(store, &[found("a", 1, 30), found("b", 1, 10), found("c", 1, 10)]);
    assert_eq!(contacts(&store.due_events(WATCH, at(0), 2).unwrap()), ["b", "c"]);
    assert_eq!(contacts(&due(store, 0)), ["b", "c", "a"]);
    assert!(store.due_events(WATCH, at(0), 0).unwrap().is_empty());
}

fn two_events_of_a_contact_are_never_due_together(store: &dyn Store) {
    ready(store, &[found("a", 1, 10)]);
    cycle(store, &[found("a", 2, 10), found("b", 1, 10)]);
    store.release(WATCH, 9).unwrap();
    let first = due(store, 0);
    assert_eq!((contacts(&first), first[0].version), (vec!["a", "b"], Some(version(1))));
}

fn an_event_waits_for_the_contacts_earlier_one(store: &dyn Store) {
    ready(store, &[found("a", 1, 10)]);
    cycle(store, &[found("a", 2, 11)]);
    store.release(WATCH, 9).unwrap();
    let first = due(store, 0)[0].id;
    let (_, run) = store.begin_attempt(first, &a_run()).unwrap();
    assert!(due(store, 9999).is_empty(), "behind a running one");
    let end = AttemptEnd::Retry(at(5000));
    store.end_attempt(first, run, &end, &ended(RunState::Failed, 2001)).unwrap();
    assert!(due(store, 4999).is_empty(), "behind one to be retried");
    assert_eq!(due(store, 5000)[0].id, first);
    store.drop_event(first).unwrap();
    assert_eq!(due(store, 0)[0].version, Some(version(2)));
}

fn an_event_waits_for_the_contacts_running_one_though_it_is_later(store: &dyn Store) {
    ready(store, &[found("a", 1, 10)]);
    let first = events(store)[0].id;
    store.drop_event(first).unwrap();
    cycle(store, &[found("a", 2, 11)]);
    store.release(WATCH, 9).unwrap();
    store.begin_attempt(due(store, 0)[0].id, &a_run()).unwrap();
    assert!(store.retry_event(first).unwrap());
    assert!(due(store, 9999).is_empty());
}

fn a_retry_is_due_at_its_time_and_not_before(store: &dyn Store) {
    ready(store, &[found("a", 1, 10), found("b", 1, 20)]);
    let first = due(store, 0)[0].id;
    let (_, run) = store.begin_attempt(first, &a_run()).unwrap();
    let end = AttemptEnd::Retry(at(3000));
    store.end_attempt(first, run, &end, &ended(RunState::Failed, 2001)).unwrap();
    assert_eq!(contacts(&due(store, 2999)), ["b"]);
    assert_eq!(contacts(&due(store, 3000)), ["a", "b"]);
    assert_eq!(contacts(&store.due_events(WATCH, at(3000), 1).unwrap()), ["a"]);
    assert_eq!(store.event(first).unwrap().unwrap().due, Some(at(3000)));
}

fn the_next_retry_is_the_earliest(store: &dyn Store) {
    ready(store, &[found("a", 1, 10), found("b", 1, 20)]);
    assert_eq!(store.next_retry(WATCH).unwrap(), None);
    for (event, seconds) in due(store, 0).iter().zip([4000, 3000]) {
        let (_, run) = store.begin_attempt(event.id, &a_run()).unwrap();
        let end = AttemptEnd::Retry(at(seconds));
        store.end_attempt(event.id, run, &end, &ended(RunState::Failed, 2001)).unwrap();
    }
    assert_eq!(store.next_retry(WATCH).unwrap(), Some(at(3000)));
}

fn events_are_listed_newest_first_and_by_what_is_asked(store: &dyn Store) {
    open(store, "other");
    store.stage("other", &[found("a", 1, 1)]).unwrap();
    store.commit_cycle("other", &cycle_end(1)).unwrap();
    ready(store, &[found("a", 1, 1), found("b", 1, 2)]);
    let list = |query: EventQuery| store.events(&query).unwrap();
    let all = list(EventQuery::default());
    assert_eq!(contacts(&all), ["b", "a", "a"]);
    let limit = EventQuery { limit: Some(1), ..EventQuery::default() };
    assert_eq!(contacts(&list(limit)), ["b"]);
    let watch = Some(WATCH.into());
    assert_eq!(list(EventQuery { watch, ..EventQuery::default() }).len(), 2);
    let contact = Some("a".into());
    assert_eq!(list(EventQuery { contact, ..EventQuery::default() }).len(), 2);
    let states = vec![EventState::Pending, EventState::Dead];
    let pending = list(EventQuery { states, ..EventQuery::default() });
    assert_eq!(pending.iter().map(|event| event.watch.as_str()).collect::<Vec<_>>(), ["other"]);
    let nobody = EventQuery { watch: Some("nobody".into()), ..EventQuery::default() };
    assert!(list(nobody).is_empty());
}

fn events_are_counted_by_their_states(store: &dyn Store) {
    open(store, WATCH);
    assert!(store.event_counts(WATCH).unwrap().is_empty());
    cycle(store, &["a", "b", "c", "d"].map(|contact| found(contact, 1, 1)));
    store.release(WATCH, 3).unwrap();
    let first = due(store, 0)[0].id;
    store.drop_event(first).unwrap();
    let counts = store.event_counts(WATCH).unwrap();
    let expected = [(EventState::Pending, 1), (EventState::Ready, 2), (EventState::Dropped, 1)];
    assert_eq!(counts, expected);
}
