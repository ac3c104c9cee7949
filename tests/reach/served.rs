//! Under the daemon each script has grants of its own, which are read anew with it.

use crate::desk::Desk;
use crate::support::Account;

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
    let mut first = [running.said(&["info", "one"]), running.said(&["info", "two"])].join("");
    first.push_str(running.heard());
    assert!(first.contains("one inside") && first.contains("two denied"), "{first}");
    desk.file("project/cliengo.toml", "[scripts.\"served/two.lua\"]\nallow_read = [\"data\"]\n");
    running.said(&["info", "two inside"]);
    running.signal("TERM");
    let ended = running.end().code(0);
    assert!(ended.stderr.contains("one denied"), "{ended:#?}");
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
