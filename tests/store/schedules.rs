//! Schedules: what they remember, and that a due time has one run.

use cliengo::ErrorKind;
use cliengo::store::{NewRun, Pause, RunKind, RunState, Store};
use serde_json::json;

use crate::samples::*;

promises![
    a_schedule_is_made_once_and_remembers,
    a_due_time_has_one_run_whoever_asks,
    a_claim_keeps_what_the_schedule_remembers,
    a_request_is_taken_once,
    a_paused_schedule_stays_paused,
    a_removed_schedule_is_forgotten,
    nothing_is_kept_of_a_schedule_that_is_not_there,
];

fn a_schedule_is_made_once_and_remembers(store: &dyn Store) {
    let made = store.open_schedule("s", "a.lua", &json!({ "cron": "@daily" })).unwrap();
    assert_eq!((&made.state, made.next, &made.pause), (&None, None, &None));
    store.save_schedule("s", &json!({ "last": 1 }), Some(at(50))).unwrap();
    let again = store.open_schedule("s", "b.lua", &json!({ "cron": "@hourly" })).unwrap();
    assert_eq!(
        (again.script.as_str(), &again.definition),
        ("b.lua", &json!({ "cron": "@hourly" }))
    );
    assert_eq!((&again.state, again.next), (&Some(json!({ "last": 1 })), Some(at(50))));
    assert_eq!(store.schedules().unwrap(), std::slice::from_ref(&again));
    store.save_schedule("s", &json!(null), None).unwrap();
    let kept = store.schedule("s").unwrap().unwrap();
    assert_eq!((kept.state, kept.next), (Some(json!(null)), None));
}

fn a_due_time_has_one_run_whoever_asks(store: &dyn Store) {
    ["s", "t"].iter().for_each(|id| drop(store.open_schedule(id, "a.lua", &nothing()).unwrap()));
    let begin = NewRun { kind: RunKind::Schedule, subject: "s".into(), ..a_run() };
    let claim = |id, seconds| store.claim(id, at(seconds), &nothing(), &begin).unwrap();
    let run = claim("s", 60).unwrap();
    assert_eq!(claim("s", 60), None);
    assert!(
        claim("s", 120).is_some() && claim("s", 0).is_some(),
        "another time, even an earlier one"
    );
    assert!(claim("t", 60).is_some(), "another schedule");
    store.end_run(run, &ended(RunState::Failed, 61)).unwrap();
    assert_eq!(claim("s", 60), None);
    let run = store.run(run).unwrap().unwrap();
    assert_eq!((run.due, run.begin.kind), (Some(at(60)), RunKind::Schedule));
    assert_eq!(store.runs(&Default::default()).unwrap().len(), 4, "a refused claim begins nothing");
}

fn a_claim_keeps_what_the_schedule_remembers(store: &dyn Store) {
    store.open_schedule("s", "a.lua", &nothing()).unwrap();
    store.save_schedule("s", &json!(1), Some(at(60))).unwrap();
    store.claim("s", at(60), &json!(2), &a_run()).unwrap();
    store.claim("s", at(60), &json!(3), &a_run()).unwrap();
    let kept = store.schedule("s").unwrap().unwrap();
    assert_eq!((kept.state, kept.next), (Some(json!(2)), Some(at(60))));
}

fn a_request_is_taken_once(store: &dyn Store) {
    ["a", "b", "c"].iter().for_each(|id| drop(store.open_schedule(id, "s", &nothing()).unwrap()));
    assert!(!store.take_request("a").unwrap());
    for (id, seconds) in [("c", 10), ("a", 20), ("c", 30)] {
        assert!(store.request_run(id, at(seconds)).unwrap());
    }
    assert!(!store.request_run("nobody", at(1)).unwrap());
    let requested = |id: &str| store.schedule(id).unwrap().unwrap().requested;
    assert_eq!(["a", "b", "c"].map(requested), [Some(at(20)), None, Some(at(30))]);
    assert_eq!(
        ["a", "b", "c", "d"].map(|id| store.take_request(id).unwrap()),
        [true, false, true, false]
    );
    assert!(!store.take_request("a").unwrap() && requested("a").is_none());
}

fn a_paused_schedule_stays_paused(store: &dyn Store) {
    store.open_schedule("s", "a.lua", &nothing()).unwrap();
    let pause = Pause { at: at(5), reason: "by hand".into(), until_restart: false };
    assert!(store.pause_schedule("s", Some(&pause)).unwrap());
    assert_eq!(store.open_schedule("s", "a.lua", &nothing()).unwrap().pause, Some(pause));
    assert!(store.pause_schedule("s", None).unwrap());
    assert_eq!(store.schedule("s").unwrap().unwrap().pause, None);
    assert!(!store.pause_schedule("nobody", None).unwrap());
}

fn a_removed_schedule_is_forgotten(store: &dyn Store) {
    store.open_schedule("s", "a.lua", &nothing()).unwrap();
    store.request_run("s", at(1)).unwrap();
    let run = store.claim("s", at(60), &nothing(), &a_run()).unwrap().unwrap();
    assert!(store.remove_schedule("s").unwrap() && !store.remove_schedule("s").unwrap());
    assert!(!store.take_request("s").unwrap() && store.schedules().unwrap().is_empty());
    assert!(store.run(run).unwrap().is_some());
    store.open_schedule("s", "a.lua", &nothing()).unwrap();
    assert!(store.claim("s", at(60), &nothing(), &a_run()).unwrap().is_some());
}

fn nothing_is_kept_of_a_schedule_that_is_not_there(store: &dyn Store) {
    for error in [
        store.save_schedule("s", &nothing(), None).unwrap_err(),
        store.claim("s", at(1), &nothing(), &a_run()).unwrap_err(),
    ] {
        assert_eq!(error.kind, ErrorKind::State);
    }
    assert_eq!(store.schedule("s").unwrap(), None);
    assert!(store.runs(&Default::default()).unwrap().is_empty());
}
