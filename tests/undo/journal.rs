//! What is journaled, when, and what is not.

use serde_json::json;

use crate::restored::Contacts;
use crate::script::SITE;
use crate::shell::{Shell, contact, ids};
use crate::support::{Account, KEY};

#[test]
fn a_write_of_call_is_journaled_like_any_other_whatever_its_path_looks_like() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    let rating = contact(&account, &id).unwrap()["rating"].clone();
    let code = format!(
        "cliengo.call{{ method = 'patch', path = '/contacts/{id}?via=call', body = {{ rating = 5, shoeSize = 44 }} }}"
    );
    let ran = shell.run(&["eval", &code]);
    if ran.code != Some(0) {
        // The emulator takes no field that it does not know.
        let code = code.replace(", shoeSize = 44", "");
        shell.run(&["eval", &code]).code(0);
    }
    assert_eq!(contact(&account, &id).unwrap()["rating"], 5);
    let run = shell.runs()[0]["id"].as_u64().unwrap();
    shell.undo(run, &[]).code(0);
    assert_eq!(contact(&account, &id).unwrap()["rating"], rating);
}

#[test]
fn a_write_whose_contact_cannot_be_read_before_is_not_sent() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    account
        .fault(json!({ "route": "GET /contacts/:id", "fault": { "kind": "status", "code": 403 } }));
    let ran = shell.run(&["eval", &format!("cliengo.contacts.update('{id}', {{ rating = 5 }})")]);
    ran.code(3).says(&["not sent, for the contact before it could not be read"]);
    assert!(!account.calls().iter().any(|call| call.starts_with("PATCH")));
}

#[test]
fn a_write_to_a_contact_that_there_is_not_fails_as_ever() {
    let account = Account::start();
    let shell = Shell::new(&account);
    let ran =
        shell.run(&["eval", "cliengo.contacts.update('6a00000000000000000000aa', { rating = 5 })"]);
    ran.code(1).says(&["not found"]);
    assert_eq!(shell.runs()[0]["writes"], 0, "it was refused");
    shell.undo(1, &[]).code(0);
}

#[test]
fn where_nothing_can_be_journaled_nothing_is_sent_unless_that_is_wanted() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    let code = format!("cliengo.contacts.update('{id}', {{ rating = 5 }})");
    let nowhere =
        |arguments: &[&str]| shell.program(arguments).variable("CLIENGO_STATE_DIR", "/dev/null/x");
    nowhere(&["eval", &code]).run().code(5).says(&["could not be journaled", "--no-undo"]);
    assert!(!account.calls().iter().any(|call| call.starts_with("PATCH")));
    nowhere(&["eval", &code, "--no-undo"]).run().code(0);
    assert_eq!(contact(&account, &id).unwrap()["rating"], 5);
}

#[test]
fn without_undo_nothing_is_kept_and_nothing_is_read() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    shell
        .run(&["eval", "--no-undo", &format!("cliengo.contacts.update('{id}', {{ rating = 5 }})")])
        .code(0);
    assert!(shell.runs().is_empty());
    assert_eq!(account.calls(), [format!("PATCH /1.0/contacts/{id}")]);
}

#[test]
fn an_answer_that_is_not_the_whole_contact_is_no_word_on_it() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    let rating = contact(&account, &id).unwrap()["rating"].clone();
    for (route, body) in [
        ("PATCH /contacts/:id", json!({ "id": id, "rating": 5 })),
        ("DELETE /contacts/:id", json!([])),
    ] {
        account.fault(
            json!({ "route": route, "nth": [1], "fault": { "kind": "wrong_shape", "body": body } }),
        );
    }
    let code = format!("local c = cliengo.contacts; c.update('{id}', {{ rating = 5 }})");
    shell.run(&["eval", &code]).code(0);
    shell.undo(1, &[]).code(0);
    assert_eq!(contact(&account, &id).unwrap()["rating"], rating);
}

#[test]
fn a_change_with_a_note_whose_answer_was_lost_is_not_made_twice() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    account.fault(
        json!({ "route": "PATCH /contacts/:id", "nth": [1], "fault": { "kind": "drop_after" } }),
    );
    let code = format!("cliengo.contacts.update('{id}', {{ note = 'said once' }})");
    shell.run(&["eval", &code]).code(4).says(&["unknown"]);
    let notes = contact(&account, &id).unwrap()["notes"].to_string();
    assert_eq!(notes.matches("said once").count(), 1, "{notes}");
}

#[test]
fn a_run_whose_last_answer_was_lost_is_undone_once_and_then_there_is_nothing_to_do() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    let route = "POST /contacts/:id/notes";
    account.fault(json!({ "route": route, "fault": { "kind": "drop_after" } }));
    let code = format!(
        "cliengo.contacts.update('{id}', {{ rating = 5, name = 'Of the run' }})\n\
         cliengo.contacts.add_note('{id}', 'lost')"
    );
    shell.run(&["eval", &code]).code(4);
    shell.undo(1, &[]).code(0);
    let again = shell.undo(1, &[]).code(0);
    assert!(again.stdout.contains("as it was before the run"), "{again:?}");
    assert_eq!(shell.runs().last().unwrap()["undo"], "done");
}

#[test]
fn what_the_api_tells_and_what_was_put_back_is_not_told_as_left() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    let route = "PATCH /contacts/:id";
    account.fault(json!({ "route": route, "fault": { "kind": "drop_after" } }));
    let code = format!("cliengo.contacts.update('{id}', {{ rating = 5, name = 'Of the run' }})");
    shell.run(&["eval", &code]).code(4);
    account.admin("DELETE", "/faults", serde_json::Value::Null);
    let undone = shell.undo(1, &[]).code(0);
    assert!(undone.stdout.contains("Of the run →") && !undone.stdout.contains("does not tell"));
}

#[test]
fn a_page_in_the_place_of_an_answer_is_no_word_that_a_contact_was_deleted() {
    let account = Account::start();
    let (shell, id) = (Shell::new(&account), ids(&account, 1).remove(0));
    let before = contact(&account, &id).unwrap();
    account.fault(
        json!({ "route": "DELETE /contacts/:id", "fault": { "kind": "html", "code": 200 } }),
    );
    for delete in [
        format!("cliengo.contacts.delete('{id}')"),
        format!("cliengo.call{{ method = 'DELETE', path = '/contacts/{id}' }}"),
    ] {
        let code = format!("cliengo.contacts.update('{id}', {{ name = 'Changed' }}); {delete}");
        shell.run(&["eval", &code]).code(1).says(&["HTML page", "unknown"]);
        let run = shell.runs()[0]["id"].as_u64().unwrap();
        shell.undo(run, &[]).code(0);
        assert_eq!(contact(&account, &id).unwrap()["name"], before["name"]);
    }
}

#[test]
fn the_key_is_never_in_the_journal() {
    let account = Account::start();
    let shell = Shell::new(&account);
    let code = format!("cliengo.contacts.create{{ websiteId = '{SITE}', name = 'Ana' }}");
    shell.run(&["eval", &code]).code(0);
    for file in std::fs::read_dir(shell.state.path()).unwrap().map(|file| file.unwrap().path()) {
        let bytes = std::fs::read(&file).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(KEY), "{}", file.display());
    }
}

#[test]
fn a_run_with_more_writes_than_are_read_at_once_is_undone_whole() {
    let account = Account::start();
    account.admin("POST", "/reset", json!({ "contacts": 700 }));
    let (shell, before) = (Shell::new(&account), Contacts::of(&account));
    // Each contact is written twice, the second time more than a page behind the first.
    let code = "local ids = {}
        for contact in cliengo.contacts.each() do ids[#ids + 1] = contact.id end
        for _, rating in ipairs{ 1, 5 } do
            local changes = {}
            for n, id in ipairs(ids) do changes[n] = { id = id, rating = rating } end
            for _, done in ipairs(cliengo.contacts.update_many(changes)) do assert(done.ok) end
        end
        return #ids";
    assert_eq!(shell.run(&["eval", code]).code(0).stdout, "700\n");
    let run = shell.runs()[0]["id"].as_u64().unwrap();
    shell.undo(run, &[]).code(0);
    Contacts::of(&account).assert_is(&before);
}
