//! On standard output, and on what is no file, contacts come as they are fetched.

use serde_json::json;

use crate::support::{Account, never_answered};

#[test]
fn a_reader_that_has_had_enough_ends_an_export_quietly() {
    for format in ["csv", "json", "ndjson", "parquet"] {
        let account = Account::start();
        account.admin("POST", "/reset", json!({ "contacts": 3_000 }));
        let mut running = account.program(&["export", "--format", format]).start();
        running.close_stdout();
        let ran = running.end().code(0);
        assert!(format == "parquet" || ran.stderr.is_empty(), "{format}: {ran:?}");
    }
}

#[test]
fn an_error_in_the_middle_of_a_stream_says_that_it_is_not_whole() {
    let account = Account::start();
    let fault = json!({ "kind": "status", "code": 501 });
    account.fault(json!({ "route": "GET /contacts", "nth": [2, 3], "fault": fault }));
    let ran = account.program(&["export", "--format", "json"]).run().code(1);
    assert!(serde_json::from_str::<serde_json::Value>(&ran.stdout).is_err(), "{}", ran.stdout);
    ran.says(&["error: ", "(501)", "not the whole list"]);
}

#[test]
fn a_signal_ends_a_stream_with_130() {
    let account = Account::start();
    let mut rule = never_answered("GET /contacts");
    rule["nth"] = json!([2, 3]);
    account.fault(rule);
    let running = account.program(&["export"]).start();
    account.wait_until_fired(1);
    running.signal("TERM");
    running.end().code(130).says(&["cancelled", "not the whole list"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_written_to_and_not_replaced() {
    let account = Account::start();
    let full = account.program(&["export", "-O", "/dev/full"]).run().code(1).silent();
    full.says(&["error: cannot write the contacts: No space left", "hint:", "was not written"]);
    let null = account.program(&["export", "-O", "/dev/null"]).run().code(0).silent();
    null.says(&["120 contacts written to /dev/null"]);
    use std::os::unix::fs::FileTypeExt;
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}
