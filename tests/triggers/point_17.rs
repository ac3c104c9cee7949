//! 17. Deleted and back-dated contacts are seen when the complete list is compared.

use serde_json::json;

use crate::script::{BOTH, Language, new_contacts, watch};
use crate::watched::{Watched, id};

const YEAR: i64 = 365 * 86_400;

#[test]
fn point_17_a_back_dated_contact_fires_once() {
    for language in BOTH {
        for function in ["new_contacts", "updated_contacts"] {
            let watched = Watched::yesterday(language);
            watched.put([watched.contact(1, -600)]);
            let script = watch(function, json!({}));
            assert!(watched.names(&script).is_empty());
            watched.put([watched.contact(2, -2 * YEAR)]);
            watched.later();
            assert_eq!(watched.names(&script), ["c2"], "{function}");
            watched.later();
            assert!(watched.names(&script).is_empty(), "{function}");
        }
    }
}

#[test]
fn point_17_a_deleted_contact_fires_the_watch_of_deletions_once() {
    for language in BOTH {
        let watched = Watched::yesterday(language);
        watched.put((1..=70).map(|number| watched.contact(number, -YEAR + i64::from(number))));
        let script = watch("deleted_contacts", json!({}));
        assert!(watched.names(&script).is_empty());
        watched.delete(&[3, 66]);
        watched.put([watched.contact(71, 0)]);
        watched.later();
        let calls = watched.cycle(&script);
        assert!(calls.iter().all(|call| call.kind == "deleted"));
        let mut gone: Vec<_> = calls.into_iter().map(|call| call.contact).collect();
        gone.sort();
        assert_eq!(gone, [id(3), id(66)]);
        watched.later();
        assert!(watched.names(&script).is_empty());
        // One that comes again and goes again is gone twice.
        watched.put([watched.contact(3, 0)]);
        watched.later();
        assert!(watched.names(&script).is_empty());
        watched.delete(&[3]);
        watched.later();
        assert_eq!(watched.names(&script), [id(3)]);
    }
}

#[test]
fn point_17_a_contact_that_did_not_come_and_is_there_when_asked_for_is_not_gone() {
    let watched = Watched::yesterday(Language::Lua);
    watched.put((1..=3).map(|number| watched.contact(number, -600)));
    let script = watch("deleted_contacts", json!({}));
    watched.cycle(&script);
    watched.delete(&[2]);
    let back = json!({ "kind": "change", "put": [watched.contact(2, -600)] });
    watched.account.fault(json!({ "route": "GET /contacts/:id", "fault": back }));
    watched.later();
    assert!(watched.names(&script).is_empty());
}

#[test]
fn point_17_a_watch_that_never_goes_through_the_complete_list_sees_neither() {
    let watched = Watched::yesterday(Language::Lua);
    watched.put([watched.contact(1, -600)]);
    let script = new_contacts().never_sweeps();
    watched.cycle(&script);
    watched.put([watched.contact(2, -2 * YEAR)]);
    watched.later();
    assert!(watched.names(&script).is_empty());
}
