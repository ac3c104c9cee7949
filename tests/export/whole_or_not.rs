//! A file appears whole or not at all, and what was there before stays until then.

use std::os::unix::fs::{PermissionsExt, symlink};

use serde_json::{Value, json};

use crate::rows::{Folder, export_to};
use crate::support::{Account, never_answered};

const FORMATS: [&str; 4] = ["a.csv", "a.json", "a.ndjson", "a.parquet"];

/// The second page and those after it never come.
fn stuck() -> Account {
    let account = Account::start();
    let mut rule = never_answered("GET /contacts");
    rule["nth"] = json!([2, 3, 4, 5]);
    account.fault(rule);
    account
}

fn failing(fault: Value) -> Account {
    let account = Account::start();
    let pages: Vec<u64> = (2..500).collect();
    account.fault(json!({ "route": "GET /contacts", "nth": pages, "fault": fault }));
    account
}

#[test]
fn an_error_in_the_middle_leaves_nothing_behind_and_the_code_says_its_kind() {
    for (fault, code) in [
        (json!({ "kind": "status", "code": 501 }), 1),
        (json!({ "kind": "status", "code": 401 }), 3),
        (json!({ "kind": "drop_before" }), 4),
    ] {
        for name in FORMATS {
            let folder = Folder::new();
            let ran = export_to(&failing(fault.clone()), &folder.path(name), &[]).code(code);
            ran.silent().says(&["error: ", "call: GET /contacts", name, " was not written"]);
            assert_eq!(folder.names(), [""; 0]);
            if code == 4 {
                // Attempts take their time; one format stands for the others.
                break;
            }
        }
    }
}

#[test]
fn what_was_there_stays_when_an_export_fails_and_goes_when_it_succeeds() {
    let folder = Folder::new();
    let target = folder.path("a.csv");
    std::fs::write(&target, "old").unwrap();
    std::fs::set_permissions(&target, PermissionsExt::from_mode(0o640)).unwrap();
    export_to(&failing(json!({ "kind": "status", "code": 501 })), &target, &[]).code(1);
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "old");
    export_to(&Account::start(), &target, &["--limit", "1"]).code(0);
    assert!(std::fs::read_to_string(&target).unwrap().starts_with("\u{feff}id,"));
    assert_eq!(std::fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(folder.names(), ["a.csv"]);
}

#[test]
fn a_new_file_has_the_permissions_of_any_new_file() {
    let folder = Folder::new();
    std::fs::write(folder.path("other"), "").unwrap();
    export_to(&Account::start(), &folder.path("a.csv"), &["--limit", "1"]).code(0);
    let mode = |name: &str| std::fs::metadata(folder.path(name)).unwrap().permissions().mode();
    assert_eq!(mode("a.csv"), mode("other"));
}

#[test]
fn through_a_link_the_file_it_points_to_is_written() {
    let folder = Folder::new();
    std::fs::write(folder.path("real.csv"), "old").unwrap();
    symlink(folder.path("real.csv"), folder.path("link.csv")).unwrap();
    export_to(&Account::start(), &folder.path("link.csv"), &["--limit", "1"]).code(0);
    assert!(std::fs::read_to_string(folder.path("real.csv")).unwrap().starts_with("\u{feff}id,"));
    assert!(folder.path("link.csv").is_symlink());
    assert_eq!(folder.names(), ["link.csv", "real.csv"]);
}

#[test]
fn a_signal_ends_an_export_with_130_and_leaves_nothing_behind() {
    for (signal, name) in
        [("INT", "a.csv"), ("TERM", "a.parquet"), ("INT", "a.ndjson"), ("HUP", "b.csv")]
    {
        let (account, folder) = (stuck(), Folder::new());
        std::fs::write(folder.path("old.csv"), "old").unwrap();
        let program = account.program(&["export"]).argument("-O").argument(folder.path(name));
        let running = program.start();
        account.wait_until_fired(1);
        assert_eq!(folder.names().len(), 2, "the export did not begin its file");
        running.signal(signal);
        running.end().code(130).silent().says(&["cancelled", name, " was not written"]);
        assert_eq!(folder.names(), ["old.csv"]);
    }
}

#[test]
fn what_was_there_survives_a_kill() {
    let (account, folder) = (stuck(), Folder::new());
    let target = folder.path("a.csv");
    std::fs::write(&target, "old").unwrap();
    let running = account.program(&["export"]).argument("-O").argument(&target).start();
    account.wait_until_fired(1);
    running.signal("KILL");
    assert_eq!(running.end().code, None);
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "old");
}
