//! A plan as a file: who may read it, and what is taken for one.

use std::os::unix::fs::PermissionsExt;

use super::*;

const DELETE: &str = "cliengo.contacts.delete(cliengo.contacts.find{}.id)";

fn edited(place: &Place, edit: impl Fn(&mut Value)) {
    let path = place.path("plan.json");
    let mut plan: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    edit(&mut plan);
    std::fs::write(&path, plan.to_string()).unwrap();
}

#[test]
fn a_saved_plan_is_for_its_owner_alone_whatever_was_there_before() {
    let place = Place::new();
    let path = place.path("plan.json");
    std::fs::write(&path, "old").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let shown = place.plan(DELETE).code(0).stdout;
    assert!(shown.contains("plan: 1 to delete"), "{shown}");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains(support::KEY), "{text}");
}

/// `/dev/stdout` is such a link where standard output is a pipe.
#[test]
fn a_plan_is_written_through_a_link_and_never_in_its_place() {
    let place = Place::new();
    let (link, target) = (place.path("plan.json"), place.path("elsewhere.json"));
    std::os::unix::fs::symlink(&target, &link).unwrap();
    place.plan(DELETE).code(0);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(std::fs::read_to_string(&target).unwrap().contains("DELETE"));
}

#[test]
fn a_plan_that_cannot_be_saved_is_found_out_before_the_script_runs() {
    let place = Place::new();
    let file = place.path("missing/plan.json");
    let eval = ["eval", "print('ran')", "--dry-run", "--plan", &file];
    place.program(&eval).run().code(2).silent().says(&["cannot write", "make the folder first"]);
    place.program(&["eval", "1", "--plan", &file]).run().code(2).says(&["--dry-run"]);
}

#[test]
fn a_plan_that_was_changed_is_refused_and_nothing_is_sent() {
    let place = Place::new();
    place.plan("cliengo.contacts.update(cliengo.contacts.find{}.id, { rating = 5 })").code(0);
    edited(&place, |_| {});
    let made = std::fs::read(place.path("plan.json")).unwrap();
    let edits: [fn(&mut Value); 4] = [
        |plan| plan["items"][0]["body"]["rating"] = 1.into(),
        |plan| plan["items"] = Value::Array(Vec::new()),
        |plan| plan["complete"] = false.into(),
        |plan| plan["account"] = Value::Null,
    ];
    for edit in edits {
        std::fs::write(place.path("plan.json"), &made).unwrap();
        edited(&place, edit);
        place
            .apply()
            .run()
            .code(2)
            .silent()
            .says(&["changed since it was made", "make the plan again"]);
    }
    assert_eq!(place.writes(), [""; 0]);
    // Other spaces and another order of names are no change.
    std::fs::write(place.path("plan.json"), &made).unwrap();
    assert_eq!(place.words(0), ["applied"]);
}

#[test]
fn what_is_no_plan_says_so() {
    let place = Place::new();
    for (text, words) in [
        ("", "the plan is damaged"),
        ("{\"version\":1,\"id\":", "the plan is damaged"),
        ("[]", "this is no plan"),
        ("{}", "this is no plan"),
        ("{\"version\":1}", "changed since it was made"),
        ("{\"version\":2,\"items\":[]}", "the version 2, and this program knows 1"),
    ] {
        std::fs::write(place.path("plan.json"), text).unwrap();
        place.apply().run().code(2).silent().says(&[words]);
    }
    std::fs::write(place.path("plan.json"), "[".repeat(100_000)).unwrap();
    place.apply().run().code(2).says(&["the plan is damaged"]);
    place.program(&["apply", "nowhere.json"]).run().code(2).says(&["cannot read nowhere.json"]);
}

#[test]
fn a_plan_comes_through_a_pipe() {
    let place = Place::new();
    let plan = place.program(&["eval", DELETE, "--dry-run", "-o", "json"]).run().code(0).stdout;
    let ran = place.program(&["apply", "-"]).input(plan).run().code(0);
    assert_eq!(ran.stdout, "applied 1\n");
    assert_eq!(place.contacts().len(), 119);
}

#[test]
fn an_incomplete_plan_is_applied_only_where_that_is_asked_for() {
    let place = Place::new();
    place.plan(&format!("{DELETE} error('x')")).code(1);
    place.apply().run().code(1).says(&["incomplete", "--incomplete"]);
    assert_eq!(place.writes(), [""; 0]);
    place.apply().argument("--incomplete").run().code(0);
    assert_eq!(place.contacts().len(), 119);
}

#[test]
fn a_plan_takes_no_place_of_the_script_nor_of_an_earlier_plan_where_there_is_none() {
    let place = Place::new();
    place.plan(DELETE).code(0);
    let (plan, script) = (place.path("plan.json"), place.path("s.lua"));
    let good = std::fs::read_to_string(&plan).unwrap();
    std::fs::write(&script, "this is no Lua").unwrap();
    let run = |plan: &str| place.program(&["run", &script, "--dry-run", "--plan", plan]).run();
    run(&plan).code(1);
    assert_eq!(std::fs::read_to_string(&plan).unwrap(), good);
    run(&script).code(2).says(&["is the script itself"]);
    run("-").code(2).says(&["takes the name of a file"]);
    assert_eq!(std::fs::read_to_string(&script).unwrap(), "this is no Lua");
}
