//! 13. Edits and pauses keep the cursor.

use serde_json::json;

use crate::runs::called;
use crate::script::{BOTH, Language, new_contacts};
use crate::watched::Watched;

#[test]
fn point_13_a_changed_filter_begins_a_new_generation_from_the_old_mark_and_says_so() {
    for language in BOTH {
        let watched = Watched::in_language(language);
        let of = |number, created, site: &str| {
            watched.changed(number, created, json!({ "websiteId": site }))
        };
        watched.put([of(1, -900, "a"), of(2, -800, "b")]);
        let first = new_contacts().option("website_id", "a");
        assert!(watched.names(&first).is_empty());
        watched.put([of(3, -600, "a")]);
        assert_eq!(watched.names(&first), ["c3"]);
        let mark = watched.mark();
        watched.put([of(4, -100, "b"), of(5, -100, "a")]);
        let second = new_contacts().option("website_id", "b");
        let ran = watched.run(&second).code(0).says(&["generation 2", "goes on"]);
        assert_eq!(crate::runs::names(&ran), ["c4"]);
        assert!(watched.mark() >= mark);
        watched.put([of(6, -50, "b"), of(7, -50, "a")]);
        assert_eq!(watched.names(&second), ["c6"]);
    }
}

#[test]
fn point_13_a_change_of_anything_else_keeps_the_generation_and_all_that_waits() {
    let watched = Watched::empty();
    watched.put((1..=5).map(|number| watched.contact(number, -600 + i64::from(number))));
    assert_eq!(
        watched.names(&new_contacts().option("from", "beginning").option("limit", 2)).len(),
        2
    );
    let mark = watched.mark();
    let edited = new_contacts().option("limit", 1).option("every", "5m").option("max_attempts", 2);
    assert_eq!(watched.names(&edited.does("local edited = true", "")), ["c3"]);
    assert_eq!((watched.mark(), watched.watch().generation), (mark, 1));
    assert_eq!(watched.names(&new_contacts()), ["c4", "c5"]);
}

#[test]
fn point_13_what_comes_during_a_pause_fires_after_it() {
    let watched = Watched::in_language(Language::Rhai);
    watched.put([watched.contact(1, -600)]);
    let script = new_contacts();
    watched.cycle(&script);
    watched.steer("watches pause w --reason holidays");
    watched.put([watched.contact(2, -500)]);
    watched.run(&script).code(1).silent().says(&["paused: holidays", "watches resume w"]);
    watched.put([watched.contact(3, -10)]);
    watched.steer("watches resume w");
    assert_eq!(watched.names(&script), ["c2", "c3"]);
}

#[test]
fn point_13_a_daemon_finds_what_came_during_a_pause_after_it() {
    let watched = Watched::empty();
    watched.put([watched.contact(1, -600)]);
    let script = new_contacts().option("every", "1s");
    watched.cycle(&script);
    watched.steer("watches pause w");
    let mut daemon = watched.serve(&script);
    daemon.says("is paused");
    watched.put([watched.contact(2, -500), watched.contact(3, -400)]);
    watched.steer("watches resume w");
    let names = [daemon.line(), daemon.line()].map(|line| called(&line).contact);
    assert_eq!(names, ["c2", "c3"]);
    daemon.signal("TERM");
    daemon.end().code(0).silent();
}

#[test]
fn point_13_a_script_that_is_edited_under_a_daemon_goes_on_from_the_old_mark() {
    let watched = Watched::empty();
    let of = |number, site: &str| watched.changed(number, -600, json!({ "websiteId": site }));
    watched.put([of(1, "a"), of(2, "b")]);
    let script = |site: &str, from: &str| {
        let script = new_contacts().option("every", "1s").option("website_id", site);
        script.option("from", from).text(Language::Lua)
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("leads.lua");
    std::fs::write(&file, script("a", "beginning")).unwrap();
    let mut daemon = watched.serve_files(&[]).argument(&file).start();
    assert_eq!(called(&daemon.line()).contact, "c1");
    std::fs::write(&file, script("b", "beginning")).unwrap();
    daemon.says("generation 2");
    let new = watched.changed(3, -60, json!({ "websiteId": "b" }));
    watched.put([new]);
    assert_eq!(called(&daemon.line()).contact, "c3");
    daemon.signal("TERM");
    daemon.end().code(0).silent();
}

#[test]
fn point_13_a_watch_that_was_removed_begins_anew() {
    let watched = Watched::empty();
    watched.put([watched.contact(1, -600)]);
    let script = new_contacts().option("from", "beginning");
    assert_eq!(watched.names(&script), ["c1"]);
    watched.steer("watches remove w");
    assert_eq!(watched.names(&script), ["c1"]);
}
