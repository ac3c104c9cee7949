//! `cliengo apply`: what is done, and what is refused.

use serde_json::json;

use super::*;

/// Puts a contact in as it is, but for these fields.
fn change(place: &Place, contact: &Value, fields: Value) {
    let mut contact = contact.clone();
    for (name, value) in fields.as_object().unwrap() {
        contact[name] = value.clone();
    }
    place.account.put(&json!([contact]).to_string());
}

#[test]
fn a_plan_is_done_once_however_often_it_is_applied() {
    let place = Place::new();
    let before = place.contacts();
    let code = "local site = cliengo.sites.list()[1].id
                local all = cliengo.contacts.list{ limit = 2 }
                cliengo.contacts.update(all[1].id, { rating = 3, sellPrice = 0.1 + 0.2 })
                local new = cliengo.contacts.create{ websiteId = site, name = 'Luis' }
                cliengo.contacts.add_note(new.id, 'see ' .. new.id)
                cliengo.contacts.update(all[1].id, { subStatus = 'like ' .. new.id })
                cliengo.contacts.delete(all[2].id)";
    place.plan(code).code(0);
    assert_eq!(place.writes(), [""; 0]);
    assert_eq!(place.words(0), ["applied"; 5]);
    let after = place.contacts();
    let new = after.iter().find(|contact| contact["name"] == "Luis").unwrap();
    let id = new["id"].as_str().unwrap();
    assert_eq!(new["notes"][0]["message"], format!("see {id}"));
    let changed = after.iter().find(|contact| contact["id"] == before[0]["id"]).unwrap();
    assert_eq!(
        (&changed["rating"], &changed["subStatus"]),
        (&3.into(), &format!("like {id}").into())
    );
    assert!(!after.iter().any(|contact| contact["id"] == before[1]["id"]));
    let writes = place.writes();
    assert_eq!(writes.len(), 5);
    assert_eq!(place.words(0), ["already_applied"; 5]);
    assert_eq!((place.writes(), place.contacts()), (writes, after));
}

#[test]
fn a_contact_that_changed_since_is_left_alone_and_the_reason_names_the_fields() {
    let place = Place::new();
    let before = place.contacts();
    let code = "for i, c in ipairs(cliengo.contacts.list{ limit = 3 }) do
                    cliengo.contacts.update(c.id, { rating = 1 })
                    cliengo.contacts.add_tag(c.id, 'vip')
                end";
    place.plan(code).code(0);
    change(
        &place,
        &before[0],
        json!({ "phone": "+54 9 11 5555-0199", "email": "new@example.com" }),
    );
    place.account.admin("POST", "/contacts", json!([]));
    let outcomes = place.outcomes(1);
    let words: Vec<&str> = outcomes.iter().map(|(outcome, _)| outcome.as_str()).collect();
    assert_eq!(words, ["refused", "refused", "applied", "applied", "applied", "applied"]);
    for (_, reason) in &outcomes[..2] {
        assert!(
            reason.contains("email \"") && reason.contains("→ \"new@example.com\""),
            "{reason}"
        );
        assert!(reason.contains("phone "), "{reason}");
    }
    let left = &place.contacts()[0];
    assert_eq!((&left["rating"], &left["tags"]), (&before[0]["rating"], &before[0]["tags"]));
}

#[test]
fn a_contact_that_was_deleted_since_is_refused_unless_that_is_what_the_plan_wants() {
    let place = Place::new();
    let code = "local all = cliengo.contacts.list{ limit = 2 }
                cliengo.contacts.update(all[1].id, { rating = 1 })
                cliengo.contacts.delete(all[2].id)";
    place.plan(code).code(0);
    place.program(&["eval", "for _, c in ipairs(cliengo.contacts.list{ limit = 2 }) do cliengo.contacts.delete(c.id) end"]).run().code(0);
    let outcomes = place.outcomes(1);
    assert_eq!(outcomes[0], ("refused".to_owned(), "the contact was deleted since".to_owned()));
    assert_eq!(outcomes[1].0, "already_applied");
}

#[test]
fn what_others_already_did_is_not_done_again() {
    let place = Place::new();
    let before = place.contacts()[0].clone();
    let code = "local id = cliengo.contacts.find{}.id
                cliengo.contacts.update(id, { rating = 1, subStatus = 'x' })
                cliengo.contacts.add_tag(id, 'vip')";
    place.plan(code).code(0);
    change(&place, &before, json!({ "rating": 1, "subStatus": "x" }));
    assert_eq!(place.words(0), ["already_applied", "applied"]);
    assert_eq!(place.writes().len(), 1);
}

#[test]
fn a_plan_of_another_account_is_refused() {
    let place = Place::new();
    place.plan("cliengo.contacts.delete(cliengo.contacts.find{}.id)").code(0);
    let other = json!({ "route": "GET /account", "fault": { "kind": "wrong_shape",
        "body": { "id": "000000000000000000000001", "name": "Otra" } } });
    place.account.fault(other);
    let words = ["is about the account", "the key is of Otra (000000000000000000000001)"];
    place.apply().run().code(1).silent().says(&words);
    assert_eq!(place.writes(), [""; 0]);
}

#[test]
fn what_was_not_created_is_not_needed_in_vain() {
    let place = Place::new();
    let code = "local c = cliengo.contacts.find{}
                local new = cliengo.contacts.create{ websiteId = c.websiteId, name = 'Luis' }
                cliengo.contacts.add_note(new.id, 'hello')
                cliengo.contacts.add_note(c.id, 'a twin of ' .. new.id)";
    place.plan(code).code(0);
    let refused = json!({ "kind": "status", "code": 422 });
    place.account.fault(json!({ "route": "POST /contacts", "times": 1, "fault": refused }));
    let outcomes = place.outcomes(1);
    let words: Vec<&str> = outcomes.iter().map(|(outcome, _)| outcome.as_str()).collect();
    assert_eq!(words, ["failed", "refused", "refused"]);
    assert_eq!(outcomes[1].1, "the contact was not created");
    assert!(outcomes[2].1.ends_with("which was not created"), "{outcomes:?}");
    assert_eq!(place.words(0), ["applied"; 3]);
}

#[test]
fn any_other_call_goes_out_to_the_byte() {
    let place = Place::new();
    let code = r#"cliengo.call{ method = "POST", path = "/conversations", query = { a = "b c" },
                    headers = { ["x-mark"] = "1" }, body = "{ \"n\": 1.50,  \"s\": \"ñ\" }" }"#;
    place.plan(code).code(0);
    place.apply().run();
    let calls = place.account.admin("GET", "/journal", Value::Null);
    let last = calls.as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["method"], &last["path"]), (&"POST".into(), &"/1.0/conversations".into()));
    // The length of the text as it was given, not of the same JSON written anew.
    assert_eq!(
        (&last["headers"]["content-length"], &last["headers"]["x-mark"]),
        (&"25".into(), &"1".into())
    );
    assert_eq!(last["query"], "a=b%20c");
}

#[test]
fn people_read_what_was_refused_and_how_many_were_done() {
    let place = Place::new();
    let before = place.contacts()[0].clone();
    place.plan("for c in cliengo.contacts.each{ limit = 4 } do cliengo.contacts.update(c.id, { rating = 1 }) end").code(0);
    change(&place, &before, json!({ "status": "CLIENT", "subStatus": "won" }));
    let shown = place.apply().run().code(1).stdout;
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 2, "{shown}");
    assert!(lines[0].starts_with("refused 1 update ") && lines[0].contains("subStatus"), "{shown}");
    assert_eq!(lines[1], "applied 3, refused 1");
    let all = place.apply().argument("-v").run().code(1).stdout;
    assert_eq!(all.matches("already applied").count(), 4, "{all}");
}

#[test]
fn without_a_key_or_a_folder_for_state_nothing_is_sent() {
    let place = Place::new();
    place.plan("cliengo.contacts.delete(cliengo.contacts.find{}.id)").code(0);
    place.apply().variable("CLIENGO_API_KEY", "").run().code(3).silent();
    std::fs::remove_dir_all(place.path("state")).ok();
    std::fs::write(place.path("state"), "no folder").unwrap();
    place.apply().run().code(5).silent().says(&["--state-dir"]);
    assert_eq!(place.writes(), [""; 0]);
}

#[test]
fn what_is_outside_the_account_is_in_the_plan_and_not_applied() {
    let place = Place::new();
    let code = "local fs = require 'fs'
                fs.write('report.txt', 'hello')
                cliengo.contacts.delete(cliengo.contacts.find{}.id)
                return fs.read('report.txt')";
    let eval = ["eval", code, "--dry-run", "--plan", &place.path("plan.json")];
    let dry = place.program(&eval).arguments(&["--allow-read", ".", "--allow-write", "."]);
    let shown = dry.run().code(0).stdout;
    assert!(shown.starts_with("hello\n! call fs.write(\"report.txt\")"), "{shown}");
    assert!(shown.ends_with("plan: 1 to delete, 1 other call; nothing was sent\n"), "{shown}");
    let told = place.apply().run().code(0).stdout;
    let left = "1 effect outside the account is not applied: run the script\n";
    assert_eq!(told, format!("applied 1\n{left}"));
}

#[test]
fn an_apply_can_be_undone_as_a_run() {
    let place = Place::new();
    let code = "local c = cliengo.contacts.find{}
                cliengo.contacts.update(c.id, { rating = 1, subStatus = 'x' })
                cliengo.contacts.create{ websiteId = c.websiteId, name = 'Luis' }";
    let before = place.contacts();
    place.plan(code).code(0);
    place.apply().run().code(0);
    let runs = place.program(&["runs", "-o", "json"]).run().json();
    assert_eq!(
        (&runs[0]["subject"], &runs[0]["writes"]),
        (&"apply of plan.json".into(), &2.into())
    );
    place.program(&["runs", "undo", &runs[0]["id"].to_string()]).run().code(0);
    let after = place.contacts();
    assert_eq!(after.len(), before.len());
    for field in ["rating", "subStatus"] {
        assert_eq!(
            after[0].get(field).unwrap_or(&Value::Null),
            before[0].get(field).unwrap_or(&Value::Null)
        );
    }
}

#[test]
fn an_apply_that_was_undone_is_not_taken_for_done() {
    let place = Place::new();
    place.plan("cliengo.contacts.update(cliengo.contacts.find{}.id, { rating = 5 })").code(0);
    assert_eq!(place.words(0), ["applied"]);
    place.program(&["runs", "undo", "1"]).run().code(0);
    let refused = place.apply().run().code(1);
    refused.says(&["applied by run 1, and run 2 took that back", "cliengo runs undo 2"]);
    place.program(&["runs", "undo", "2"]).run().code(0);
    assert_eq!(place.words(0), ["already_applied"]);
}

#[test]
fn a_note_that_was_added_is_told_and_a_value_that_was_written_again_is_no_change() {
    let place = Place::new();
    let before = place.contacts();
    let (note, same) = (before[0]["id"].as_str().unwrap(), before[1]["id"].as_str().unwrap());
    let code = format!(
        "for _, id in {{ '{note}', '{same}' }} do cliengo.contacts.update(id, {{ rating = 5 }}) end"
    );
    place.plan(&code).code(0);
    let name = &before[1]["name"];
    let code = format!(
        "cliengo.contacts.add_note('{note}', 'called by hand')\n\
         cliengo.contacts.update('{same}', {{ name = {name} }})"
    );
    place.program(&["eval", &code, "--no-undo"]).run().code(0);
    let outcomes = place.outcomes(1);
    assert_eq!((outcomes[0].0.as_str(), outcomes[1].0.as_str()), ("refused", "applied"));
    assert!(outcomes[0].1.ends_with("a note was added: \"called by hand\""), "{outcomes:?}");
}
