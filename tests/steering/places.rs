//! Where the state is, and what is said where there is none or it cannot be used.

use crate::filled::{Filled, WATCH};
use crate::support::Program;

const COMMANDS: [&str; 5] = ["watches", "schedules", "runs", "events", "dead"];

#[test]
fn without_any_state_lists_are_empty_and_nothing_is_made() {
    for command in COMMANDS {
        for (format, expected) in
            [("json", "[]\n"), ("ndjson", ""), ("csv", ""), ("pretty", "0 rows\n")]
        {
            let program = Program::new(&[command, "list", "-o", format, "--state-dir", "nowhere"]);
            let ran = program.run().code(0);
            assert_eq!(ran.stdout, expected, "{command} {format}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("state");
    let dir = inner.to_str().unwrap();
    Program::new(&["dead", "retry", "--all"]).variable("CLIENGO_STATE_DIR", dir).run().code(0);
    Program::new(&["watches", "pause", "w"]).variable("CLIENGO_STATE_DIR", dir).run().code(2);
    assert!(!inner.exists());
}

#[test]
fn a_list_without_rows_is_an_empty_array() {
    let filled = Filled::new();
    assert_eq!(filled.run("runs --of nobody -o json").stdout, "[]\n");
    assert_eq!(filled.run("events --state running -o json").stdout, "[]\n");
}

#[test]
fn the_list_is_what_a_bare_command_gives() {
    let filled = Filled::new();
    for command in COMMANDS {
        assert_eq!(filled.json(command), filled.json(&format!("{command} list")));
        assert!(!filled.ids(command).is_empty(), "{command}");
    }
}

#[test]
fn the_option_for_the_folder_counts_before_the_environment_wherever_it_stands() {
    let filled = Filled::new();
    let dir = filled.folder().to_str().unwrap();
    for arguments in [
        ["watches", "--state-dir", dir, "show", WATCH, "-o", "json"],
        ["watches", "show", WATCH, "-o", "json", "--state-dir", dir],
    ] {
        let ran = Program::new(&arguments).variable("CLIENGO_STATE_DIR", "/nowhere").run().code(0);
        assert!(ran.stdout.contains(WATCH));
    }
}

#[test]
fn a_damaged_file_is_exit_code_5_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.db");
    std::fs::write(&file, "no database").unwrap();
    for command in COMMANDS {
        let program = Program::new(&[command, "--state-dir", folder.path().to_str().unwrap()]);
        program.run().code(5).silent().says(&["error:", "state.db is damaged", "hint:"]);
    }
    assert_eq!(std::fs::read_to_string(file).unwrap(), "no database");
}

#[test]
fn what_is_not_there_is_exit_code_2_with_the_one_that_was_meant() {
    let filled = Filled::new();
    for (line, words) in [
        ("watches show leads.new_contact", "did you mean \"leads.new_contacts\"?"),
        ("watches pause lead.new_contacts", "did you mean \"leads.new_contacts\"?"),
        ("watches remove zzz", "`cliengo watches` lists"),
        ("schedules resume report.cro", "did you mean \"report.cron\"?"),
        ("events list --watch leads.new_contact", "did you mean \"leads.new_contacts\"?"),
        ("dead retry --all --watch leads.new", "there is no watch \"leads.new\""),
        ("events show 99", "there is no event \"99\""),
        ("events retry 2 99", "there is no event \"99\""),
        ("runs show 99", "there is no run \"99\""),
        ("runs show 18446744073709551615", "there is no run"),
    ] {
        filled.program(line).run().code(2).silent().says(&[words]);
    }
    assert_eq!(filled.state(2), "dead", "with one unknown, nothing is done");
    Program::new(&["events", "show", "1"]).run().code(2).says(&["nothing is kept in"]);
}

#[test]
fn a_wrong_option_is_exit_code_2() {
    let filled = Filled::new();
    for line in [
        "events list --state sleeping",
        "events show one",
        "events retry",
        "dead retry",
        "dead retry 2 --all",
        "dead retry 2 --watch x",
        "runs list -n 0",
        "watches show",
        "events --state dead retry 2",
        "watches sing",
    ] {
        filled.program(line).run().code(2).silent();
    }
    assert_eq!(filled.state(2), "dead");
}

#[test]
fn a_reader_that_has_gone_is_no_error() {
    let filled = Filled::new();
    let mut running = filled.program("events -o ndjson").start();
    running.close_stdout();
    running.end().code(0);
}

#[test]
fn what_run_keeps_in_a_folder_is_seen_there() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("state");
    let script = "cliengo.watch.new_contacts({ id = 'all', from = 'beginning' }, function() end)";
    let run = Program::new(&["run", "a.lua", "--emulator=3", "--state-dir"]).argument(&dir);
    run.file("a.lua", script).run().code(0);
    let list = Program::new(&["events", "-o", "json", "--state-dir"]).argument(&dir).run().code(0);
    assert_eq!(list.stdout.matches("\"state\":\"done\"").count(), 3, "{}", list.stdout);
}
