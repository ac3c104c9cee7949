//! A full disk and a folder that cannot be written: nothing is half done, and the error says what it is about.

use std::process::Command;

use cliengo::store::{Found, SqliteStore, Store};
use cliengo::{Error, ErrorKind};

use crate::samples::*;

fn many(from: i64) -> Vec<Found> {
    (from..from + 2000).map(|n| found(&format!("contact {n:06}"), 1, n)).collect()
}

fn is_full(error: &Error) {
    assert_eq!(error.kind, ErrorKind::State);
    assert!(error.message.contains("state.db") && error.message.contains("full"), "{error}");
    assert!(error.hint.is_some());
}

/// A store with one committed cycle, and hardly any room.
fn nearly_full(folder: &std::path::Path, more: u64) -> SqliteStore {
    let store = SqliteStore::open(folder).unwrap();
    open(&store, WATCH);
    cycle(&store, &[found("first", 1, 1)]);
    drop(store);
    let store = SqliteStore::open(folder).unwrap();
    let pages = std::fs::metadata(folder.join("state.db")).unwrap().len() / 4096;
    store.limit_pages(Some((pages + more).try_into().unwrap())).unwrap();
    store
}

fn only_the_first_is_there(store: &dyn Store) {
    assert_eq!(store.known_ids(WATCH, None, 9).unwrap(), ["first"]);
    assert_eq!(contacts(&events(store)), ["first"]);
}

#[test]
fn what_does_not_fit_is_not_staged_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let store = nearly_full(folder.path(), 8);
    store.begin_cycle(WATCH).unwrap();
    is_full(&store.stage(WATCH, &many(0)).unwrap_err());
    only_the_first_is_there(&store);
    assert_eq!(store.commit_cycle(WATCH, &cycle_end(5)).unwrap(), 0, "not a part of it was staged");
}

#[test]
fn a_cycle_that_does_not_fit_is_not_committed_and_can_be_later() {
    let folder = tempfile::tempdir().unwrap();
    let store = nearly_full(folder.path(), 0);
    store.limit_pages(None).unwrap();
    store.begin_cycle(WATCH).unwrap();
    store.stage(WATCH, &many(0)).unwrap();
    store.limit_pages(Some(1)).unwrap();
    is_full(&store.commit_cycle(WATCH, &cycle_end(5)).unwrap_err());
    only_the_first_is_there(&store);
    let cursor = |store: &SqliteStore| store.watch(WATCH).unwrap().unwrap().cursor.unwrap();
    assert_eq!(cursor(&store)["mark"], 1000);
    is_full(&store.begin_run(&big_run()).unwrap_err());
    store.limit_pages(None).unwrap();
    assert_eq!(store.commit_cycle(WATCH, &cycle_end(5)).unwrap(), 2000);
    assert_eq!(cursor(&store)["mark"], 5);
    assert!(store.check().unwrap().is_empty());
}

fn big_run() -> cliengo::store::NewRun {
    cliengo::store::NewRun { input: "x".repeat(1 << 20).into(), ..a_run() }
}

#[test]
fn a_store_that_was_full_is_whole_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = nearly_full(folder.path(), 20);
    store.begin_cycle(WATCH).unwrap();
    let mut from = 0;
    let error = loop {
        match store.stage(WATCH, &many(from)) {
            Ok(()) => from += 2000,
            Err(error) => break error,
        }
    };
    is_full(&error);
    drop(store);
    let store = SqliteStore::open(folder.path()).unwrap();
    only_the_first_is_there(&store);
    assert_eq!(cycle(&store, &many(0)), 2000);
}

/// The folder that the process below is to try.
const FOLDER: &str = "CLIENGO_TEST_READ_ONLY_FOLDER";

/// In a process of its own, because the first one may be allowed everything.
#[test]
fn the_process_that_may_not_write() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = std::path::Path::new(&folder);
    assert!(std::fs::write(folder.join("probe"), "").is_err(), "it may write");
    for folder in [folder.to_owned(), folder.join("inner")] {
        let error = SqliteStore::open(&folder).unwrap_err();
        assert_eq!(error.kind, ErrorKind::State);
        assert!(error.message.contains("cannot write"), "{error}");
        assert!(error.message.contains(&folder.display().to_string()), "{error}");
        assert!(error.hint.is_some());
    }
    println!("refused");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    for with_a_file in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        if with_a_file {
            drop(nearly_full(folder.path(), 0));
            let file = folder.path().join("state.db");
            set_permissions(file, Permissions::from_mode(0o444)).unwrap();
        }
        set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
        let allowed_everything = std::fs::write(folder.path().join("probe"), "").is_ok();
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "disk::the_process_that_may_not_write", "--nocapture"]);
        child.env(FOLDER, folder.path());
        if allowed_everything {
            child.uid(65534).gid(65534);
        }
        let output = child.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("refused"), "{said}");
        set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    }
}
