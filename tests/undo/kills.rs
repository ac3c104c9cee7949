//! `kill -9` at one write after another, of the run and of its undo.

use serde_json::{Value, json};

use crate::restored::Contacts;
use crate::script::script;
use crate::shell::{Shell, ids};
use crate::support::Account;

/// A rule that catches the nth write: it is done, or not, and never answered.
fn catch(account: &Account, nth: u64, is_done: bool) {
    let kind = if is_done { "slow_headers" } else { "delay" };
    let fault = json!({ "kind": kind, "ms": 600_000 });
    // Each route counts for itself: one that counts every call counts reads too, which are caught as well.
    account.fault(json!({ "route": "*", "nth": [nth], "fault": fault }));
}

#[test]
fn a_run_that_is_killed_at_any_call_is_undone() {
    for nth in (1..26).step_by(2) {
        let account = Account::start();
        let (shell, before) = (Shell::new(&account), Contacts::of(&account));
        let code = script(7, 14, &ids(&account, 5));
        catch(&account, nth, nth % 4 == 1);
        let mut run = shell.start_script(&code);
        account.wait_until_fired(1);
        run.kill();
        account.admin("DELETE", "/faults", Value::Null);
        let Some(id) = shell.runs().first().map(|run| run["id"].as_u64().unwrap()) else {
            // It was killed before its first write.
            Contacts::of(&account).assert_is(&before);
            continue;
        };
        assert_eq!(shell.runs()[0]["state"], "lost");
        let ran = shell.undo(id, &[]).code(0);
        let now = Contacts::of(&account);
        assert_eq!(now.differs_from(&before), None, "{nth}: {}", ran.stdout);
    }
}

#[test]
fn an_undo_that_is_killed_at_any_call_goes_on() {
    for nth in (2..26).step_by(2) {
        let account = Account::start();
        let (shell, before) = (Shell::new(&account), Contacts::of(&account));
        shell.run_script(&script(11, 14, &ids(&account, 5))).code(0);
        catch(&account, nth, nth % 4 == 2);
        let mut undo = shell.start(&["runs", "undo", "1"]);
        account.wait_until_fired(1);
        undo.kill();
        account.admin("DELETE", "/faults", Value::Null);
        shell.undo(1, &[]).code(0);
        Contacts::of(&account).assert_is(&before);
        let [run] = &shell.runs().into_iter().filter(|run| run["id"] == 1).collect::<Vec<_>>()[..]
        else {
            panic!("there is one run 1")
        };
        assert_eq!(run["undo"], "done");
    }
}
