//! `--dry-run`: what is shown, in each format.

use super::*;

const SCRIPT: &str = r#"
local site = cliengo.sites.list()[1].id
local all = cliengo.contacts.list{ limit = 2 }
print("looking")
cliengo.contacts.update(all[1].id, { rating = 5 - (all[1].rating or 0), note = "called" })
cliengo.contacts.add_tag(all[1].id, "vip")
local new = cliengo.contacts.create{ websiteId = site, name = "Luis", lastName = "Gómez" }
cliengo.contacts.update(new.id, { rating = 4 })
cliengo.contacts.delete(all[2].id)
cliengo.call{ method = "POST", path = "/campaigns", body = { a = 1 } }
return "done"
"#;

fn dry(place: &Place, arguments: &[&str]) -> Ran {
    let program = place.program(&["run", "plan.lua", "--dry-run"]).file("plan.lua", SCRIPT);
    program.arguments(arguments).run()
}

#[test]
fn a_dry_run_shows_what_would_change_and_sends_no_write() {
    let place = Place::new();
    let (newest, second) = (&place.contacts()[0], &place.contacts()[1]);
    let shown = dry(&place, &[]).code(0).stdout;
    assert_eq!(place.writes(), [""; 0]);
    let text = |contact: &Value, field: &str| contact[field].as_str().unwrap().to_owned();
    let full = |contact: &Value| {
        let (name, last) = (text(contact, "name"), contact["lastName"].as_str());
        let name = last.map_or(name.clone(), |last| format!("{name} {last}"));
        format!("{name} ({})", text(contact, "id"))
    };
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "looking");
    assert_eq!(lines[1], "done");
    assert_eq!(lines[2], format!("~ update {}", full(newest)));
    assert!(lines[3].starts_with("    rating  ") && lines[3].contains(" → "), "{shown}");
    assert!(shown.contains("    tag     + vip\n    note    + \"called\"\n"), "{shown}");
    assert!(shown.contains("+ create Luis Gómez\n    name       Luis\n"), "{shown}");
    assert!(shown.contains("    rating     4\n"), "{shown}");
    assert!(shown.contains(&format!("− delete {}\n! POST /campaigns {{\"a\":1}}\n", full(second))));
    let last = "plan: 1 to create, 1 to update, 1 to delete, 1 other call; nothing was sent";
    assert_eq!(*lines.last().unwrap(), last);
}

#[test]
fn for_a_program_the_plan_is_all_of_standard_output() {
    let place = Place::new();
    let newest = place.contacts()[0].clone();
    let plan = dry(&place, &["-o", "json"]).says(&["looking"]).json();
    assert_eq!(
        (&plan["version"], &plan["complete"], &plan["result"]),
        (&1.into(), &true.into(), &"done".into())
    );
    assert_eq!(plan["script"], "plan.lua");
    assert!(plan["account"]["id"].is_string() && plan["made"].is_string(), "{plan}");
    assert_eq!(
        plan["counts"],
        serde_json::json!({ "create": 1, "update": 1, "delete": 1, "other": 1 })
    );
    let items = plan["items"].as_array().unwrap();
    let actions: Vec<_> = items.iter().map(|item| item["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["update", "update", "create", "update", "delete", "other"]);
    assert_eq!((&items[0]["before"], &items[1]["before"]), (&newest, &Value::Null));
    assert_eq!(items[0]["method"], "PATCH");
    assert!(items[2]["contact"].as_str().unwrap().starts_with("d0d0"), "{plan}");
    assert_eq!(items[3]["contact"], items[2]["contact"]);
}

#[test]
fn the_plan_comes_in_lines_and_rows_too() {
    let place = Place::new();
    let lines = dry(&place, &["-o", "ndjson"]).code(0).stdout;
    let items: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((items.len(), &items[5]["path"]), (6, &"/campaigns".into()));
    let table = dry(&place, &["-o", "csv"]).code(0).stdout;
    assert!(table.starts_with("action,id,name,field,old,new\nupdate,"), "{table}");
    assert!(table.contains(",Luis Gómez,lastName,,Gómez\n"), "{table}");
}

#[test]
fn each_write_is_told_as_it_would_be_made_only_where_that_is_asked_for() {
    let place = Place::new();
    assert!(!dry(&place, &[]).code(0).stdout.contains("would "));
    let told = dry(&place, &["-v"]).code(0).stdout;
    assert!(told.contains("would PATCH /contacts/") && told.contains("would DELETE"), "{told}");
}

#[test]
fn a_long_plan_is_cut_unless_all_of_it_is_asked_for() {
    let place = Place::new();
    let code = "for c in cliengo.contacts.each{ limit = 70 } do
                    cliengo.contacts.update(c.id, { rating = 1, subStatus = ('x'):rep(500) }) end";
    let eval = |arguments: &[&str]| {
        place.program(&["eval", code, "--dry-run"]).arguments(arguments).run().code(0).stdout
    };
    let shown = eval(&[]);
    assert_eq!(shown.matches("~ update").count(), 50);
    assert!(shown.contains("… 20 more (-v shows all)\nplan: 70 to update;"), "{shown}");
    assert!(!shown.contains(&"x".repeat(100)), "{shown}");
    let all = eval(&["-v"]);
    assert_eq!(all.matches("~ update").count(), 70);
}

#[test]
fn a_script_that_fails_halfway_shows_the_plan_so_far_and_says_that_it_is_incomplete() {
    let place = Place::new();
    let code = "cliengo.contacts.delete(cliengo.contacts.find{}.id) error('and then this')";
    let ran = place.program(&["eval", code, "--dry-run"]).run().code(1).says(&["and then this"]);
    assert!(ran.stdout.starts_with("− delete "), "{ran:?}");
    assert!(ran.stdout.contains("incomplete"), "{ran:?}");
    let ran = place.program(&["eval", code, "--dry-run", "-o", "json"]).run().code(1);
    let plan: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&plan["complete"], plan["items"].as_array().unwrap().len()), (&false.into(), 1));
}

#[test]
fn an_update_that_changes_nothing_and_a_contact_that_passes_are_told_as_such() {
    let place = Place::new();
    let code = "local c = cliengo.contacts.find{}
                cliengo.contacts.update(c.id, { status = c.status })
                local new = cliengo.contacts.create{ websiteId = c.websiteId, name = 'Ana' }
                cliengo.contacts.delete(new.id)";
    let shown = place.program(&["eval", code, "--dry-run"]).run().code(0).stdout;
    assert!(shown.contains("    nothing changes\n± create and delete again Ana\n"), "{shown}");
    assert!(shown.ends_with("plan: 1 to update; nothing was sent\n"), "{shown}");
    let nothing = place.program(&["eval", "cliengo.contacts.count()", "--dry-run"]).run().code(0);
    assert_eq!(nothing.stdout, "120\nplan: nothing to do; nothing was sent\n");
}

#[test]
fn what_a_contact_holds_does_not_steer_the_terminal() {
    let place = Place::new();
    let code = r#"local id = cliengo.contacts.find{}.id
                  cliengo.contacts.update(id, { name = "A\27[2Jna\nB" })
                  cliengo.contacts.add_note(id, "x\27[31m")"#;
    let shown = place.program(&["eval", code, "--dry-run"]).run().code(0).stdout;
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
}
