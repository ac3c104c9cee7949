//! A state that cannot be written while a daemon runs.

#![cfg(target_os = "linux")]

use std::process::Command;

use cliengo::store::EventState;

use crate::place::{Place, WAIT, until, watch};
use crate::support::Running;

/// Lets the daemon's files grow to so many bytes at most, as a full disk does.
fn limit(daemon: &Running, most: &str) {
    let (process, most) = (daemon.id().to_string(), format!("--fsize={most}:"));
    assert!(Command::new("prlimit").args(["--pid", &process, &most]).status().unwrap().success());
}

#[test]
fn what_cannot_be_kept_is_said_and_nothing_is_lost() {
    let body = "print(contact.name, event.attempt) wait() print('done')";
    let place = Place::of(0, "leads.lua", &format!("{WAIT}{}", watch("id = 'leads'", body)));
    place.gate(false);
    let mut daemon = place.daemon("").after("trap '' XFSZ").start();
    place.watching("leads");
    place.contact(1);
    assert_eq!(daemon.line(), "contact 1\t1\n");
    limit(&daemon, "1");
    place.gate(true);
    place.contact(2);
    assert_eq!(daemon.line(), "done\n");
    daemon.said(&["error", "the end cannot be kept", "state.db"]);
    daemon.said(&["poll failed", "state.db"]);
    limit(&daemon, "unlimited");
    assert_eq!([daemon.line(), daemon.line()], ["contact 2\t1\n", "done\n"]);
    place.events(EventState::Done, 2);
}

#[test]
fn what_could_not_be_kept_before_the_end_is_handled_again() {
    let body = "print(contact.name, event.attempt) wait() print('done')";
    let place = Place::of(0, "leads.lua", &format!("{WAIT}{}", watch("id = 'leads'", body)));
    place.gate(false);
    let mut daemon = place.daemon("").after("trap '' XFSZ").start();
    place.watching("leads");
    place.contact(1);
    daemon.line();
    limit(&daemon, "1");
    place.gate(true);
    daemon.said(&["the end cannot be kept"]);
    daemon.signal("TERM");
    daemon.end().code(0);
    let mut next = place.serve();
    assert_eq!([next.line(), next.line()], ["contact 1\t2\n", "done\n"]);
}

#[test]
fn a_due_time_whose_run_cannot_be_noted_keeps_its_turn() {
    // A run whose end cannot be kept either is no reason to pass the next one over.
    let code = "cliengo.schedule.every('1s', { id = 's', overlap = 'allow' }, function(run) print(run.due) end)";
    let place = Place::of(0, "s.lua", code);
    let mut daemon = place.daemon("").after("trap '' XFSZ").start();
    daemon.line();
    limit(&daemon, "1");
    let said = daemon.said(&["error", "cannot begin, and is tried again", "state.db"]);
    let due = said.split("the run of ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    limit(&daemon, "unlimited");
    until("its run", || (daemon.line().trim() == due).then_some(()));
}
