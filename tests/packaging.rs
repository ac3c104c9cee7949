//! The systemd units: what they promise, and that systemd takes them, where there is one.

#![cfg(all(feature = "cli", target_os = "linux"))]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const UNITS: [&str; 3] = ["cliengo.service", "cliengo-run.service", "cliengo-run.timer"];
const PROGRAM: &str = "/usr/local/bin/cliengo";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/systemd")
}

/// The options of a unit, each with its values; a line that is none fails.
fn options(unit: &str) -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(folder().join(unit)).unwrap();
    let mut options = BTreeMap::<String, Vec<String>>::new();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines.filter(|line| !(line.starts_with('[') && line.ends_with(']'))) {
        let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("{unit}: {line}"));
        options.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    options
}

#[track_caller]
fn is(unit: &str, name: &str, value: &str) {
    let options = options(unit);
    let found = options.get(name).unwrap_or_else(|| panic!("{unit} has no {name}"));
    assert!(found.iter().any(|it| it == value), "{unit}: {name}={found:?}");
}

#[test]
fn the_daemon_tells_that_it_lives_is_reloaded_and_comes_back_after_a_failure() {
    for (name, value) in [
        ("Type", "notify"),
        ("WatchdogSec", "1min"),
        ("Restart", "on-failure"),
        ("ExecReload", "/bin/kill -HUP $MAINPID"),
    ] {
        is("cliengo.service", name, value);
    }
}

#[test]
fn both_services_keep_the_key_in_a_file_and_share_one_state() {
    for unit in ["cliengo.service", "cliengo-run.service"] {
        is(unit, "EnvironmentFile", "/etc/cliengo/cliengo.env");
        is(unit, "StateDirectory", "cliengo");
        is(unit, "Environment", "CLIENGO_STATE_DIR=%S/cliengo");
        is(unit, "User", "cliengo");
        let text = std::fs::read_to_string(folder().join(unit)).unwrap();
        assert!(!text.contains("Environment=CLIENGO_API_KEY"), "{unit}");
    }
}

#[test]
fn the_command_lines_are_ones_that_the_program_takes() {
    for (unit, command) in [("cliengo.service", "serve"), ("cliengo-run.service", "run")] {
        let options = options(unit);
        let line = options["ExecStart"][0].strip_prefix(PROGRAM).unwrap().trim();
        let words: Vec<_> = line.split(' ').collect();
        assert_eq!(words[0], command);
        let state = tempfile::tempdir().unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_cliengo"));
        let known = program
            .args(&words)
            .env_clear()
            .env("CLIENGO_STATE_DIR", state.path())
            .env("CLIENGO_API_KEY", "11111111-1111-4111-8111-111111111111")
            .output();
        let said = String::from_utf8(known.unwrap().stderr).unwrap();
        // The scripts are not there; but for that it would begin.
        assert!(said.contains("/etc/cliengo/scripts"), "{said}");
    }
}

#[test]
fn systemd_takes_the_units_without_a_word() {
    let Ok(version) = Command::new("systemd-analyze").arg("--version").output() else { return };
    assert!(version.status.success());
    let copies = tempfile::tempdir().unwrap();
    let paths = UNITS.map(|unit| {
        let text = std::fs::read_to_string(folder().join(unit)).unwrap();
        let path = copies.path().join(unit);
        // The program is not installed where this is tested.
        std::fs::write(&path, text.replace(PROGRAM, env!("CARGO_BIN_EXE_cliengo"))).unwrap();
        path
    });
    let verified =
        Command::new("systemd-analyze").args(["verify", "--man=no"]).args(&paths).output().unwrap();
    let said = String::from_utf8(verified.stderr).unwrap();
    assert!(verified.status.success(), "{said}");
    let about_ours: Vec<_> = said.lines().filter(|line| line.contains("cliengo")).collect();
    assert!(about_ours.is_empty(), "{said}");
}
