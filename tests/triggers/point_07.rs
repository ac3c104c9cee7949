//! 7. Atomic commit: a poll that failed on its third page saves nothing.

use cliengo::store::{EventQuery, Store};
use serde_json::{Value, json};

use crate::runs::{called, names};
use crate::script::{BOTH, Language, Script, new_contacts, watch};
use crate::watched::Watched;

/// 45 contacts in pages of 10.
fn in_pages(language: Language) -> Watched {
    let watched = Watched::in_language(language);
    watched.knobs(json!({ "page_cap": 10 }));
    watched.put((1..=45).map(|number| watched.contact(number, -10_000 + i64::from(number))));
    watched
}

/// From the third page on there is nothing but errors.
fn fail_on_the_third_page(watched: &Watched) {
    let fault = json!({ "kind": "status", "code": 500, "retry_after": 0 });
    let nth: Vec<_> = (3..100).collect();
    watched.account.fault(json!({ "route": "GET /contacts", "nth": nth, "fault": fault }));
}

/// What the watch knows: contacts, events, cursor.
fn knows(watched: &Watched) -> (usize, usize, Option<Value>) {
    let store = watched.store();
    let known = store.known_ids("w", None, 1_000).unwrap().len();
    let events = store.events(&EventQuery::default()).unwrap().len();
    (known, events, watched.watch().cursor)
}

fn all(numbers: std::ops::RangeInclusive<u32>) -> Vec<String> {
    numbers.map(|number| format!("c{number}")).collect()
}

#[test]
fn point_07_a_first_walk_that_failed_saves_nothing_and_the_next_finds_all() {
    for language in BOTH {
        for function in ["new_contacts", "updated_contacts"] {
            let watched = in_pages(language);
            let script = watch(function, json!({ "from": "beginning" }));
            fail_on_the_third_page(&watched);
            watched.run(&script).code(1).silent().says(&["w: 0 new", "500"]);
            assert_eq!(knows(&watched), (0, 0, None));
            watched.mend();
            assert_eq!(watched.names(&script), all(1..=45), "{function}");
        }
    }
}

#[test]
fn point_07_a_poll_that_failed_leaves_all_as_it_was_and_the_next_finds_all() {
    let watched = in_pages(Language::Lua);
    let script: Script = new_contacts().never_sweeps();
    watched.cycle(&script);
    let before = knows(&watched);
    watched.put((46..=90).map(|number| watched.contact(number, -9_000 + i64::from(number))));
    fail_on_the_third_page(&watched);
    watched.run(&script).code(1).silent();
    assert_eq!(knows(&watched), before);
    watched.mend();
    assert_eq!(watched.names(&script), all(46..=90));
}

#[test]
fn point_07_what_was_found_before_is_handled_while_polls_fail() {
    let watched = in_pages(Language::Lua);
    let script = new_contacts().option("from", "beginning").option("limit", 20);
    watched.cycle(&script);
    fail_on_the_third_page(&watched);
    watched.account.fault(json!({
        "route": "GET /contacts", "fault": { "kind": "status", "code": 500, "retry_after": 0 }
    }));
    let ran = watched.run(&script).code(1).says(&["20 handled", "5 waiting", "500"]);
    assert_eq!(names(&ran), all(21..=40));
    let mut daemon = watched.serve(&script);
    let rest: Vec<_> = (41..=45).map(|_| called(&daemon.line()).contact).collect();
    assert_eq!(rest, all(41..=45));
    daemon.signal("TERM");
    daemon.end().code(0).silent();
}
