//! A watch: opened, paused, noted of, removed.

use cliengo::store::{Pause, Store};
use serde_json::json;

use crate::samples::*;

promises![
    a_watch_is_made_once_and_then_found_again,
    its_generation_grows_only_with_its_definition,
    a_definition_with_fractions_is_no_change,
    watches_come_by_their_ids,
    a_pause_is_kept_until_it_is_lifted,
    failed_polls_are_counted_until_a_good_one,
    a_removed_watch_leaves_nothing_but_its_runs,
    nothing_is_kept_of_a_watch_that_is_not_there,
];

fn a_watch_is_made_once_and_then_found_again(store: &dyn Store) {
    let made = store.open_watch("w", "new_contacts", "a.lua", &json!({ "limit": 1 })).unwrap();
    assert_eq!((made.generation, &made.cursor, made.failures), (1, &None, 0));
    assert_eq!(store.watch("w").unwrap(), Some(made.clone()));
    assert_eq!(store.watches().unwrap(), [made]);
    let moved = store.open_watch("w", "updated_contacts", "b.lua", &json!({ "limit": 1 })).unwrap();
    assert_eq!((moved.kind.as_str(), moved.script.as_str()), ("updated_contacts", "b.lua"));
    assert_eq!(store.watches().unwrap().len(), 1);
}

fn its_generation_grows_only_with_its_definition(store: &dyn Store) {
    let open = |limit| store.open_watch("w", "k", "s", &json!({ "limit": limit })).unwrap();
    let generations: Vec<u32> = [1, 1, 2, 2, 1].map(|limit| open(limit).generation).into();
    assert_eq!(generations, [1, 1, 2, 2, 3]);
}

fn a_definition_with_fractions_is_no_change(store: &dyn Store) {
    for number in [0.1 + 0.2, 1.0 / 3.0, 5e-324, 123_456_789.123_456_79, 2.0e23] {
        let definition = json!({ "ratio": number });
        let id = number.to_string();
        store.open_watch(&id, "k", "s", &definition).unwrap();
        assert_eq!(store.open_watch(&id, "k", "s", &definition).unwrap().generation, 1);
    }
}

fn watches_come_by_their_ids(store: &dyn Store) {
    ["b", "a", "ñ", "B"].iter().for_each(|id| open(store, id));
    let watches = store.watches().unwrap();
    assert_eq!(watches.iter().map(|w| w.id.as_str()).collect::<Vec<_>>(), ["B", "a", "b", "ñ"]);
}

fn a_pause_is_kept_until_it_is_lifted(store: &dyn Store) {
    open(store, WATCH);
    let pause = Pause { at: at(5), reason: "the key was refused".into(), until_restart: true };
    assert!(store.pause_watch(WATCH, Some(&pause)).unwrap());
    open(store, WATCH);
    assert_eq!(store.watch(WATCH).unwrap().unwrap().pause, Some(pause.clone()));
    assert!(store.pause_watch(WATCH, None).unwrap());
    assert_eq!(store.watch(WATCH).unwrap().unwrap().pause, None);
    assert!(!store.pause_watch("another", Some(&pause)).unwrap());
}

fn failed_polls_are_counted_until_a_good_one(store: &dyn Store) {
    open(store, WATCH);
    let note = |seconds, error| {
        store.note_poll(WATCH, at(seconds), error).unwrap();
        let watch = store.watch(WATCH).unwrap().unwrap();
        (watch.last_poll, watch.failures, watch.last_error)
    };
    assert_eq!(note(1, Some("a")), (Some(at(1)), 1, Some("a".into())));
    assert_eq!(note(2, Some("b")), (Some(at(2)), 2, Some("b".into())));
    assert_eq!(note(3, None), (Some(at(3)), 0, None));
    note(4, Some("c"));
    cycle(store, &[]);
    let watch = store.watch(WATCH).unwrap().unwrap();
    assert_eq!((watch.last_poll, watch.failures, watch.last_error), (Some(at(1000)), 0, None));
}

fn a_removed_watch_leaves_nothing_but_its_runs(store: &dyn Store) {
    ready(store, &[found("a", 1, 1)]);
    let (_, run) = store.begin_attempt(events(store)[0].id, &a_run()).unwrap();
    store.stage(WATCH, &[found("b", 1, 1)]).unwrap();
    assert!(store.remove_watch(WATCH).unwrap());
    assert!(!store.remove_watch(WATCH).unwrap());
    assert_eq!((store.watches().unwrap(), events(store)), (vec![], vec![]));
    assert!(store.run(run).unwrap().is_some());
    open(store, WATCH);
    assert_eq!(store.known(WATCH, &["a"]).unwrap(), [None]);
    assert_eq!(store.commit_cycle(WATCH, &cycle_end(1)).unwrap(), 0, "what was staged is gone");
    cycle(store, &[found("a", 1, 1)]);
    assert!(events(store)[0].id > 1, "a number is never given twice");
}

fn nothing_is_kept_of_a_watch_that_is_not_there(store: &dyn Store) {
    for error in [
        store.begin_cycle("w").unwrap_err(),
        store.stage("w", &[]).unwrap_err(),
        store.commit_cycle("w", &cycle_end(1)).unwrap_err(),
        store.note_poll("w", at(1), None).unwrap_err(),
    ] {
        assert_eq!(error.kind, cliengo::ErrorKind::State);
        assert!(error.message.contains("\"w\"") && error.hint.is_some(), "{error}");
    }
    assert_eq!(store.watch("w").unwrap(), None);
    assert_eq!(store.known("w", &["a", "b"]).unwrap(), [None, None]);
    assert!(store.known_ids("w", None, 5).unwrap().is_empty());
    assert!(store.due_events("w", at(1), 5).unwrap().is_empty());
    assert_eq!((store.release("w", 5).unwrap(), store.next_retry("w").unwrap()), (0, None));
    assert_eq!(store.recover("w", 5, at(1)).unwrap(), 0);
    assert!(store.event_counts("w").unwrap().is_empty());
}
