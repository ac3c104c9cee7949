//! 14. Where to start: now, from the beginning, at a date, or so long ago.

use serde_json::{Value, json};

use crate::script::{BOTH, Language, watch};
use crate::watched::Watched;

const DAY: i64 = 86_400;

/// Contacts created ten, eight, six and two days ago; the first was updated yesterday.
fn account(language: Language) -> Watched {
    let watched = Watched::in_language(language);
    let yesterday = json!({ "lastUpdateDate": watched.instant(-DAY) });
    watched.put([watched.changed(1, -10 * DAY, yesterday)]);
    watched
        .put([(2, -8), (3, -6), (4, -2)].map(|(number, day)| watched.contact(number, day * DAY)));
    watched
}

#[test]
fn point_14_each_start_fires_what_it_says_and_a_restart_begins_nothing_anew() {
    for language in BOTH {
        let watched = account(language);
        let date = watched.instant(-6 * DAY);
        let cases: [(Value, &[&str], &[&str]); 5] = [
            (json!(null), &[], &[]),
            (json!("now"), &[], &[]),
            (json!("beginning"), &["c1", "c2", "c3", "c4"], &["c2", "c3", "c4", "c1"]),
            (json!(date), &["c3", "c4"], &["c3", "c4", "c1"]),
            (json!("7d"), &["c3", "c4"], &["c3", "c4", "c1"]),
        ];
        for (from, new, updated) in cases {
            for (function, expected) in [("new_contacts", new), ("updated_contacts", updated)] {
                let watched = account(language);
                let script = match from.is_null() {
                    true => watch(function, json!({})),
                    false => watch(function, json!({ "from": from })),
                };
                assert_eq!(watched.names(&script), expected, "{function} {from}");
                assert!(watched.names(&script).is_empty(), "{function} {from}");
                watched.put([watched.contact(5, 1)]);
                assert_eq!(watched.names(&script), ["c5"], "{function} {from}");
            }
        }
    }
}

#[test]
fn point_14_an_account_without_contacts_has_a_beginning_too() {
    for language in BOTH {
        let watched = Watched::in_language(language);
        let script = watch("new_contacts", json!({}));
        assert!(watched.names(&script).is_empty());
        watched.put([watched.contact(1, -60), watched.contact(2, 1)]);
        assert_eq!(watched.names(&script), ["c1", "c2"]);
    }
}

#[test]
fn point_14_what_comes_while_the_first_cycles_fail_is_new() {
    let watched = account(Language::Lua);
    let script = watch("new_contacts", json!({}));
    let fault = json!({ "kind": "status", "code": 500, "retry_after": 0 });
    watched.account.fault(json!({ "route": "GET /contacts", "fault": fault }));
    watched.run(&script).code(1);
    watched.put([watched.contact(5, -10), watched.contact(6, 2)]);
    watched.run(&script).code(1);
    watched.mend();
    assert_eq!(watched.names(&script), ["c6"], "c5 says that it is older than the first try");
    watched.put([watched.contact(7, 3)]);
    assert_eq!(watched.names(&script), ["c7"]);
}
