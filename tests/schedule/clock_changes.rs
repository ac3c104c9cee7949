//! What people rely on when the clocks change, told one by one.

use cliengo::schedule::{Cron, time_zone};
use jiff::Timestamp;

use crate::support::at;

fn next(expression: &str, zone: &str, after: &str, count: usize) -> Vec<Timestamp> {
    let cron = Cron::parse(expression, &time_zone(zone).unwrap()).unwrap();
    let first = cron.next_after(at(after));
    std::iter::successors(first, |due| cron.next_after(*due)).take(count).collect()
}

#[track_caller]
fn assert_next(expression: &str, zone: &str, after: &str, expected: &[&str]) {
    let expected: Vec<_> = expected.iter().map(|text| at(text)).collect();
    assert_eq!(next(expression, zone, after, expected.len()), expected, "{expression}");
}

#[test]
fn a_midnight_job_in_santiago_runs_once_on_both_change_days() {
    assert_next(
        "0 0 * * *",
        "America/Santiago",
        "2026-04-03T12:00:00Z",
        &["2026-04-04T00:00:00-03:00", "2026-04-05T00:00:00-04:00", "2026-04-06T00:00:00-04:00"],
    );
    assert_next(
        "0 0 * * *",
        "America/Santiago",
        "2026-09-04T12:00:00Z",
        &["2026-09-05T00:00:00-04:00", "2026-09-06T01:00:00-03:00", "2026-09-07T00:00:00-03:00"],
    );
}

#[test]
fn no_hour_of_a_list_is_lost_in_a_gap() {
    assert_next(
        "30 2,14 * * *",
        "Europe/Madrid",
        "2026-03-28T20:00:00Z",
        &["2026-03-29T03:00:00+02:00", "2026-03-29T14:30:00+02:00", "2026-03-30T02:30:00+02:00"],
    );
}

#[test]
fn a_fixed_time_in_an_overlap_runs_the_first_time_only() {
    assert_next(
        "30 1 * * *",
        "America/New_York",
        "2026-10-31T12:00:00Z",
        &["2026-11-01T01:30:00-04:00", "2026-11-02T01:30:00-05:00"],
    );
    // Asked in the middle of the second pass, it does not come back to the first.
    assert_next(
        "45 1 * * *",
        "America/New_York",
        "2026-11-01T01:30:00-05:00",
        &["2026-11-02T01:45:00-05:00"],
    );
}

#[test]
fn an_interval_goes_by_real_time() {
    assert_next(
        "*/30 * * * *",
        "America/New_York",
        "2026-11-01T01:00:00-04:00",
        &["2026-11-01T01:30:00-04:00", "2026-11-01T01:00:00-05:00", "2026-11-01T01:30:00-05:00"],
    );
    assert_next(
        "*/30 * * * *",
        "America/New_York",
        "2026-03-08T01:00:00-05:00",
        &["2026-03-08T01:30:00-05:00", "2026-03-08T03:00:00-04:00"],
    );
}

#[test]
fn what_a_gap_passes_runs_though_the_gap_ends_on_the_next_day() {
    // Nuuk's clocks go from Saturday, 23:00, to Sunday, 00:00.
    assert_next(
        "30 23 * * 6",
        "America/Nuuk",
        "2026-03-28T12:00:00Z",
        &["2026-03-29T00:00:00-01:00", "2026-04-04T23:30:00-01:00"],
    );
}

#[test]
fn fractions_of_a_second_are_neither_skipped_nor_repeated() {
    let after = "2026-05-07T10:00:00.000000001Z";
    assert_next("*/10 * * * * *", "UTC", after, &["2026-05-07T10:00:10Z"]);
    assert_next("0 10 * * *", "UTC", after, &["2026-05-08T10:00:00Z"]);
    let before = "2026-05-07T09:59:59.999999999Z";
    assert_next("* * * * * *", "UTC", before, &["2026-05-07T10:00:00Z", "2026-05-07T10:00:01Z"]);
    assert_next("0 10 * * *", "UTC", before, &["2026-05-07T10:00:00Z"]);
}

#[test]
fn a_date_that_is_decades_away_is_found() {
    // The 29th of February on a Monday.
    assert_next(
        "0 0 29 2 +MON",
        "Europe/Madrid",
        "2026-05-07T10:00:00Z",
        &["2044-02-29T00:00:00+01:00", "2072-02-29T00:00:00+01:00"],
    );
    assert_next(
        "*/30 0 29 2 +MON",
        "Europe/Madrid",
        "2044-02-29T12:00:00Z",
        &["2072-02-29T00:00:00+01:00"],
    );
}
