//! Schedules under a daemon.

use cliengo::store::{RunQuery, RunRecord, RunState, Store};

use crate::place::{Place, WAIT, until};

/// A schedule every second whose runs wait at the gate.
fn slow(overlap: &str) -> Place {
    let code = format!(
        "{WAIT}cliengo.schedule.every('1s', {{ id = 's', overlap = '{overlap}' }}, function(run)
             print('+ ' .. run.due) wait() print('- ' .. run.due)
         end)"
    );
    let place = Place::of(0, "s.lua", &code);
    place.gate(false);
    place
}

#[test]
fn skip_passes_over_what_comes_while_a_run_goes_on() {
    let place = slow("skip");
    let mut daemon = place.serve();
    let first = daemon.line();
    daemon.said(&["passed over", "an earlier run goes on"]);
    daemon.said(&["passed over"]);
    place.gate(true);
    assert_eq!(daemon.line(), first.replace('+', "-"));
    assert!(daemon.line().starts_with('+'));
}

#[test]
fn queue_one_lets_one_wait() {
    let place = slow("queue_one");
    let mut daemon = place.serve();
    let first = daemon.line();
    // The second waits, the third is passed over.
    daemon.said(&["passed over"]);
    place.gate(true);
    assert_eq!(daemon.line(), first.replace('+', "-"));
    let second = daemon.line();
    assert!(second.starts_with('+') && second > first, "{second}");
}

#[test]
fn cancel_other_ends_the_earlier_run() {
    let place = slow("cancel_other");
    let mut daemon = place.serve();
    let (first, second) = (daemon.line(), daemon.line());
    assert!(first.starts_with('+') && second.starts_with('+') && second > first);
    daemon.said(&["cancelled", "the next run takes its place"]);
    let run = place.store().run(1).unwrap().unwrap();
    assert_eq!(run.state, RunState::Cancelled);
    place.gate(true);
    assert!(
        until("a run that ends", || Some(daemon.line()).filter(|line| line.starts_with('-')))
            > first.replace('+', "-")
    );
}

#[test]
fn allow_lets_both_go_on() {
    let place = slow("allow");
    let mut daemon = place.serve();
    let begun = [daemon.line(), daemon.line(), daemon.line()];
    assert!(begun.iter().all(|line| line.starts_with('+')) && begun.is_sorted(), "{begun:?}");
    place.gate(true);
    let ended = (0..6).map(|_| daemon.line()).filter(|line| line.starts_with('-')).count();
    assert!(ended >= 3);
}

#[test]
fn a_run_that_takes_too_long_is_ended_and_the_next_one_comes() {
    let code = "cliengo.schedule.every('1s', { id = 's', timeout = '200ms' }, function(run) print('run') while true do end end)";
    let place = Place::of(0, "s.lua", code);
    let mut daemon = place.serve();
    daemon.said(&["error", "failed", "longer than its 0.2 s"]);
    daemon.line();
    assert_eq!(daemon.line(), "run\n");
}

#[test]
fn cron_runs_at_its_seconds() {
    let code = "cliengo.schedule.cron('* * * * * *', { id = 'c' }, function(run) print(run.due, run.cause) end)";
    let place = Place::of(0, "c.lua", code);
    let mut daemon = place.serve();
    let (one, two) = (daemon.line(), daemon.line());
    assert!(one < two && one.contains(":"), "{one}{two}");
}

fn runs(place: &Place) -> Vec<RunRecord> {
    place.store().runs(&RunQuery::default()).unwrap()
}

#[test]
fn what_was_missed_while_no_daemon_ran_is_made_up_for_once() {
    let code =
        "cliengo.schedule.every('1s', { id = 's' }, function(run) print(run.due, run.missed) end)";
    let place = Place::of(0, "s.lua", code);
    let mut daemon = place.serve();
    daemon.line();
    daemon.signal("TERM");
    daemon.end().code(0);
    let before = runs(&place).len();
    std::thread::sleep(std::time::Duration::from_millis(3_200));
    let mut next = place.serve();
    let line = next.line();
    assert!(!line.ends_with("\t0\n"), "{line}");
    next.said(&["due times", "were missed"]);
    let dues: Vec<_> = runs(&place).into_iter().map(|run| run.due).collect();
    let mut once = dues.clone();
    once.dedup();
    assert!(dues.len() > before && once == dues);
}

#[test]
fn a_run_that_was_cut_off_is_said_and_not_repeated() {
    let place = slow("skip");
    let mut daemon = place.serve();
    let first = daemon.line();
    daemon.kill();
    place.gate(true);
    let mut next = place.serve();
    next.said(&["was cut off when the program ended", "not repeated"]);
    assert!(next.line() > first);
    assert_eq!(place.store().run(1).unwrap().unwrap().state, RunState::Lost);
}

#[test]
fn one_that_was_resumed_while_no_daemon_ran_runs_again() {
    let code = "cliengo.schedule.every('1s', { id = 's' }, function(run) print(run.due) end)";
    let place = Place::of(0, "s.lua", code);
    let mut daemon = place.serve();
    daemon.line();
    place.run("schedules pause s");
    daemon.said(&["paused", "schedule=\"s\""]);
    daemon.signal("TERM");
    daemon.end().code(0);
    place.run("schedules resume s");
    place.serve().line();
}

#[test]
fn a_run_that_is_asked_for_waits_until_its_script_is_loaded() {
    let code = "cliengo.schedule.every('1h', { id = 's' }, function(run) print(run.cause) end)";
    let place = Place::of(0, "s.lua", code);
    place.script("z.lua", "cliengo.schedule.every('1s', { id = 'z' }, function() print('z') end)");
    let daemon = place.serve();
    let store = place.store();
    until("the schedule", || store.schedule("s").unwrap()?.next);
    daemon.signal("TERM");
    daemon.end().code(0);
    place.script("s.lua", "local x = = 1");
    place.run("schedules run-now s");
    let mut daemon = place.serve();
    daemon.said(&["s.lua", "cannot be loaded"]);
    // The daemon has looked at what is asked for more than once by then.
    (0..3).for_each(|_| assert_eq!(daemon.line(), "z\n"));
    place.script("s.lua", code);
    let asked = until("the run", || Some(daemon.line()).filter(|line| line != "z\n"));
    assert_eq!(asked, "manual\n");
}

#[test]
fn a_run_goes_on_when_its_script_gets_another_name_and_the_next_waits_for_its_end() {
    let place = slow("skip");
    let mut daemon = place.serve();
    let first = daemon.line();
    let scripts = place.scripts();
    std::fs::rename(scripts.join("s.lua"), scripts.join("t.lua")).unwrap();
    daemon.said(&["t.lua", "loaded: 0 watches, 1 schedule"]);
    place.gate(true);
    assert_eq!(daemon.line(), first.replace('+', "-"));
    assert!(daemon.line() > first);
    assert_eq!(place.store().run(1).unwrap().unwrap().state, RunState::Done);
    assert!(!daemon.heard().contains("cut off"), "{}", daemon.heard());
}

#[test]
fn a_run_goes_on_when_its_schedule_is_removed_and_counts_as_running() {
    let place = slow("skip");
    let mut daemon = place.serve();
    let first = daemon.line();
    place.run("schedules remove s");
    daemon.said(&["was removed, and begins anew"]);
    daemon.said(&["passed over", "an earlier run goes on"]);
    place.gate(true);
    assert_eq!(daemon.line(), first.replace('+', "-"));
    daemon.line();
    assert_eq!(place.store().run(1).unwrap().unwrap().state, RunState::Done);
}

#[test]
fn a_damaged_schedule_is_said_once_and_begins_anew_when_it_is_removed() {
    let code = |id: &str| {
        format!("cliengo.schedule.every('1s', {{ id = '{id}' }}, function() print('{id}') end)\n")
    };
    let place = Place::of(0, "s.lua", &format!("{}{}", code("s"), code("z")));
    cliengo::store::SqliteStore::open(&place.state()).unwrap();
    let store = place.store();
    store.open_schedule("s", "s.lua", &serde_json::json!({})).unwrap();
    store.save_schedule("s", &serde_json::json!("no timetable"), None).unwrap();
    let mut daemon = place.serve();
    daemon.said(&["waits", "is damaged", "schedules remove s"]);
    // So long that it was tried again.
    (0..8).for_each(|_| assert_eq!(daemon.line(), "z\n"));
    place.run("schedules remove s");
    until("a run of s", || (daemon.line() == "s\n").then_some(()));
    assert_eq!(daemon.heard().matches("is damaged").count(), 1, "{}", daemon.heard());
}

#[test]
fn a_run_that_the_end_of_the_daemon_cut_off_is_told_at_the_next_start() {
    let code = format!(
        "{WAIT}cliengo.schedule.every('1s', {{ id = 's', on_failure = function(f) print('told', f.due, f.run, f.error) end }},
         function(run) print('+', run.due) wait() end)"
    );
    let place = Place::of(0, "s.lua", &code);
    place.gate(false);
    let mut daemon = place.daemon("--drain 1ms").start();
    let first = daemon.line();
    let due = first.trim().trim_start_matches("+\t").to_owned();
    daemon.signal("TERM");
    daemon.end().code(0);
    place.gate(true);
    let mut next = place.serve();
    next.said(&[&due, "was cut off when the program ended", "not repeated"]);
    let told = until("the hook", || Some(next.line()).filter(|line| line.starts_with("told")));
    assert!(told.starts_with(&format!("told\t{due}\t1\t")), "{told}");
}
