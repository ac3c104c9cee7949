//! Whatever is done in whatever order, both stores give the same answers.

use cliengo::Result;
use cliengo::store::{
    AttemptEnd, EventQuery, EventState, Found, MemoryStore, NewRun, Pause, RunKind, RunQuery,
    RunState, SqliteStore, Store,
};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::json;

use crate::samples::*;

/// One call; small numbers, so that calls meet each other.
#[derive(Debug, Clone)]
enum Call {
    OpenWatch(u8, u8),
    PauseWatch(u8, bool),
    RemoveWatch(u8),
    BeginCycle(u8),
    Stage(u8, Vec<(u8, u8, i64)>),
    CommitCycle(u8, i64),
    NotePoll(u8, i64, bool),
    Release(u8, u64),
    BeginAttempt(u64),
    BeginFirstDue(u8, i64),
    EndAttempt(u64, u64, u8, i64),
    EndLastAttempt(u8, i64),
    Recover(u8, u32, i64),
    RetryEvent(u64),
    DropEvent(u64),
    BeginRun(u8),
    EndRun(u64, i64),
    LoseRuns(u8, i64),
    OpenSchedule(u8, u8),
    SaveSchedule(u8, u8, Option<i64>),
    Claim(u8, i64, u8),
    PauseSchedule(u8, bool),
    RequestRun(u8, i64),
    TakeRequest(u8),
    RemoveSchedule(u8),
    BeginStep(u8, i64),
    EndStep(u8, i64),
    ForgetStep(u8),
    SetSetting(u8),
    Prune(i64),
}

fn a_call() -> impl Strategy<Value = Call> {
    let (w, t, id) = (|| 0..2_u8, || 0..20_i64, || 1..9_u64);
    let rows = || prop::collection::vec((0..4_u8, 0..7_u8, 0..6_i64), 0..5);
    let watches = prop_oneof![
        3 => (w(), 0..2_u8).prop_map(|(w, n)| Call::OpenWatch(w, n)),
        1 => (w(), any::<bool>()).prop_map(|(w, on)| Call::PauseWatch(w, on)),
        1 => w().prop_map(Call::RemoveWatch),
        1 => w().prop_map(Call::BeginCycle),
        8 => (w(), rows()).prop_map(|(w, rows)| Call::Stage(w, rows)),
        8 => (w(), t()).prop_map(|(w, t)| Call::CommitCycle(w, t)),
        1 => (w(), t(), any::<bool>()).prop_map(|(w, t, good)| Call::NotePoll(w, t, good)),
    ];
    let events = prop_oneof![
        4 => (w(), 0..4_u64).prop_map(|(w, n)| Call::Release(w, n)),
        2 => id().prop_map(Call::BeginAttempt),
        6 => (w(), t()).prop_map(|(w, t)| Call::BeginFirstDue(w, t)),
        1 => (id(), id(), 0..5_u8, t()).prop_map(|(e, r, end, t)| Call::EndAttempt(e, r, end, t)),
        5 => (0..5_u8, t()).prop_map(|(end, t)| Call::EndLastAttempt(end, t)),
        1 => (w(), 1..3_u32, t()).prop_map(|(w, n, t)| Call::Recover(w, n, t)),
        3 => id().prop_map(Call::RetryEvent),
        2 => id().prop_map(Call::DropEvent),
    ];
    let runs = prop_oneof![
        w().prop_map(Call::BeginRun),
        (id(), t()).prop_map(|(r, t)| Call::EndRun(r, t)),
        (w(), t()).prop_map(|(w, t)| Call::LoseRuns(w, t)),
        t().prop_map(Call::Prune),
    ];
    let schedules = prop_oneof![
        (w(), 0..2_u8).prop_map(|(s, n)| Call::OpenSchedule(s, n)),
        (w(), 0..3_u8, prop::option::of(t())).prop_map(|(s, n, t)| Call::SaveSchedule(s, n, t)),
        (w(), t(), 0..3_u8).prop_map(|(s, t, n)| Call::Claim(s, t, n)),
        (w(), any::<bool>()).prop_map(|(s, on)| Call::PauseSchedule(s, on)),
        (w(), t()).prop_map(|(s, t)| Call::RequestRun(s, t)),
        w().prop_map(Call::TakeRequest),
        w().prop_map(Call::RemoveSchedule),
    ];
    let steps = prop_oneof![
        (w(), t()).prop_map(|(k, t)| Call::BeginStep(k, t)),
        (w(), t()).prop_map(|(k, t)| Call::EndStep(k, t)),
        w().prop_map(Call::ForgetStep),
        (0..3_u8).prop_map(Call::SetSetting),
    ];
    prop_oneof![6 => watches, 8 => events, 2 => runs, 3 => schedules, 1 => steps]
}

fn name(number: u8) -> String {
    format!("n{number}")
}

fn row(&(contact, what, order): &(u8, u8, i64)) -> Found {
    match what {
        0 => gone(&name(contact), order),
        1 => Found { event: None, ..gone(&name(contact), order) },
        2 => known(&name(contact), 2),
        6 => found_again(&name(contact), 3, order),
        _ => found(&name(contact), what, order),
    }
}

fn attempt_end(number: u8, seconds: i64) -> AttemptEnd {
    match number {
        0 => AttemptEnd::Done,
        1 => AttemptEnd::Retry(at(seconds)),
        2 => AttemptEnd::Released,
        3 => AttemptEnd::Dead,
        _ => AttemptEnd::Dropped,
    }
}

fn pause(on: bool) -> Option<Pause> {
    on.then(|| Pause { at: at(1), reason: "by hand".into(), until_restart: false })
}

/// The answer in words, an error's as well.
fn words(answer: Result<impl std::fmt::Debug>) -> String {
    format!("{answer:?}")
}

fn answer(store: &dyn Store, call: &Call) -> String {
    match call.clone() {
        Call::OpenWatch(w, n) => words(store.open_watch(&name(w), "k", "s", &json!({ "n": n }))),
        Call::PauseWatch(w, on) => words(store.pause_watch(&name(w), pause(on).as_ref())),
        Call::RemoveWatch(w) => words(store.remove_watch(&name(w))),
        Call::BeginCycle(w) => words(store.begin_cycle(&name(w))),
        Call::Stage(w, rows) => {
            words(store.stage(&name(w), &rows.iter().map(row).collect::<Vec<_>>()))
        }
        Call::CommitCycle(w, t) => words(store.commit_cycle(&name(w), &cycle_end(t))),
        Call::NotePoll(w, t, good) => {
            words(store.note_poll(&name(w), at(t), (!good).then_some("it failed")))
        }
        Call::Release(w, n) => words(store.release(&name(w), n)),
        Call::BeginAttempt(id) => words(store.begin_attempt(id, &a_run())),
        Call::BeginFirstDue(w, t) => {
            let due = store.due_events(&name(w), at(t), 1).unwrap();
            words(due.first().map(|event| store.begin_attempt(event.id, &a_run())).transpose())
        }
        Call::EndAttempt(event, run, end, t) => {
            let how = ended(RunState::Failed, t);
            words(store.end_attempt(event, run, &attempt_end(end, t), &how))
        }
        Call::EndLastAttempt(end, t) => {
            let states = vec![EventState::Running];
            let query = EventQuery { states, limit: Some(1), ..EventQuery::default() };
            let running = store.events(&query).unwrap();
            let how = ended(RunState::Failed, t);
            words(running.first().map_or(Ok(()), |event| {
                store.end_attempt(event.id, event.run.unwrap(), &attempt_end(end, t), &how)
            }))
        }
        Call::Recover(w, most, t) => words(store.recover(&name(w), most, at(t))),
        Call::RetryEvent(id) => words(store.retry_event(id)),
        Call::DropEvent(id) => words(store.drop_event(id)),
        Call::BeginRun(w) => {
            words(store.begin_run(&NewRun { kind: RunKind::Schedule, subject: name(w), ..a_run() }))
        }
        Call::EndRun(run, t) => words(store.end_run(run, &ended(RunState::Done, t))),
        Call::LoseRuns(w, t) => words(store.lose_runs(&[name(w)], at(t))),
        Call::OpenSchedule(s, n) => words(store.open_schedule(&name(s), "s", &json!(n))),
        Call::SaveSchedule(s, n, t) => words(store.save_schedule(&name(s), &json!(n), t.map(at))),
        Call::Claim(s, t, n) => words(store.claim(&name(s), at(t), &json!(n), &a_run())),
        Call::PauseSchedule(s, on) => words(store.pause_schedule(&name(s), pause(on).as_ref())),
        Call::RequestRun(s, t) => words(store.request_run(&name(s), at(t))),
        Call::TakeRequest(s) => words(store.take_request(&name(s))),
        Call::RemoveSchedule(s) => words(store.remove_schedule(&name(s))),
        Call::BeginStep(k, t) => words(store.begin_step("scope", &name(k), &json!(t), at(t))),
        Call::EndStep(k, t) => words(store.end_step("scope", &name(k), &json!(t), at(t))),
        Call::ForgetStep(k) => words(store.forget_step("scope", &name(k))),
        Call::SetSetting(n) => words(store.set_setting("setting", &json!(n))),
        Call::Prune(t) => words(store.prune(at(t))),
    }
}

/// All that can be asked.
fn everything(store: &dyn Store) -> String {
    let mut events = store.events(&EventQuery::default()).unwrap();
    for event in &mut events {
        // A drop by hand takes the time of the machine's own clock.
        event.ended_at =
            event.ended_at.map(|ended| ended.min(Timestamp::from_second(100).unwrap()));
    }
    let of_watches = (0..2).map(|w| {
        let name = name(w);
        let contacts = ["n0", "n1", "n2", "n3"];
        let due = store.due_events(&name, at(10), 9).unwrap();
        let due: Vec<u64> = due.iter().map(|event| event.id).collect();
        let counts = store.event_counts(&name).unwrap();
        let known = store.known(&name, &contacts).unwrap();
        let ids = store.known_ids(&name, Some("n0"), 2).unwrap();
        format!("{due:?} {counts:?} {known:?} {ids:?} {:?}", store.next_retry(&name).unwrap())
    });
    let of_watches: Vec<_> = of_watches.collect();
    let runs = store.runs(&RunQuery::default()).unwrap();
    let (watches, schedules) = (store.watches().unwrap(), store.schedules().unwrap());
    let steps = ["n0", "n1"].map(|key| store.step("scope", key).unwrap());
    let setting = store.setting("setting").unwrap();
    format!(
        "{watches:#?}\n{of_watches:#?}\n{events:#?}\n{runs:#?}\n{schedules:#?}\n{steps:?}\n{setting:?}"
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn both_stores_give_the_same_answers(calls in prop::collection::vec(a_call(), 1..60)) {
        let folder = tempfile::tempdir().unwrap();
        let stores: [Box<dyn Store>; 2] = [
            Box::new(MemoryStore::new()),
            Box::new(SqliteStore::open(folder.path()).unwrap()),
        ];
        // Begun with both watches there, for most calls are of no use without.
        let calls = [Call::OpenWatch(0, 0), Call::OpenWatch(1, 0)].into_iter().chain(calls);
        for (number, call) in calls.enumerate() {
            let [memory, sqlite] = stores.each_ref().map(|store| answer(&**store, &call));
            prop_assert_eq!(memory, sqlite, "{:?}", call);
            // Now and then all of it: each look takes longer than many calls.
            if number % 8 == 0 {
                let [memory, sqlite] = stores.each_ref().map(|store| everything(&**store));
                prop_assert_eq!(memory, sqlite, "after {:?}", call);
            }
        }
        let [memory, sqlite] = stores.each_ref().map(|store| everything(&**store));
        prop_assert_eq!(memory, sqlite, "at the end");
    }
}
