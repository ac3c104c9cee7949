//! A process that is killed in the middle of its writes loses nothing that it had been told was kept.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use cliengo::store::{AttemptEnd, EventQuery, RunState, SqliteStore, Store};

use crate::samples::*;

/// The folder that the process below is to write to.
const FOLDER: &str = "CLIENGO_TEST_CRASH_FOLDER";
const ROWS: i64 = 20;

/// Writes cycle after cycle until it is killed, and says of each when it is kept.
#[test]
fn the_process_that_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let store = SqliteStore::open(std::path::Path::new(&folder)).unwrap();
    let cursor = store.watch(WATCH).unwrap().unwrap().cursor;
    let from = cursor.map_or(0, |cursor| cursor["mark"].as_i64().unwrap());
    for number in from + 1.. {
        store.begin_cycle(WATCH).unwrap();
        let rows: Vec<_> =
            (0..ROWS).map(|n| found(&format!("{number:06}.{n:02}"), 1, number)).collect();
        store.stage(WATCH, &rows).unwrap();
        store.commit_cycle(WATCH, &cycle_end(number)).unwrap();
        println!("\nkept {number}");
        store.release(WATCH, 1).unwrap();
        let event = &store.due_events(WATCH, at(0), 1).unwrap()[0];
        let (attempt, run) = store.begin_attempt(event.id, &a_run()).unwrap();
        println!("\nbegun {} {attempt}", event.id);
        let end = ended(RunState::Done, 3000);
        store.end_attempt(event.id, run, &AttemptEnd::Done, &end).unwrap();
        println!("\ndone {}", event.id);
    }
}

/// Lets it write until it has said so many lines, kills it, and gives all that it said.
fn killed_after(folder: &std::path::Path, lines: usize) -> Vec<(String, i64)> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::the_process_that_is_killed", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let told =
        |line: &String| ["kept ", "begun ", "done "].iter().any(|word| line.starts_with(word));
    let mut all: Vec<String> = said.by_ref().filter(told).take(lines).collect();
    child.kill().unwrap();
    all.extend(said.filter(told));
    child.wait().unwrap();
    let parts = all.iter().map(|line| line.split(' ').collect::<Vec<_>>());
    parts.map(|words| (words[0].to_owned(), words[1].parse().unwrap())).collect()
}

#[test]
fn nothing_that_was_committed_is_lost_when_the_process_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    open(&SqliteStore::open(folder.path()).unwrap(), WATCH);
    for round in 1..=12 {
        let said = killed_after(folder.path(), round * 3);
        let store = SqliteStore::open(folder.path()).unwrap();
        assert!(store.check().unwrap().is_empty());
        let last = |word| said.iter().filter(|said| said.0 == word).map(|said| said.1).max();
        let mark = store.watch(WATCH).unwrap().unwrap().cursor.unwrap()["mark"].as_i64().unwrap();
        let kept = last("kept").unwrap();
        assert!((kept..=kept + 1).contains(&mark), "said {kept}, kept {mark}");
        let known = store.known_ids(WATCH, None, usize::MAX).unwrap().len();
        let events = store.events(&EventQuery::default()).unwrap();
        let expected = usize::try_from(mark * ROWS).unwrap();
        assert_eq!((known, events.len()), (expected, expected), "a cycle is whole or not there");
        for (_, id) in said.iter().filter(|said| said.0 == "done") {
            assert_eq!(state(&store, id.unsigned_abs()).as_str(), "done");
        }
        let running = events.iter().filter(|event| event.state.as_str() == "running").count();
        assert_eq!(store.recover(WATCH, 100, at(4000)).unwrap(), running as u64);
        assert!(running <= 1);
    }
}
