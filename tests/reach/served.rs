//! Under the daemon each script has grants of its own, which are read anew with it.

use crate::desk::Desk;
use crate::support::{Account, Running};

fn script(name: &str) -> String {
    format!(
        "cliengo.schedule.every('1h', {{ id = '{name}' }}, function() end) \
         local ok, text = pcall(require('fs').read, 'data/note.txt') \
         cliengo.log.info('{name} ' .. tostring(if ok then text else text.kind))"
    )
}

#[test]
fn each_script_has_its_own_grants_which_are_read_anew_when_the_file_changes() {
    let (desk, account) = (Desk::new(), Account::start());
    desk.file("project/served/one.lua", &script("one"));
    desk.file("project/served/two.lua", &script("two"));
    desk.file("project/cliengo.toml", "[scripts.\"served/one.lua\"]\nallow_read = [\"data\"]\n");
    let state = desk.text("state");
    let program = account.program(&["serve", "served", "--state-dir", &state]);
    let program = program.after(&format!("cd '{}'", desk.text("project")));
    let mut running = program.start();
    said(&mut running, "one inside");
    said(&mut running, "two denied");
    desk.file("project/cliengo.toml", "[scripts.\"served/two.lua\"]\nallow_read = [\"data\"]\n");
    said(&mut running, "two inside");
    said(&mut running, "one denied");
    running.signal("TERM");
    running.end().code(0);
}

#[test]
fn a_script_that_is_granted_something_later_is_not_rewritten_by_one_that_runs_already() {
    let (desk, account) = (Desk::new(), Account::start());
    let (low, more) = ("[scripts.\"low/low.lua\"]\nallow_write = [", "[scripts.\"admin/a.lua\"]\n");
    desk.file(
        "project/low/low.lua",
        "cliengo.schedule.every('1s', { id = 'low' }, function() \
         local ok, error = pcall(require('fs').write, 'admin/a.lua', '') \
         cliengo.log.info(if ok then 'written' else tostring(error)) end)",
    );
    desk.file("project/admin/a.lua", "cliengo.schedule.every('1h', function() end)");
    desk.file("project/cliengo.toml", &format!("{low}\"logs\"]\n"));
    let state = desk.text("state");
    let paths = ["serve", "low/low.lua", "admin/a.lua", "--state-dir", &state];
    let program = account.program(&paths).after(&format!("cd '{}'", desk.text("project")));
    let mut running = program.start();
    said(&mut running, "may not write");
    let toml = format!("{low}\"admin\"]\n{more}allow_read = [\"data\"]\n");
    desk.file("project/cliengo.toml", &toml);
    said(&mut running, "no script may reach");
    running.signal("TERM");
    assert!(!running.end().code(0).stderr.contains("written"));
}

/// Waits until the daemon has said this; it loads scripts at once, in no order.
fn said(running: &mut Running, words: &str) {
    if !running.heard().contains(words) {
        running.said(&[words]);
    }
}

#[test]
fn the_top_level_of_a_script_that_is_served_writes_no_file() {
    let (desk, account) = (Desk::new(), Account::start());
    desk.file("project/a.lua", "require('fs').write('out.txt', '')");
    let arguments = ["serve", "a.lua", "--allow-write", ".", "--state-dir", "../state"];
    let program = account.program(&arguments).after(&format!("cd '{}'", desk.text("project")));
    program.run().says(&["the top level of a script that is served may not write"]);
    assert!(!desk.path("project/out.txt").exists());
}
