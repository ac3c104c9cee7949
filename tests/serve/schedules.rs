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
