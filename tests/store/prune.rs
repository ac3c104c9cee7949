//! What is old is forgotten, and what must not be never is.

use cliengo::ErrorKind;
use cliengo::store::{AttemptEnd, EventState, NewRun, RunState, Store};

use crate::samples::*;

promises![
    old_runs_are_forgotten_and_later_ones_are_kept,
    of_events_that_are_over_the_contact_is_forgotten,
    a_pruned_event_is_not_tried_again,
    what_is_known_outlives_every_pruning,
    steps_that_were_only_begun_are_kept,
    a_claimed_due_time_stays_claimed,
];

/// After every time of the tests but that of a drop by hand.
const LATE: i64 = 100_000;

fn old_runs_are_forgotten_and_later_ones_are_kept(store: &dyn Store) {
    let [old, late, running] = [(); 3].map(|()| store.begin_run(&a_run()).unwrap());
    store.end_run(old, &ended(RunState::Done, 4999)).unwrap();
    store.end_run(late, &ended(RunState::Done, 5000)).unwrap();
    assert_eq!(store.prune(at(5000)).unwrap(), 1);
    let left: Vec<u64> =
        store.runs(&Default::default()).unwrap().iter().map(|run| run.id).collect();
    assert_eq!(left, [running, late]);
}

fn of_events_that_are_over_the_contact_is_forgotten(store: &dyn Store) {
    let names = ["done", "dead", "dropped", "retry", "ready"];
    ready(store, &names.map(|name| found(name, 1, 1)));
    open(store, "other");
    for event in due(store, 0) {
        let end = match event.contact.as_str() {
            "done" => AttemptEnd::Done,
            "dead" => AttemptEnd::Dead,
            "dropped" => AttemptEnd::Dropped,
            "retry" => AttemptEnd::Retry(at(3000)),
            _ => continue,
        };
        let (_, run) = store.begin_attempt(event.id, &a_run()).unwrap();
        store.end_attempt(event.id, run, &end, &ended(RunState::Failed, 2001)).unwrap();
    }
    cycle(store, &[found("pending", 1, 1)]);
    assert_eq!(store.prune(at(2001)).unwrap(), 0, "what ended at that time is not before it");
    assert_eq!(store.prune(at(LATE)).unwrap(), 4 + 2, "the runs, and two contacts");
    assert_eq!(store.prune(at(LATE)).unwrap(), 0);
    for event in events(store) {
        let pruned = ["done", "dropped"].contains(&event.contact.as_str());
        assert_eq!(event.payload.is_empty(), pruned, "{}", event.contact);
    }
    assert_eq!(events(store).len(), 6, "what happened is still told");
}

fn a_pruned_event_is_not_tried_again(store: &dyn Store) {
    ready(store, &[found("a", 1, 1)]);
    let id = due(store, 0)[0].id;
    let (_, run) = store.begin_attempt(id, &a_run()).unwrap();
    store.end_attempt(id, run, &AttemptEnd::Done, &ended(RunState::Done, 2001)).unwrap();
    store.prune(at(LATE)).unwrap();
    let error = store.retry_event(id).unwrap_err();
    assert_eq!(error.kind, ErrorKind::State);
    assert!(error.hint.is_some());
    assert_eq!(state(store, id), EventState::Done);
}

fn what_is_known_outlives_every_pruning(store: &dyn Store) {
    ready(store, &[found("a", 1, 1), known("b", 2)]);
    let id = due(store, 0)[0].id;
    let (_, run) = store.begin_attempt(id, &a_run()).unwrap();
    store.end_attempt(id, run, &AttemptEnd::Done, &ended(RunState::Done, 2001)).unwrap();
    store.prune(at(LATE)).unwrap();
    assert_eq!(cycle(store, &[found("a", 1, 1), found("b", 2, 1)]), 0);
}

fn steps_that_were_only_begun_are_kept(store: &dyn Store) {
    store.begin_step("s", "begun", &nothing(), at(1)).unwrap();
    store.end_step("s", "old", &nothing(), at(1)).unwrap();
    store.end_step("s", "late", &nothing(), at(5000)).unwrap();
    store.prune(at(5000)).unwrap();
    assert!(store.step("s", "begun").unwrap().is_some());
    assert!(store.step("s", "old").unwrap().is_none());
    assert!(store.step("s", "late").unwrap().is_some());
}

fn a_claimed_due_time_stays_claimed(store: &dyn Store) {
    store.open_schedule("s", "a.lua", &nothing()).unwrap();
    let claim = |seconds| {
        let begin = NewRun { subject: "s".into(), ..a_run() };
        let run = store.claim("s", at(seconds), &nothing(), &begin).unwrap();
        run.map(|run| store.end_run(run, &ended(RunState::Done, seconds)).unwrap()).is_some()
    };
    assert!([60, 120, 180].into_iter().all(claim));
    store.prune(at(150)).unwrap();
    assert!(![60, 120, 180].into_iter().any(claim));
    store.prune(at(LATE)).unwrap();
    assert!(![60, 120, 180].into_iter().any(claim));
    store.prune(at(LATE)).unwrap();
    assert!(!claim(180) && claim(240), "only what came after the last claimed one");
}
