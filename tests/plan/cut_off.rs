//! An apply that is cut off goes on where it was: nothing is done twice, and nothing is forgotten.

use serde_json::json;

use super::*;
use crate::support::never_answered;

const SCRIPT: &str = "local site = cliengo.sites.list()[1].id
    local id = cliengo.contacts.find{}.id
    cliengo.contacts.update(id, { rating = 1 })
    cliengo.contacts.add_note(id, 'called')
    cliengo.contacts.add_message(id, 'Hola')
    local new = cliengo.contacts.create{ websiteId = site, name = 'Ana', email = 'ana.plan@example.com' }
    cliengo.contacts.add_tag(new.id, 'vip')
    cliengo.contacts.delete(cliengo.contacts.list{ limit = 2 }[2].id)";

const WRITES: [&str; 6] = [
    "PATCH /contacts/:id",
    "POST /contacts/:id/notes",
    "POST /contacts/:id/messages",
    "POST /contacts",
    "POST /contacts/:id/tags",
    "DELETE /contacts/:id",
];

/// What the plan comes to, however it was cut off.
#[track_caller]
fn is_done_once(place: &Place, how: &str) {
    let after = place.contacts();
    let new: Vec<_> = after.iter().filter(|one| one["email"] == "ana.plan@example.com").collect();
    assert_eq!(new.len(), 1, "{how}");
    assert_eq!(new[0]["tags"], json!(["vip"]), "{how}");
    let old = after.iter().find(|contact| contact["name"] != "Ana").unwrap();
    let notes = old["notes"].as_array().unwrap().iter();
    assert_eq!(notes.filter(|note| note["message"] == "called").count(), 1, "{how}");
    let code = format!("return cliengo.contacts.messages('{}')", old["id"].as_str().unwrap());
    let messages = place.program(&["eval", &code, "-o", "json"]).run().json();
    let messages = messages.as_array().unwrap().iter();
    assert_eq!(messages.filter(|said| said["message"] == "Hola").count(), 1, "{how}");
    assert_eq!((after.len(), &old["rating"]), (120, &1.into()), "{how}");
}

#[test]
fn a_lost_answer_is_looked_after_and_not_repeated() {
    for route in WRITES {
        for fault in [json!({ "kind": "drop_after" }), json!({ "kind": "drop_before" })] {
            let place = Place::new();
            place.plan(SCRIPT).code(0);
            place.account.fault(json!({ "route": route, "times": 1, "fault": fault }));
            place.apply().run();
            place.account.admin("DELETE", "/faults", Value::Null);
            let how = format!("{route} {fault}");
            let again = place.apply().run();
            assert_eq!(again.code, Some(0), "{how} {again:?}");
            is_done_once(&place, &how);
        }
    }
}

#[test]
fn an_apply_that_was_killed_goes_on_where_it_was() {
    for route in WRITES {
        let place = Place::new();
        place.plan(SCRIPT).code(0);
        place.account.fault(never_answered(route));
        let running = place.apply().start();
        place.account.wait_until_fired(1);
        running.signal("KILL");
        running.end();
        place.account.admin("DELETE", "/faults", Value::Null);
        place.apply().run().code(0);
        is_done_once(&place, route);
    }
}

#[test]
fn a_message_that_shows_on_no_contact_is_looked_for_too() {
    let place = Place::new();
    let before = place.contacts()[0].clone();
    let code = "cliengo.contacts.add_message(cliengo.contacts.find{}.id, 'Hola')";
    place.plan(code).code(0);
    place.account.fault(json!({ "route": WRITES[2], "fault": { "kind": "drop_after" } }));
    place.apply().run().code(1);
    place.account.admin("DELETE", "/faults", Value::Null);
    // As of an API that keeps no history on the contact.
    place.account.put(&json!([before]).to_string());
    assert_eq!(place.words(0), ["already_applied"]);
    assert_eq!(place.writes().len(), 1);
}

#[test]
fn at_ctrl_c_the_item_under_way_comes_to_its_end_and_no_other_is_begun() {
    let place = Place::new();
    place.plan(SCRIPT).code(0);
    let slow = json!({ "kind": "slow_headers", "ms": 700 });
    place.account.fault(json!({ "route": WRITES[1], "times": 1, "fault": slow }));
    let running = place.apply().arguments(&["-o", "json"]).start();
    place.account.wait_until_fired(1);
    running.signal("INT");
    let ran = running.end().code(130).says(&["stopping", "cancelled", "apply the plan again"]);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&told["applied"], &told["not_begun"]), (&2.into(), &4.into()));
    place.apply().run().code(0);
    is_done_once(&place, "INT");
}

#[test]
fn two_applies_at_once_are_one_too_many() {
    let place = Place::new();
    place.plan(SCRIPT).code(0);
    place.account.fault(never_answered(WRITES[0]));
    let running = place.apply().start();
    place.account.wait_until_fired(1);
    place.apply().run().code(5).silent().says(&["another plan is being applied"]);
    running.signal("KILL");
    running.end();
}
