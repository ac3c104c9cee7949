//! A bar shows how far a long call is, where a person looks at it, and goes when the call ends.

use serde_json::json;

use crate::rows::Folder;
use crate::support::{Account, Program, Ran};

/// What wipes the bar's line.
const WIPED: &str = "\x1b[2K";

/// An account whose every answer takes longer than a call may without a bar.
fn slow() -> Account {
    let account = Account::start();
    account.admin("POST", "/reset", json!({ "contacts": 200 }));
    let fault = json!({ "kind": "delay", "ms": 600 });
    account.fault(json!({ "route": "GET /contacts", "fault": fault }));
    account
}

fn export(account: &Account, folder: &Folder) -> Program {
    let program = account.program(&["export", "--concurrency", "1"]);
    program.argument("-O").argument(folder.path("a.csv"))
}

/// The end of what was shown, after the bar was last drawn.
#[track_caller]
fn after_the_bar(ran: &Ran) -> &str {
    let (shown, after) =
        ran.stderr.rsplit_once(" left").unwrap_or_else(|| panic!("no bar: {ran:?}"));
    assert!(shown.contains("[==") && after.contains(WIPED), "the bar stayed: {ran:?}");
    after.rsplit_once(WIPED).unwrap().1
}

#[test]
fn an_export_shows_how_far_it_is() {
    let (account, folder) = (slow(), Folder::new());
    let ran = export(&account, &folder).on_terminal().run().code(0);
    assert!(ran.stderr.contains("contacts [==") && ran.stderr.contains(" of 200, "), "{ran:?}");
    assert!(after_the_bar(&ran).starts_with("200 contacts written to "), "{ran:?}");
}

#[test]
fn a_narrow_terminal_gets_a_line_that_fits() {
    let (account, folder) = (slow(), Folder::new());
    for (columns, bar) in [(80, true), (50, false), (20, false)] {
        let ran = export(&account, &folder).on_terminal_of(columns).run().code(0);
        let (drawn, _) = ran.stderr.rsplit_once(WIPED).unwrap_or_else(|| panic!("no bar: {ran:?}"));
        assert_eq!(drawn.contains("contacts [="), bar, "{ran:?}");
        let plain = drawn.replace(WIPED, "\r");
        let widest = plain.split(['\r', '\n']).map(|line| line.trim_end().chars().count()).max();
        assert!(widest.unwrap() <= usize::from(columns), "{ran:?}");
    }
}

#[test]
fn nothing_is_drawn_where_nobody_looks_or_the_terminal_cannot() {
    let (account, folder) = (slow(), Folder::new());
    let piped = export(&account, &folder).run().code(0);
    let dumb = export(&account, &folder).on_terminal().variable("TERM", "dumb").run().code(0);
    let code = "return #cliengo.contacts.list{}";
    let json = account.program(&["eval", "--log-format", "json", code]).on_terminal().run().code(0);
    for ran in [piped, dumb, json] {
        assert!(!ran.stderr.contains("[=") && !ran.stderr.contains(WIPED), "{ran:?}");
    }
}

#[test]
fn a_quick_export_shows_no_bar() {
    let (account, folder) = (Account::start(), Folder::new());
    let ran = export(&account, &folder).on_terminal().run().code(0);
    assert!(!ran.stderr.contains("[="), "{ran:?}");
}

#[test]
fn a_script_shows_how_far_a_list_is_and_logs_below_it() {
    let account = slow();
    // More pages than are asked for at once, so that it takes three answers one after another.
    account.admin("POST", "/reset", json!({ "contacts": 900 }));
    account.fault(json!({ "route": "GET /contacts", "fault": { "kind": "delay", "ms": 600 } }));
    let code = "local n = #cliengo.contacts.list{} cliengo.log.info('done') return n";
    let ran = account.program(&["eval", code]).on_terminal().run().code(0);
    assert_eq!(ran.stdout, "900\n");
    assert!(ran.stderr.contains("contacts.list [=") && ran.stderr.contains(" of 900, "), "{ran:?}");
    assert!(after_the_bar(&ran).contains("info"), "{ran:?}");
}

#[test]
fn the_bar_of_a_call_that_fails_goes_with_it() {
    let account = slow();
    account.admin("POST", "/reset", json!({ "contacts": 900 }));
    account.fault(json!([
        { "route": "GET /contacts", "nth": [18],
          "fault": { "kind": "status", "code": 501 } },
        { "route": "GET /contacts", "fault": { "kind": "delay", "ms": 600 } }
    ]));
    let code = "print(pcall(cliengo.contacts.list)) cliengo.log.info('went on')";
    let ran = account.program(&["eval", code]).on_terminal().run().code(0);
    assert!(ran.stdout.starts_with("false"), "{ran:?}");
    assert!(after_the_bar(&ran).contains("went on"), "{ran:?}");
}
