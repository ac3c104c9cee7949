//! One daemon in a folder, and one poller of a watch; whoever had the place has it no longer when it is dead.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use cliengo::ErrorKind;
use cliengo::store::StateLock;

use crate::samples::WATCH;

const FOLDER: &str = "CLIENGO_TEST_LOCK_FOLDER";

/// Takes both places and keeps them until it is killed, or its input ends.
#[test]
fn the_process_that_has_the_places() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let _locks = (StateLock::daemon(folder).unwrap(), StateLock::watch(folder, WATCH).unwrap());
    println!("\ntaken");
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

fn process_with_the_places(folder: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "locks::the_process_that_has_the_places", "--nocapture"])
        .env(FOLDER, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    assert!(lines.map(Result::unwrap).any(|line| line == "taken"));
    child
}

#[test]
fn a_place_is_refused_while_another_process_has_it_and_free_when_that_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = process_with_the_places(folder.path());
    let refused = [
        StateLock::daemon(folder.path()).unwrap_err(),
        StateLock::watch(folder.path(), WATCH).unwrap_err(),
    ];
    for error in refused {
        assert_eq!(error.kind, ErrorKind::State);
        assert!(error.message.contains("another process"), "{error}");
        assert!(error.message.contains(&format!("process {}", child.id())), "{error}");
        assert!(error.hint.is_some());
    }
    StateLock::watch(folder.path(), "another/../watch").unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    StateLock::daemon(folder.path()).unwrap();
    StateLock::watch(folder.path(), WATCH).unwrap();
}

#[test]
fn a_place_is_free_again_when_its_lock_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let lock = StateLock::daemon(&folder.path().join("new")).unwrap();
    assert!(StateLock::daemon(&folder.path().join("new")).is_err());
    drop(lock);
    StateLock::daemon(&folder.path().join("new")).unwrap();
}

#[test]
fn whoever_asks_who_has_a_place_keeps_nobody_from_taking_it() {
    let folder = tempfile::tempdir().unwrap();
    drop(StateLock::daemon(folder.path()).unwrap());
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                StateLock::holder_of_daemon(folder.path());
            }
        });
        let taken: Vec<_> =
            (0..2_000).map(|_| StateLock::daemon(folder.path()).map(drop)).collect();
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        taken.into_iter().for_each(|taken| taken.unwrap());
    });
}
