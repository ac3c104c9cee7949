//! `cliengo watches move`, and what must not be done while a watch is polled.

use cliengo::store::StateLock;

use crate::filled::{Filled, WATCH};
use crate::support::Account;

const SCRIPT: &str = r#"
cliengo.watch.new_contacts({ id = "leads", limit = 500 }, function(contact)
    print(contact.id)
end)
"#;

/// What one cycle of the script handed over.
fn cycle(account: &Account, state: &std::path::Path) -> Vec<String> {
    let program = account.program(&["run", "leads.lua"]).file("leads.lua", SCRIPT);
    let ran = program.variable("CLIENGO_STATE_DIR", state.to_str().unwrap()).run();
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.stdout.lines().map(str::to_owned).collect()
}

fn move_to(account: &Account, state: &std::path::Path, from: &str) -> String {
    let program = account.program(&["watches", "move", "leads", "--from", from]);
    let ran = program.variable("CLIENGO_STATE_DIR", state.to_str().unwrap()).run();
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.stdout
}

#[test]
fn a_watch_that_is_moved_back_fires_once_more_for_what_came_since() {
    let (account, state) = (Account::start(), tempfile::tempdir().unwrap());
    assert!(cycle(&account, state.path()).is_empty());
    let said = move_to(&account, state.path(), "beginning");
    assert_eq!(said, "leads goes on from the beginning with its next cycle\n");
    assert_eq!(cycle(&account, state.path()).len(), 120);
    assert!(cycle(&account, state.path()).is_empty(), "once");
    move_to(&account, state.path(), "beginning");
    assert_eq!(cycle(&account, state.path()).len(), 120, "even what fired before");
}

#[test]
fn a_watch_that_is_polled_is_not_moved() {
    let filled = Filled::new();
    let _polled = StateLock::watch(filled.folder(), WATCH).unwrap();
    let line = format!("watches move {WATCH} --from 7d");
    filled
        .program(&line)
        .run()
        .code(5)
        .says(&["another process polls the watch", "end the daemon"]);
}

#[test]
fn an_odd_place_to_begin_is_an_error_that_says_what_can_be_written() {
    let line = format!("watches move {WATCH} --from yesterday");
    Filled::new().program(&line).run().code(2).says(&["yesterday", "\"beginning\""]);
}
