//! On standard output, and on what is no file, contacts come as they are fetched.

use std::process::{Command, Stdio};

use serde_json::json;

use crate::rows::Folder;
use crate::support::{Account, never_answered, signal};

/// An export through a shell that makes ready what a person's shell would.
fn through_shell(account: &Account, script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_cliengo")]).stderr(Stdio::piped());
    command.env("CLIENGO_BASE_URL", account.emulator.base_url());
    command.env("CLIENGO_API_KEY", account.emulator.api_key());
    command
}

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

#[cfg(target_os = "linux")]
#[test]
fn a_name_for_standard_output_is_standard_output() {
    for place in ["/dev/stdout", "/proc/self/fd/1", "out"] {
        let (account, folder) = (Account::start(), Folder::new());
        // What stands in front came through the same descriptor, and has to stay.
        let script =
            format!("{{ echo first; \"$0\" export --format csv -O {place}; echo last; }} > out");
        let ran = through_shell(&account, &script).current_dir(folder.path("")).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
        let text = std::fs::read_to_string(folder.path("out")).unwrap();
        assert!(
            text.starts_with("first\nid,") && text.ends_with("\nlast\n"),
            "{place}: {text:.80}"
        );
        assert_eq!(folder.names(), ["out"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_export_that_was_begun_to_outlive_its_terminal_does() {
    let account = Account::start();
    let slow = json!({ "kind": "delay", "ms": 300 });
    account.fault(json!({ "route": "GET /contacts", "fault": slow }));
    let mut command = through_shell(&account, "trap '' HUP; exec \"$0\" export --concurrency 1");
    let running = command.stdout(Stdio::piped()).spawn().unwrap();
    account.wait_until_fired(1);
    signal(running.id(), "HUP");
    let ran = running.wait_with_output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    assert!(String::from_utf8_lossy(&ran.stderr).starts_with("120 contacts written"), "{ran:?}");
}

#[test]
fn a_list_that_cannot_be_had_has_no_header() {
    let account = Account::with_key("00000000-0000-4000-8000-00000000000a");
    let program = account.program(&["export"]).variable("CLIENGO_API_KEY", "wrong");
    program.run().code(3).silent();
}
