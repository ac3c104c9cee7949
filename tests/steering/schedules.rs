//! `cliengo schedules`.

use cliengo::schedule::{ScheduleDefinition, Timetable};
use cliengo::store::Store;
use jiff::{Timestamp, ToSpan};
use serde_json::{Map, Value, json};

use crate::filled::{Filled, at};

#[test]
fn schedules_are_listed_and_shown() {
    let filled = Filled::new();
    assert_eq!(filled.ids("schedules"), ["backup.every", "report.cron"]);
    let row = &filled.json("schedules")[1];
    assert_eq!((&row["next"], &row["state"]), (&"2023-11-14T22:21:40Z".into(), &"active".into()));
    let whole = filled.json("schedules show report.cron");
    assert_eq!(
        (&whole["definition"]["cron"], &whole["remembered"]["x"]),
        (&"0 9 * * *".into(), &1.into())
    );
    assert!(filled.run("schedules").stdout.ends_with("2 rows\n"));
}

#[test]
fn schedules_are_paused_and_go_on_several_at_once() {
    let filled = Filled::new();
    let said = filled.run("schedules pause report.cron backup.every").stdout;
    assert_eq!(said.lines().count(), 2, "{said}");
    filled.run("schedules").says(&["by hand", "cliengo schedules resume report.cron"]);
    filled.run("schedules resume report.cron");
    let paused = filled.store.schedules().unwrap().iter().filter(|s| s.pause.is_some()).count();
    assert_eq!(paused, 1);
}

#[test]
fn a_run_is_asked_for() {
    let filled = Filled::new();
    let said = filled.run("schedules run-now report.cron").stdout;
    assert!(said.contains("report.cron runs as soon as"), "{said}");
    assert!(filled.store.take_request("report.cron").unwrap());
}

#[test]
fn a_removed_schedule_is_gone() {
    let filled = Filled::new();
    filled.run("schedules remove report.cron");
    assert_eq!(filled.ids("schedules"), ["backup.every"]);
}

/// The schedule as the daemon keeps it.
fn keep(filled: &Filled, id: &str, definition: cliengo::Result<ScheduleDefinition>) {
    let (definition, now) = (definition.unwrap(), Timestamp::now());
    let timetable = Timetable::begin(&definition, now);
    let state = serde_json::to_value(timetable.state()).unwrap();
    filled.store.open_schedule(id, "report.lua", &json!({})).unwrap();
    filled.store.save_schedule(id, &state, timetable.next_wake()).unwrap();
}

fn options(options: Value) -> Map<String, Value> {
    options.as_object().unwrap().clone()
}

/// The times that are told of a schedule.
fn next(filled: &Filled, line: &str) -> Vec<Timestamp> {
    let rows = filled.json(line);
    rows.as_array()
        .unwrap()
        .iter()
        .map(|row| row["next"].as_str().unwrap().parse().unwrap())
        .collect()
}

#[test]
fn the_next_times_are_those_at_which_the_daemon_will_run_it() {
    let filled = Filled::new();
    let cron = options(json!({ "tz": "America/Bogota", "jitter": "10m" }));
    let daily = ScheduleDefinition::cron("30 9 * * *", cron, "daily").unwrap();
    keep(&filled, "daily", Ok(daily.clone()));
    let times = next(&filled, "schedules next daily -n 3");
    let expected = Timetable::begin(&daily, Timestamp::now()).upcoming(3);
    let expected: Vec<_> = expected.into_iter().map(|due| daily.jitter.apply(due)).collect();
    assert_eq!(times, expected);
    let local = filled.json("schedules next daily")[4]["local"].as_str().unwrap().to_owned();
    assert!(local.contains(" 09:3") && local.ends_with("-05:00"), "{local}");
    filled.run("schedules pause daily");
    assert!(next(&filled, "schedules next daily").is_empty());
    filled.run("schedules next daily").says(&["daily is paused", "schedules resume daily"]);
}

#[test]
fn the_next_times_of_all_come_the_soonest_first() {
    let filled = Filled::new();
    keep(&filled, "often", ScheduleDefinition::every("30s", options(json!({})), "often"));
    keep(&filled, "seldom", ScheduleDefinition::every("40s", options(json!({})), "seldom"));
    let ids = filled.ids("schedules next -n 4");
    assert_eq!(ids, ["often", "seldom", "often", "seldom"]);
    let times = next(&filled, "schedules next");
    assert!(times.len() == 5 && times.is_sorted() && times[0] > Timestamp::now() - 1.minute());
}

#[test]
fn a_time_that_is_kept_and_long_over_is_not_told_as_the_next() {
    let filled = Filled::new();
    let every = ScheduleDefinition::every("1h", options(json!({})), "old").unwrap();
    let timetable = Timetable::begin(&every, at(0));
    let state = serde_json::to_value(timetable.state()).unwrap();
    filled.store.open_schedule("old", "report.lua", &json!({})).unwrap();
    filled.store.save_schedule("old", &state, timetable.next_wake()).unwrap();
    let times = next(&filled, "schedules next old -n 2");
    assert!(times[0] > Timestamp::now() - 1.minute());
    assert_eq!((times[0].as_second() - at(0).as_second()) % 3600, 0, "the grid is kept");
}
