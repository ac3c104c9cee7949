//! Attempts at events: begun, ended in every way, cut off by a crash, steered by hand.

use cliengo::ErrorKind;
use cliengo::store::{AttemptEnd, EventRecord, EventState, RunState, Store};

use crate::samples::*;

promises![
    an_attempt_counts_and_is_recorded_as_a_run,
    only_a_ready_event_can_begin,
    a_handled_event_is_done,
    a_failed_one_waits_for_its_retry_with_its_error,
    a_released_one_is_ready_and_its_attempt_does_not_count,
    a_given_up_one_is_dead_or_dropped,
    an_attempt_that_was_taken_away_changes_no_event,
    after_a_crash_running_events_are_ready_again,
    after_a_crash_an_event_without_attempts_left_is_dead,
    a_crash_of_one_watch_is_none_of_another,
    an_event_at_its_end_can_be_tried_again,
    an_event_can_be_given_up_unless_it_runs_or_is_over,
    nothing_is_done_with_an_event_that_is_not_there,
];

/// One ready event, and an attempt at it that ended in this way.
fn attempted(store: &dyn Store, end: &AttemptEnd, state: RunState) -> (EventRecord, u64) {
    ready(store, &[found("a", 1, 10)]);
    let event = due(store, 0).remove(0).id;
    let (_, run) = store.begin_attempt(event, &a_run()).unwrap();
    store.end_attempt(event, run, end, &ended(state, 2001)).unwrap();
    (store.event(event).unwrap().unwrap(), run)
}

fn an_attempt_counts_and_is_recorded_as_a_run(store: &dyn Store) {
    ready(store, &[found("a", 1, 10)]);
    let id = due(store, 0)[0].id;
    let (attempt, run) = store.begin_attempt(id, &a_run()).unwrap();
    assert_eq!(attempt, 1);
    let event = store.event(id).unwrap().unwrap();
    assert_eq!((event.state, event.attempts), (EventState::Running, 1));
    assert_eq!((event.run, event.script_hash.as_deref()), (Some(run), Some("abc")));
    let record = store.run(run).unwrap().unwrap();
    assert_eq!((record.begin, record.state, record.end), (a_run(), RunState::Running, None));
    assert_eq!((record.event, record.attempt, record.due), (Some(id), Some(1), None));
    let end = ended(RunState::Done, 2001);
    store.end_attempt(id, run, &AttemptEnd::Done, &end).unwrap();
    let record = store.run(run).unwrap().unwrap();
    assert_eq!((record.state, record.end), (RunState::Done, Some(end)));
}

fn only_a_ready_event_can_begin(store: &dyn Store) {
    open(store, WATCH);
    cycle(store, &[found("a", 1, 10)]);
    let id = events(store)[0].id;
    let refused = || store.begin_attempt(id, &a_run()).unwrap_err();
    assert_eq!(refused().kind, ErrorKind::State);
    store.release(WATCH, 1).unwrap();
    let (_, run) = store.begin_attempt(id, &a_run()).unwrap();
    assert!(refused().message.contains("running"));
    store.end_attempt(id, run, &AttemptEnd::Done, &ended(RunState::Done, 2001)).unwrap();
    assert!(refused().message.contains("done"));
    let event = store.event(id).unwrap().unwrap();
    assert_eq!((event.attempts, event.run), (1, Some(run)), "a refusal changes nothing");
    assert_eq!(store.runs(&Default::default()).unwrap().len(), 1, "nor does it leave a run");
}

fn a_handled_event_is_done(store: &dyn Store) {
    let (event, _) = attempted(store, &AttemptEnd::Done, RunState::Done);
    assert_eq!((event.state, event.ended_at), (EventState::Done, Some(at(2001))));
    assert_eq!((event.error, event.due), (None, None));
    assert!(due(store, 9999).is_empty());
}

fn a_failed_one_waits_for_its_retry_with_its_error(store: &dyn Store) {
    let (event, _) = attempted(store, &AttemptEnd::Retry(at(3000)), RunState::Failed);
    assert_eq!((event.state, event.due), (EventState::Retry, Some(at(3000))));
    assert_eq!((event.error.as_deref(), event.ended_at), (Some("it broke"), None));
    let (attempt, run) = store.begin_attempt(event.id, &a_run()).unwrap();
    assert_eq!(attempt, 2);
    let end = ended(RunState::Done, 3001);
    store.end_attempt(event.id, run, &AttemptEnd::Done, &end).unwrap();
    assert_eq!(store.event(event.id).unwrap().unwrap().error, None);
}

fn a_released_one_is_ready_and_its_attempt_does_not_count(store: &dyn Store) {
    let (event, run) = attempted(store, &AttemptEnd::Released, RunState::Cancelled);
    assert_eq!((event.state, event.attempts), (EventState::Ready, 0));
    assert_eq!(store.run(run).unwrap().unwrap().state, RunState::Cancelled);
    assert_eq!(due(store, 0)[0].id, event.id);
}

fn a_given_up_one_is_dead_or_dropped(store: &dyn Store) {
    let (event, _) = attempted(store, &AttemptEnd::Dead, RunState::Failed);
    assert_eq!((event.state, event.ended_at), (EventState::Dead, Some(at(2001))));
    assert_eq!(event.error.as_deref(), Some("it broke"));
    store.retry_event(event.id).unwrap();
    let (attempt, run) = store.begin_attempt(event.id, &a_run()).unwrap();
    assert_eq!(attempt, 1);
    let end = ended(RunState::Failed, 2002);
    store.end_attempt(event.id, run, &AttemptEnd::Dropped, &end).unwrap();
    assert_eq!(state(store, event.id), EventState::Dropped);
}

fn an_attempt_that_was_taken_away_changes_no_event(store: &dyn Store) {
    ready(store, &[found("a", 1, 10)]);
    let id = due(store, 0)[0].id;
    let (_, lost) = store.begin_attempt(id, &a_run()).unwrap();
    store.recover(WATCH, 5, at(2500)).unwrap();
    let (_, run) = store.begin_attempt(id, &a_run()).unwrap();
    store.end_attempt(id, lost, &AttemptEnd::Dead, &ended(RunState::Failed, 2600)).unwrap();
    let event = store.event(id).unwrap().unwrap();
    assert_eq!((event.state, event.run), (EventState::Running, Some(run)));
    assert_eq!(store.run(lost).unwrap().unwrap().state, RunState::Lost);
    store.remove_watch(WATCH).unwrap();
    store.end_attempt(id, run, &AttemptEnd::Done, &ended(RunState::Done, 2700)).unwrap();
    assert_eq!(store.run(run).unwrap().unwrap().state, RunState::Done);
}

fn after_a_crash_running_events_are_ready_again(store: &dyn Store) {
    ready(store, &[found("a", 1, 10), found("b", 1, 10), found("c", 1, 10)]);
    let ids: Vec<u64> = due(store, 0).iter().map(|event| event.id).collect();
    let runs: Vec<u64> =
        ids[..2].iter().map(|id| store.begin_attempt(*id, &a_run()).unwrap().1).collect();
    assert_eq!(store.recover(WATCH, 5, at(3000)).unwrap(), 2);
    assert_eq!(store.recover(WATCH, 5, at(3000)).unwrap(), 0);
    assert_eq!(due(store, 0).len(), 3);
    for run in runs {
        let run = store.run(run).unwrap().unwrap();
        assert_eq!((run.state, run.end.unwrap().ended), (RunState::Lost, at(3000)));
    }
    let (attempt, _) = store.begin_attempt(ids[0], &a_run()).unwrap();
    assert_eq!(attempt, 2, "the repeat is visible");
}

fn after_a_crash_an_event_without_attempts_left_is_dead(store: &dyn Store) {
    ready(store, &[found("a", 1, 10)]);
    let id = due(store, 0)[0].id;
    store.begin_attempt(id, &a_run()).unwrap();
    assert_eq!(store.recover(WATCH, 1, at(3000)).unwrap(), 1);
    let event = store.event(id).unwrap().unwrap();
    assert_eq!((event.state, event.ended_at), (EventState::Dead, Some(at(3000))));
    assert!(event.error.is_some());
}

fn a_crash_of_one_watch_is_none_of_another(store: &dyn Store) {
    ready(store, &[found("a", 1, 10)]);
    let (_, run) = store.begin_attempt(due(store, 0)[0].id, &a_run()).unwrap();
    open(store, "other");
    assert_eq!(store.recover("other", 1, at(3000)).unwrap(), 0);
    assert_eq!(store.run(run).unwrap().unwrap().state, RunState::Running);
}

fn an_event_at_its_end_can_be_tried_again(store: &dyn Store) {
    for (end, how) in [
        (AttemptEnd::Done, RunState::Done),
        (AttemptEnd::Dead, RunState::Failed),
        (AttemptEnd::Dropped, RunState::Failed),
        (AttemptEnd::Retry(at(9000)), RunState::Failed),
    ] {
        let (event, _) = attempted(store, &end, how);
        assert!(store.retry_event(event.id).unwrap(), "{end:?}");
        let event = store.event(event.id).unwrap().unwrap();
        assert_eq!((event.state, event.attempts), (EventState::Ready, 0));
        assert_eq!((event.due, event.ended_at), (None, None));
        assert!(!store.retry_event(event.id).unwrap(), "it is ready already");
        store.remove_watch(WATCH).unwrap();
    }
}

fn an_event_can_be_given_up_unless_it_runs_or_is_over(store: &dyn Store) {
    open(store, WATCH);
    cycle(store, &[found("a", 1, 10), found("b", 1, 20)]);
    let ids: Vec<u64> = events(store).iter().map(|event| event.id).collect();
    assert!(store.drop_event(ids[1]).unwrap(), "pending");
    assert_eq!(state(store, ids[1]), EventState::Dropped);
    assert!(store.event(ids[1]).unwrap().unwrap().ended_at.is_some());
    assert!(!store.drop_event(ids[1]).unwrap(), "dropped already");
    store.release(WATCH, 9).unwrap();
    assert!(store.drop_event(ids[0]).unwrap(), "ready");
    store.retry_event(ids[0]).unwrap();
    let (_, run) = store.begin_attempt(ids[0], &a_run()).unwrap();
    assert!(!store.drop_event(ids[0]).unwrap(), "running");
    let end = AttemptEnd::Retry(at(9000));
    store.end_attempt(ids[0], run, &end, &ended(RunState::Failed, 2001)).unwrap();
    assert!(store.drop_event(ids[0]).unwrap(), "to be retried");
    assert_eq!(store.next_retry(WATCH).unwrap(), None);
}

fn nothing_is_done_with_an_event_that_is_not_there(store: &dyn Store) {
    for id in [7, u64::MAX] {
        assert_eq!(store.begin_attempt(id, &a_run()).unwrap_err().kind, ErrorKind::State);
        assert!(!store.retry_event(id).unwrap() && !store.drop_event(id).unwrap());
        assert_eq!(store.event(id).unwrap(), None);
    }
    assert!(store.runs(&Default::default()).unwrap().is_empty());
}
