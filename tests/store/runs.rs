//! Runs that are no attempts at events, and how much of a run is kept.

use cliengo::ErrorKind;
use cliengo::store::{NewRun, RunKind, RunQuery, RunState, Store};
use serde_json::json;

use crate::samples::*;

promises![
    a_run_is_kept_with_all_it_did,
    a_run_ends_once,
    runs_are_listed_newest_first_and_by_what_is_asked,
    after_a_crash_runs_under_way_are_lost,
    a_watch_and_a_schedule_of_one_id_do_not_lose_each_others_runs,
    a_long_log_is_cut_in_its_middle_and_says_so,
];

fn a_run_is_kept_with_all_it_did(store: &dyn Store) {
    let begin = NewRun { kind: RunKind::Script, input: json!({ "args": ["x"] }), ..a_run() };
    let id = store.begin_run(&begin).unwrap();
    let run = store.run(id).unwrap().unwrap();
    assert_eq!((run.id, &run.begin, run.state, run.end), (id, &begin, RunState::Running, None));
    let end = ended(RunState::Failed, 2001);
    store.end_run(id, &end).unwrap();
    let run = store.run(id).unwrap().unwrap();
    assert_eq!((run.state, run.end), (RunState::Failed, Some(end)));
    assert_eq!((run.event, run.attempt, run.due), (None, None, None));
    assert_eq!(store.run(id + 1).unwrap(), None);
}

fn a_run_ends_once(store: &dyn Store) {
    let id = store.begin_run(&a_run()).unwrap();
    store.end_run(id, &ended(RunState::Done, 2001)).unwrap();
    store.end_run(id, &ended(RunState::Failed, 2002)).unwrap();
    assert_eq!(store.run(id).unwrap().unwrap().state, RunState::Done);
    let error = store.end_run(id + 1, &ended(RunState::Done, 2001)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::State);
}

fn runs_are_listed_newest_first_and_by_what_is_asked(store: &dyn Store) {
    let begin =
        |subject: &str| store.begin_run(&NewRun { subject: subject.into(), ..a_run() }).unwrap();
    let (first, second, third) = (begin("a"), begin("b"), begin("a"));
    store.end_run(first, &ended(RunState::Done, 2001)).unwrap();
    ready(store, &[found("c", 1, 1)]);
    let event = due(store, 0)[0].id;
    let (_, fourth) = store.begin_attempt(event, &a_run()).unwrap();
    let list =
        |query: RunQuery| store.runs(&query).unwrap().iter().map(|run| run.id).collect::<Vec<_>>();
    assert_eq!(list(RunQuery::default()), [fourth, third, second, first]);
    let subject = Some("a".into());
    assert_eq!(list(RunQuery { subject, ..RunQuery::default() }), [third, first]);
    let state = Some(RunState::Done);
    assert_eq!(list(RunQuery { state, ..RunQuery::default() }), [first]);
    assert_eq!(list(RunQuery { event: Some(event), ..RunQuery::default() }), [fourth]);
    assert_eq!(list(RunQuery { limit: Some(2), ..RunQuery::default() }), [fourth, third]);
}

fn after_a_crash_runs_under_way_are_lost(store: &dyn Store) {
    let begin = |subject: &str| {
        let (kind, subject) = (RunKind::Schedule, subject.into());
        store.begin_run(&NewRun { kind, subject, ..a_run() }).unwrap()
    };
    let (done, cut, other) = (begin("a"), begin("a"), begin("b"));
    store.end_run(done, &ended(RunState::Done, 2001)).unwrap();
    assert_eq!(store.lose_runs(&["a".into(), "c".into()], at(3000)).unwrap(), 1);
    let states = [done, cut, other].map(|id| store.run(id).unwrap().unwrap().state);
    assert_eq!(states, [RunState::Done, RunState::Lost, RunState::Running]);
    assert_eq!(store.run(cut).unwrap().unwrap().end.unwrap().ended, at(3000));
}

fn a_watch_and_a_schedule_of_one_id_do_not_lose_each_others_runs(store: &dyn Store) {
    ready(store, &[found("c", 1, 1)]);
    let event = due(store, 0)[0].id;
    let (_, attempt) = store.begin_attempt(event, &a_run()).unwrap();
    let subject = store.run(attempt).unwrap().unwrap().begin.subject;
    assert_eq!(store.lose_runs(&[subject], at(3000)).unwrap(), 0);
    assert_eq!(store.run(attempt).unwrap().unwrap().state, RunState::Running);
}

fn a_long_log_is_cut_in_its_middle_and_says_so(store: &dyn Store) {
    let id = store.begin_run(&a_run()).unwrap();
    let mut end = ended(RunState::Failed, 2001);
    end.log =
        (0..20_000).map(|n| json!({ "level": "info", "message": format!("line {n}") })).collect();
    store.end_run(id, &end).unwrap();
    let kept = store.run(id).unwrap().unwrap().end.unwrap().log;
    assert_eq!((kept.first(), kept.last()), (end.log.first(), end.log.last()));
    let told = format!("… {} lines are left out here", 20_000 - (kept.len() - 1));
    assert!(kept.iter().any(|line| line["message"] == told.as_str()), "{told}");
}
