//! Whoever writes can be undone: scripts in both languages, imports, prompts, watches, schedules, and programs
//! that run scripts.

use cliengo::Host;
use cliengo::client::Client;
use cliengo::runtime::{State, UndoOptions, undo};
use serde_json::Value;

use crate::restored::Contacts;
use crate::shell::{Shell, ids};
use crate::support::Account;

const RATE_ALL: &str = "
local ids = {}
for contact in cliengo.contacts.each{ limit = 30 } do ids[#ids + 1] = contact.id end
local changes = {}
for i, id in ids do changes[i] = { id = id, rating = i % 6, status = 'CLIENT' } end
";

#[test]
fn a_bulk_update_with_many_writes_at_once() {
    let account = Account::start();
    let (shell, before) = (Shell::new(&account), Contacts::of(&account));
    let code = format!("{RATE_ALL} return #cliengo.contacts.update_many(changes)");
    assert_eq!(shell.run_script(&code).code(0).stdout, "30\n");
    let report = shell.report(1, &[]);
    assert_eq!(report["undone"], 30);
    Contacts::of(&account).assert_is(&before);
}

#[test]
fn a_script_in_rhai_and_an_upsert() {
    let account = Account::start();
    let (shell, before) = (Shell::new(&account), Contacts::of(&account));
    let code = format!(
        "cliengo.contacts.upsert(#{{ email: \"new@example.com\" }}, #{{ websiteId: \"{}\", name: \"Ana\", rating: 4 }});\n\
         cliengo.contacts.update_many([#{{ id: \"{}\", rating: 1 }}]);",
        crate::script::SITE,
        ids(&account, 1)[0]
    );
    shell.run(&["eval", "--lang", "rhai", &code]).code(0);
    assert!(Contacts::of(&account).differs_from(&before).is_some());
    shell.undo(1, &[]).code(0);
    Contacts::of(&account).assert_is(&before);
}

#[test]
fn an_import() {
    let account = Account::start();
    let (shell, before) = (Shell::new(&account), Contacts::of(&account));
    let known = before.email();
    let rows = format!("name,email\nAna,ana@example.com\nLuis,luis@example.com\nKnown,{known}\n");
    let import = ["import", "leads.csv", "--upsert", "email", "--set"];
    let site = format!("websiteId={}", crate::script::SITE);
    shell.program(&import).argument(site).file("leads.csv", rows).run().code(0);
    let runs = shell.runs();
    assert_eq!(
        (&runs[0]["subject"], &runs[0]["writes"]),
        (&"import of leads.csv".into(), &3.into())
    );
    shell.undo(1, &[]).code(0);
    Contacts::of(&account).assert_is(&before);
}

#[test]
fn the_lines_of_a_prompt() {
    let account = Account::start();
    let (shell, before) = (Shell::new(&account), Contacts::of(&account));
    let id = ids(&account, 1).remove(0);
    let lines = format!(
        "cliengo.contacts.update('{id}', {{ rating = 5 }})\ncliengo.contacts.set_status('{id}', 'CLIENT')\n"
    );
    shell.program(&["repl"]).input(lines).run().code(0);
    let runs = shell.runs();
    assert_eq!((runs.len(), &runs[0]["writes"], &runs[0]["state"]), (1, &2.into(), &"done".into()));
    shell.undo(1, &[]).code(0);
    Contacts::of(&account).assert_is(&before);
}

#[test]
fn the_handlers_of_a_watch_each_by_itself() {
    let account = Account::start();
    let (shell, before) = (Shell::new(&account), Contacts::of(&account));
    let code = "cliengo.watch.new_contacts({ id = 'new', from = 'beginning', limit = 3 }, function(contact)\n\
                cliengo.contacts.update(contact.id, { name = 'Welcomed' })\nend)";
    shell.run_script(code).code(0);
    let runs = shell.runs();
    assert_eq!(runs.iter().map(|run| &run["kind"]).collect::<Vec<_>>(), ["event"; 3]);
    for run in runs {
        assert_eq!((&run["writes"], &run["undo"]), (&1.into(), &"possible".into()));
        shell.undo(run["id"].as_u64().unwrap(), &[]).code(0);
    }
    Contacts::of(&account).assert_is(&before);
}

#[test]
fn the_runs_of_a_schedule_under_the_daemon() {
    let account = Account::start();
    let (shell, before) = (Shell::new(&account), Contacts::of(&account));
    let id = ids(&account, 1).remove(0);
    let code = format!(
        "cliengo.schedule.every('1s', {{ id = 'rate' }}, function()\n\
         cliengo.contacts.update('{id}', {{ rating = 5, name = 'Scheduled' }})\nprint('rated')\nend)"
    );
    let mut daemon = shell.program(&["serve", "rate.lua"]).file("rate.lua", code).start();
    assert_eq!(daemon.line(), "rated\n");
    daemon.signal("TERM");
    daemon.end().code(0);
    let runs = shell.runs();
    let first = runs.last().unwrap();
    assert_eq!((&first["kind"], &first["writes"]), (&"schedule".into(), &1.into()));
    shell.undo(1, &[]).code(0);
    Contacts::of(&account).assert_is(&before);
}

#[tokio::test]
async fn the_scripts_of_a_program_with_a_state() {
    let account = Account::start();
    let (before, folder) = (Contacts::of(&account), tempfile::tempdir().unwrap());
    let client = Client::builder().base_url(account.emulator.base_url());
    let client = client.api_key(account.emulator.api_key()).build().unwrap();
    let state = State::in_folder(folder.path());
    let host = Host::builder().client(client).state(state.clone()).build();
    let code = format!(
        "{RATE_ALL} for _, change in changes do cliengo.contacts.update(change.id, {{ rating = 3 }}) end"
    );
    host.lua().name("rate.lua").eval::<Value>(code).await.unwrap();
    let store = state.store().unwrap();
    let runs = store.runs(&Default::default()).unwrap();
    assert_eq!((runs.len(), runs[0].begin.subject.as_str()), (1, "rate.lua"));
    let report = undo(&state, &host.context().build(), 1, UndoOptions::default()).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    Contacts::of(&account).assert_is(&before);
}
