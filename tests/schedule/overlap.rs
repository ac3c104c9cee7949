//! A due time that comes while an earlier run goes on.

use cliengo::schedule::{Decision, Due, Skipped, Timetable};
use serde_json::json;

use crate::support::{every, on_the_day, run_times, runs};

/// A timetable whose run of 10:10 goes on.
fn running(policy: &str) -> (Timetable, Due) {
    let schedule = every("10m", json!({ "overlap": policy }));
    let mut timetable = Timetable::begin(&schedule, on_the_day("10:00:00"));
    let first = runs(&timetable.tick(on_the_day("10:10:00"))).remove(0);
    (timetable, first)
}

#[track_caller]
fn assert_skipped(decisions: &[Decision], expected: Skipped) {
    match decisions {
        [Decision::Skip { reason, .. }] => assert_eq!(*reason, expected),
        other => panic!("{other:?}"),
    }
}

#[test]
fn skip_passes_over_what_comes_during_a_run() {
    let (mut timetable, first) = running("skip");
    assert_skipped(&timetable.tick(on_the_day("10:20:00")), Skipped::Running);
    assert!(timetable.finished(&first).is_empty());
    assert_eq!(run_times(&timetable.tick(on_the_day("10:30:00"))), [on_the_day("10:30:00")]);
    assert_eq!(timetable.state().skipped, 1);
}

#[test]
fn queue_one_keeps_one_that_begins_when_the_run_ends() {
    let (mut timetable, first) = running("queue_one");
    assert!(timetable.tick(on_the_day("10:20:00")).is_empty());
    assert_skipped(&timetable.tick(on_the_day("10:30:00")), Skipped::QueueFull);
    let second = runs(&timetable.finished(&first)).remove(0);
    assert_eq!(second.at, on_the_day("10:20:00"));
    assert!(timetable.finished(&second).is_empty());
}

#[test]
fn queue_all_keeps_every_one_in_order() {
    let (mut timetable, mut going_on) = running("queue_all");
    for time in ["10:20:00", "10:30:00", "10:40:00"] {
        assert!(timetable.tick(on_the_day(time)).is_empty());
    }
    for time in ["10:20:00", "10:30:00", "10:40:00"] {
        going_on = runs(&timetable.finished(&going_on)).remove(0);
        assert_eq!(going_on.at, on_the_day(time));
    }
    assert!(timetable.finished(&going_on).is_empty());
}

#[test]
fn cancel_other_waits_for_the_end_of_the_run_that_it_cancels() {
    let (mut timetable, first) = running("cancel_other");
    let decisions = timetable.tick(on_the_day("10:20:00"));
    assert_eq!(decisions, [Decision::Cancel(first.clone())]);
    let decisions = timetable.tick(on_the_day("10:30:00"));
    assert_skipped(&decisions[..1], Skipped::Superseded);
    assert_eq!(decisions[1..], [Decision::Cancel(first.clone())]);
    assert_eq!(run_times(&timetable.finished(&first)), [on_the_day("10:30:00")]);
}

#[test]
fn allow_lets_both_go_on() {
    let (mut timetable, first) = running("allow");
    let second = runs(&timetable.tick(on_the_day("10:20:00"))).remove(0);
    assert_eq!(timetable.state().running, [first.clone(), second]);
    timetable.finished(&first);
    assert_eq!(timetable.state().running.len(), 1);
}

#[test]
fn a_run_that_somebody_asks_for_is_no_due_time_and_follows_the_policy() {
    let (mut timetable, first) = running("queue_one");
    assert!(timetable.run_now(on_the_day("10:15:00")).is_empty());
    let asked = runs(&timetable.finished(&first)).remove(0);
    assert_ne!(asked.at, on_the_day("10:15:00"), "it must not be mistaken for a due time");
    timetable.finished(&asked);
    assert_eq!(run_times(&timetable.tick(on_the_day("10:20:00"))), [on_the_day("10:20:00")]);
    let (mut timetable, _) = running("skip");
    assert_skipped(&timetable.run_now(on_the_day("10:15:00")), Skipped::Running);
}

#[test]
fn a_paused_schedule_has_nothing_due_and_has_missed_nothing_afterwards() {
    let (mut timetable, first) = running("queue_all");
    timetable.tick(on_the_day("10:20:00"));
    timetable.pause();
    assert!(timetable.tick(on_the_day("11:00:00")).is_empty());
    assert!(timetable.finished(&first).is_empty());
    assert_eq!((timetable.next_wake(), timetable.is_stuck(on_the_day("11:00:00"))), (None, false));
    // What waited goes on, and 10:30 to 11:00 are no misfires.
    assert_eq!(run_times(&timetable.resume(on_the_day("11:05:00"))), [on_the_day("10:20:00")]);
    assert_eq!(timetable.next_wake(), Some(on_the_day("11:10:00")));
    assert_eq!(timetable.state().misfires, 0);
}

#[test]
fn the_jitter_delays_the_run_and_not_the_due_time() {
    let schedule = every("10m", json!({ "jitter": "5m" }));
    let offset = schedule.jitter.offset();
    assert!(offset.is_positive());
    let mut timetable = Timetable::begin(&schedule, on_the_day("10:00:00"));
    let due = on_the_day("10:10:00");
    assert_eq!(timetable.next_wake(), Some(due + offset));
    assert!(timetable.tick(due).is_empty());
    assert_eq!(run_times(&timetable.tick(due + offset)), [due]);
}

#[test]
fn a_run_that_somebody_asks_for_is_no_due_time_in_the_microseconds_of_a_store_either() {
    let schedule = every("10m", json!({ "overlap": "allow" }));
    let mut timetable = Timetable::begin(&schedule, on_the_day("10:00:00"));
    let mut moments = std::collections::HashSet::from([on_the_day("10:10:00").as_microsecond()]);
    for _ in 0..900 {
        let asked = runs(&timetable.run_now(on_the_day("10:10:00"))).remove(0);
        assert!(moments.insert(asked.at.as_microsecond()), "{}", asked.at);
    }
}
