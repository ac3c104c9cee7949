//! 13. Edits and pauses keep the cursor.

use cliengo::store::{Pause, Store};
use jiff::Timestamp;
use serde_json::json;

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
        assert_eq!(crate::watched::names(&ran), ["c4"]);
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
    let (at, reason) = (Timestamp::now(), "holidays".to_owned());
    let pause = Pause { at, reason, until_restart: false };
    watched.store().pause_watch("w", Some(&pause)).unwrap();
    watched.put([watched.contact(2, -500)]);
    watched.run(&script).code(1).silent().says(&["paused: holidays", "watches resume w"]);
    watched.put([watched.contact(3, -10)]);
    watched.store().pause_watch("w", None).unwrap();
    assert_eq!(watched.names(&script), ["c2", "c3"]);
}
