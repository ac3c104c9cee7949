//! Due times that nobody acted upon when they came.

use cliengo::schedule::{Cause, Decision, ScheduleDefinition, Timetable, TimetableState};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::support::{at, cron, every, on_the_day, run_times, runs};

/// The timetable after a stop at 10:05, saved and read again; it began at 10:00.
fn restarted(schedule: &ScheduleDefinition, now: Timestamp) -> Timetable {
    let mut timetable = Timetable::begin(schedule, on_the_day("10:00:00"));
    timetable.tick(on_the_day("10:05:00"));
    let saved = serde_json::to_string(timetable.state()).unwrap();
    let state: TimetableState = serde_json::from_str(&saved).unwrap();
    let (timetable, cut_off) = Timetable::restore(schedule, state, now);
    assert!(cut_off.is_empty());
    timetable
}

/// What a schedule of every ten minutes does at 11:05.
fn after_an_hour(options: Value) -> (Vec<Decision>, Timetable) {
    let now = on_the_day("11:05:00");
    let mut timetable = restarted(&every("10m", options), now);
    (timetable.tick(now), timetable)
}

fn missed(first: &str, last: &str, count: u64) -> Decision {
    Decision::Missed { first: on_the_day(first), last: on_the_day(last), count }
}

#[test]
fn last_makes_up_for_all_with_one_run() {
    let (decisions, timetable) = after_an_hour(json!({}));
    let run = runs(&decisions).remove(0);
    assert_eq!((run.at, run.cause, run.missed), (on_the_day("11:00:00"), Cause::CatchUp, 5));
    assert_eq!(decisions, [missed("10:10:00", "10:50:00", 5), Decision::Run(run)]);
    assert_eq!(timetable.next_wake(), Some(on_the_day("11:10:00")));
    assert_eq!(timetable.state().misfires, 5);
}

#[test]
fn skip_makes_up_for_none() {
    let (decisions, timetable) = after_an_hour(json!({ "misfire": "skip" }));
    assert_eq!(decisions, [missed("10:10:00", "11:00:00", 6)]);
    assert_eq!(timetable.next_wake(), Some(on_the_day("11:10:00")));
}

#[test]
fn skip_still_runs_what_comes_just_now() {
    let schedule = every("10m", json!({ "misfire": "skip" }));
    let now = on_the_day("11:00:30");
    let decisions = restarted(&schedule, now).tick(now);
    assert_eq!(decisions[0], missed("10:10:00", "10:50:00", 5));
    assert_eq!(runs(&decisions)[0].cause, Cause::OnTime);
}

#[test]
fn all_runs_each_of_them_one_after_the_other_though_overlap_is_skip() {
    let (mut decisions, mut timetable) = after_an_hour(json!({ "misfire": "all" }));
    for minute in 1..=6 {
        let run = runs(&decisions).remove(0);
        assert_eq!(run.at, on_the_day("10:00:00") + (10 * minute).minutes());
        assert_eq!(decisions.len(), 1, "{decisions:?}");
        decisions = timetable.finished(&run);
    }
    assert!(decisions.is_empty());
    assert_eq!(timetable.state().misfires, 0);
}

#[test]
fn all_drops_the_oldest_beyond_its_maximum() {
    let (decisions, timetable) = after_an_hour(json!({ "misfire": "all", "misfire_max": 2 }));
    assert_eq!(decisions[0], missed("10:10:00", "10:40:00", 4));
    assert_eq!(run_times(&decisions), [on_the_day("10:50:00")]);
    assert_eq!(timetable.state().waiting[0].at, on_the_day("11:00:00"));
}

#[test]
fn what_was_missed_before_the_catch_up_window_is_dropped() {
    let (decisions, _) = after_an_hour(json!({ "misfire": "all", "catch_up": "20m" }));
    assert_eq!(decisions[0], missed("10:10:00", "10:40:00", 4));
    let (decisions, _) = after_an_hour(json!({ "catch_up": "2m" }));
    assert_eq!(decisions, [missed("10:10:00", "11:00:00", 6)]);
}

#[test]
fn a_run_that_was_cut_off_is_told_and_not_begun_again() {
    let schedule = every("10m", json!({ "overlap": "queue_all" }));
    let mut timetable = Timetable::begin(&schedule, on_the_day("10:00:00"));
    let run = runs(&timetable.tick(on_the_day("10:10:00"))).remove(0);
    timetable.tick(on_the_day("10:20:00"));
    let now = on_the_day("10:25:00");
    let (mut timetable, cut_off) = Timetable::restore(&schedule, timetable.state().clone(), now);
    assert_eq!(cut_off, [run]);
    assert_eq!(run_times(&timetable.tick(now)), [on_the_day("10:20:00")]);
}

#[test]
fn years_of_every_second_are_told_in_a_moment() {
    for (schedule, from) in [
        (every("1s", json!({ "misfire": "all", "misfire_max": 3 })), "2021-05-07T10:00:00Z"),
        (cron("* * * * * *", json!({ "catch_up": "366d" })), "2025-05-07T10:00:00Z"),
    ] {
        let mut timetable = Timetable::begin(&schedule, at(from));
        let now = on_the_day("10:00:00");
        let decisions = timetable.tick(now);
        assert!(matches!(decisions[0], Decision::Missed { count: 9_997.., .. }), "{decisions:?}");
        assert!(timetable.next_wake() == Some(now + 1.second()), "{decisions:?}");
        let newest = timetable.state().waiting.back().or(timetable.state().running.last());
        assert_eq!(newest.unwrap().at, now);
    }
}

#[test]
fn the_newest_is_found_though_the_due_times_are_many_and_lie_far_back() {
    // 44,640 due times in January, and none since.
    let schedule = cron("* * * 1 *", json!({ "misfire": "all", "catch_up": "366d" }));
    let mut timetable = Timetable::begin(&schedule, at("2026-01-01T00:00:00Z"));
    let decisions = timetable.tick(on_the_day("10:00:00"));
    assert_eq!(run_times(&decisions), [at("2026-01-31T23:36:00Z")]);
    assert_eq!(timetable.state().waiting.back().unwrap().at, at("2026-01-31T23:59:00Z"));
}

#[test]
fn another_expression_goes_on_from_the_last_due_time_and_misses_nothing() {
    let mut timetable = Timetable::begin(&every("10m", json!({})), on_the_day("10:00:00"));
    let run = runs(&timetable.tick(on_the_day("10:10:00"))).remove(0);
    timetable.redefine(&every("15m", json!({})), on_the_day("10:12:00"));
    assert_eq!(timetable.next_wake(), Some(on_the_day("10:25:00")));
    assert_eq!(timetable.state().running, [run], "a reload does not end a run");
    timetable.redefine(&cron("*/5 * * * *", json!({})), on_the_day("12:01:00"));
    assert_eq!(timetable.next_wake(), Some(on_the_day("12:05:00")));
    assert_eq!(timetable.state().misfires, 0);
    // The same expression again changes nothing, and forgets nothing.
    let before = timetable.state().clone();
    timetable.redefine(&cron("*/5 * * * *", json!({})), on_the_day("13:00:00"));
    assert_eq!(*timetable.state(), before);
}

#[test]
fn a_clock_that_is_set_back_repeats_nothing() {
    let mut timetable = Timetable::begin(&cron("*/10 * * * *", json!({})), on_the_day("08:00:00"));
    for minutes in 1..=12 {
        let decisions = timetable.tick(on_the_day("08:00:00") + (10 * minutes).minutes());
        timetable.finished(&runs(&decisions)[0]);
    }
    for time in ["08:30:00", "09:00:00", "10:00:00", "10:09:59"] {
        assert!(timetable.tick(on_the_day(time)).is_empty());
        assert!(!timetable.is_stuck(on_the_day(time)), "these due times were run");
    }
    assert_eq!(run_times(&timetable.tick(on_the_day("10:10:00"))), [on_the_day("10:10:00")]);
}

#[test]
fn a_clock_that_was_years_ahead_does_not_silence_a_schedule() {
    let schedule = cron("0 9 * * *", json!({}));
    let mut timetable = Timetable::begin(&schedule, on_the_day("10:00:00"));
    let ahead = runs(&timetable.tick(at("2030-01-01T12:00:00Z"))).remove(0);
    timetable.finished(&ahead);
    let now = on_the_day("10:01:00");
    assert!(timetable.tick(now).is_empty());
    assert!(timetable.is_stuck(now));
    timetable.repair(now);
    assert!(!timetable.is_stuck(now));
    assert_eq!(timetable.next_wake(), Some(at("2026-05-08T09:00:00Z")));
    // When that day comes at last, its due time has had its run.
    timetable.repair(at("2029-12-31T09:30:00Z"));
    timetable.tick(at("2029-12-31T09:30:00Z"));
    assert_eq!(ahead.at, at("2030-01-01T09:00:00Z"));
    assert_eq!(timetable.next_wake(), Some(at("2030-01-02T09:00:00Z")));
}

#[test]
fn a_country_that_changes_its_clocks_between_two_starts_leaves_no_due_time_behind() {
    // Saved under other rules, the next due time is one that the zone does not have any more.
    let schedule = cron("0 11 * * *", json!({}));
    let saved = Timetable::begin(&schedule, on_the_day("10:00:00"));
    let mut saved = serde_json::to_value(saved.state()).unwrap();
    saved["next_due"] = json!("2026-05-07T10:30:00Z");
    let state: TimetableState = serde_json::from_value(saved).unwrap();
    let (mut timetable, _) = Timetable::restore(&schedule, state, on_the_day("10:31:00"));
    assert!(timetable.tick(on_the_day("10:31:00")).is_empty());
    assert_eq!(timetable.next_wake(), Some(on_the_day("11:00:00")));
}
