//! `cliengo schedules`.

use cliengo::store::Store;

use crate::filled::Filled;

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
    assert_eq!(filled.store.take_requests().unwrap(), ["report.cron"]);
}

#[test]
fn a_removed_schedule_is_gone() {
    let filled = Filled::new();
    filled.run("schedules remove report.cron");
    assert_eq!(filled.ids("schedules"), ["backup.every"]);
}
