//! The file of a store: who may read it, and which files are refused and left as they are.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cliengo::ErrorKind;
use cliengo::store::{SqliteStore, Store};
use serde_json::json;
use tempfile::TempDir;

use crate::samples::*;

/// A folder with a store of some pages.
fn a_folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    open(&store, WATCH);
    let contacts: Vec<_> = (0..3000).map(|n| found(&format!("contact {n:05}"), 1, n)).collect();
    cycle(&store, &contacts);
    drop(store);
    let file = folder.path().join("state.db");
    (folder, file)
}

/// All files of the folder with their bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.display().to_string(), fs::read(path).unwrap())).collect()
}

/// Writes these bytes as the file, and sees them refused with these words and left as they are.
fn refused(folder: &Path, bytes: &[u8], words: &str) {
    fs::write(folder.join("state.db"), bytes).unwrap();
    let before = files(folder);
    let error = SqliteStore::open(folder).unwrap_err();
    assert_eq!(error.kind, ErrorKind::State);
    assert!(error.message.contains(words) && error.message.contains("state.db"), "{error}");
    assert!(error.hint.is_some(), "{error}");
    assert!(SqliteStore::open_existing(folder).is_err());
    assert!(files(folder) == before, "the files were changed: {:?}", files(folder).keys());
}

#[test]
fn what_was_kept_is_there_when_it_is_opened_again() {
    let (folder, _) = a_folder();
    let store = SqliteStore::open_existing(folder.path()).unwrap().unwrap();
    assert_eq!(store.known(WATCH, &["contact 02999"]).unwrap(), [Some(version(1))]);
    assert_eq!(events(&store).len(), 3000);
    assert!(store.check().unwrap().is_empty());
}

#[test]
fn where_there_is_no_file_none_is_made_for_looking() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("state/of/cliengo");
    assert!(SqliteStore::open_existing(&inner).unwrap().is_none());
    assert!(!folder.path().join("state").exists());
    SqliteStore::open(&inner).unwrap();
    assert!(inner.join("state.db").exists());
}

#[cfg(unix)]
#[test]
fn the_files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("state");
    let store = SqliteStore::open(&inner).unwrap();
    open(&store, WATCH);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    for file in files(&inner).keys() {
        assert_eq!(mode(Path::new(file)), 0o600, "{file}");
    }
}

#[test]
fn an_empty_file_is_refused() {
    let (folder, _) = a_folder();
    refused(folder.path(), b"", "empty");
}

#[test]
fn a_file_of_text_is_refused() {
    let (folder, _) = a_folder();
    refused(folder.path(), "dear diary\n".repeat(1000).as_bytes(), "no database");
}

#[test]
fn the_head_of_a_file_alone_is_refused() {
    let (folder, file) = a_folder();
    let bytes = fs::read(file).unwrap();
    for length in [1, 16, 99, 100, 512, 4095] {
        refused(folder.path(), &bytes[..length], "damaged");
    }
}

#[test]
fn a_truncated_file_is_refused() {
    let (folder, file) = a_folder();
    let bytes = fs::read(file).unwrap();
    for part in [4, 2] {
        refused(folder.path(), &bytes[..bytes.len() / part / 4096 * 4096], "damaged");
    }
    refused(folder.path(), &bytes[..bytes.len() - 100], "damaged");
}

#[test]
fn a_file_with_flipped_bytes_is_refused() {
    let (folder, file) = a_folder();
    let mut bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].iter_mut().for_each(|byte| *byte ^= 0xff);
    refused(folder.path(), &bytes, "damaged");
}

#[test]
fn a_damaged_file_is_left_as_it_is_with_the_log_beside_it() {
    let (folder, file) = a_folder();
    let store = SqliteStore::open(folder.path()).unwrap();
    store.set_setting("in the log", &json!(1)).unwrap();
    let copy = tempfile::tempdir().unwrap();
    let [damaged, log] = ["state.db", "state.db-wal"].map(|name| copy.path().join(name));
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].iter_mut().for_each(|byte| *byte ^= 0xff);
    fs::write(&damaged, &bytes).unwrap();
    fs::copy(folder.path().join("state.db-wal"), &log).unwrap();
    let logged = fs::read(&log).unwrap();
    assert!(!logged.is_empty());
    assert_eq!(SqliteStore::open(copy.path()).unwrap_err().kind, ErrorKind::State);
    assert!(fs::read(damaged).unwrap() == bytes && fs::read(log).unwrap() == logged);
}

#[test]
fn a_file_of_a_newer_version_is_refused() {
    let (folder, file) = a_folder();
    let mut bytes = fs::read(file).unwrap();
    bytes[60..64].copy_from_slice(&1000_u32.to_be_bytes());
    refused(folder.path(), &bytes, "newer");
}

#[test]
fn a_database_of_another_program_is_refused() {
    let (folder, file) = a_folder();
    let mut bytes = fs::read(file).unwrap();
    bytes[68..72].copy_from_slice(&7_u32.to_be_bytes());
    refused(folder.path(), &bytes, "another program");
}

#[test]
fn what_a_deleted_file_left_behind_is_no_part_of_a_new_one() {
    let (folder, file) = a_folder();
    fs::remove_file(file).unwrap();
    for rest in ["state.db-wal", "state.db-shm", "state.new"] {
        fs::write(folder.path().join(rest), "left behind").unwrap();
    }
    let store = SqliteStore::open(folder.path()).unwrap();
    assert!(store.watches().unwrap().is_empty());
}

#[test]
fn what_another_handle_changed_is_noticed_and_ones_own_changes_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = [(); 2].map(|()| SqliteStore::open(folder.path()).unwrap());
    open(&one, WATCH);
    let before = one.changes_elsewhere().unwrap();
    one.set_setting("x", &json!(1)).unwrap();
    assert_eq!(one.changes_elsewhere().unwrap(), before);
    other.set_setting("x", &json!(2)).unwrap();
    let after = one.changes_elsewhere().unwrap();
    assert_ne!(after, before);
    assert_eq!(one.setting("x").unwrap(), Some(json!(2)));
    assert_eq!(one.changes_elsewhere().unwrap(), after);
}

#[test]
fn many_handles_write_at_once_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    open(&SqliteStore::open(folder.path()).unwrap(), WATCH);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let store = SqliteStore::open(folder.path()).unwrap();
                for n in 0..25 {
                    store.note_poll(WATCH, at(n), Some("it failed")).unwrap();
                }
            });
        }
    });
    let store = SqliteStore::open(folder.path()).unwrap();
    assert_eq!(store.watch(WATCH).unwrap().unwrap().failures, 100);
}

#[test]
fn handles_that_are_opened_at_once_make_one_file() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for n in 0..8 {
            let folder = folder.path();
            scope.spawn(move || open(&SqliteStore::open(folder).unwrap(), &format!("w{n}")));
        }
    });
    assert_eq!(SqliteStore::open(folder.path()).unwrap().watches().unwrap().len(), 8);
}

#[test]
fn a_file_from_before_the_undo_journal_gets_its_tables() {
    let (folder, file) = a_folder();
    let older = rusqlite::Connection::open(&file).unwrap();
    older
        .execute_batch("DROP TABLE run_notes; DROP TABLE writes; PRAGMA user_version = 1;")
        .unwrap();
    drop(older);
    let store = SqliteStore::open(folder.path()).unwrap();
    let run = store.begin_run(&a_run()).unwrap();
    store.set_run_note(run, "undo", &json!({ "state": "done" })).unwrap();
    assert!(store.writes(run).unwrap().is_empty());
    assert_eq!(events(&store).len(), 3000, "what it had stays");
}

/// Opens and closes a store again and again, as long as its input goes on.
#[test]
fn the_process_that_opens_and_closes() {
    let Some(folder) = std::env::var_os("CLIENGO_TEST_STORE_FOLDER") else { return };
    println!("\nopens");
    let goes_on = Arc::new(AtomicBool::new(true));
    let input = Arc::clone(&goes_on);
    std::thread::spawn(move || {
        std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
        input.store(false, Ordering::Relaxed);
    });
    while goes_on.load(Ordering::Relaxed) {
        drop(SqliteStore::open_existing(Path::new(&folder)).unwrap());
    }
}

fn another_process(folder: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "files::the_process_that_opens_and_closes", "--nocapture"])
        .env("CLIENGO_TEST_STORE_FOLDER", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    assert!(lines.map(Result::unwrap).any(|line| line == "opens"));
    child
}

/// Lets it end: nothing was refused to it.
fn was_content(child: Child) {
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_store_is_made_while_other_processes_already_look_at_it() {
    let root = tempfile::tempdir().unwrap();
    for number in 0..100 {
        let folder = root.path().join(number.to_string());
        let others = [another_process(&folder), another_process(&folder)];
        let store = SqliteStore::open(&folder).unwrap();
        store.set_setting("number", &json!(number)).unwrap();
        others.into_iter().for_each(was_content);
    }
}

#[test]
fn a_store_that_is_opened_twice_in_a_process_keeps_what_is_written_whoever_else_closes_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let another = another_process(folder.path());
    for number in 0..200 {
        drop(SqliteStore::open(folder.path()).unwrap());
        store.set_setting("number", &json!(number)).unwrap();
        let seen = SqliteStore::open(folder.path()).unwrap().setting("number").unwrap();
        assert_eq!(seen, Some(json!(number)));
    }
    was_content(another);
}

#[test]
fn a_folder_may_have_any_name() {
    let root = tempfile::tempdir().unwrap();
    for name in ["a b", "50%", "what?", "#1", "ñandú", "a%20b", "it's", "a&mode=ro"] {
        let folder = root.path().join(name);
        SqliteStore::open(&folder).unwrap().set_setting("name", &json!(name)).unwrap();
        assert!(folder.join("state.db").exists(), "{name}");
        let seen = SqliteStore::open(&folder).unwrap().setting("name").unwrap();
        assert_eq!(seen, Some(json!(name)));
    }
}
