//! 18. Malformed rows are set aside and counted; the rest of the page goes on.

use serde_json::{Value, json};

use crate::runs::names;
use crate::script::{BOTH, Language, Script, watch};
use crate::watched::Watched;

/// Every list of contacts is this one.
fn answer(watched: &Watched, rows: &[Value]) {
    let body = json!({ "results": rows, "paging": { "total": rows.len() } });
    let fault = json!({ "kind": "wrong_shape", "body": body });
    watched.account.fault(json!({ "route": "GET /contacts", "fault": fault }));
}

/// What no contact looks like, between two that are some.
fn page(watched: &Watched) -> Vec<Value> {
    let date = watched.instant(-30);
    vec![
        watched.contact(1, -20),
        json!(null),
        json!(5),
        json!("text"),
        json!([]),
        json!({}),
        json!({ "name": "no id", "creationDate": date }),
        json!({ "id": null, "name": "null id", "creationDate": date }),
        json!({ "id": "no dates", "name": "no dates" }),
        json!({ "id": "odd", "name": "odd", "creationDate": { "on": date }, "lastUpdateDate": [] }),
        json!({ "id": "never", "name": "never", "creationDate": "yesterday" }),
        watched.contact(2, -40),
    ]
}

#[test]
fn point_18_malformed_rows_are_set_aside_with_a_warning_and_counted() {
    for language in BOTH {
        for function in ["new_contacts", "updated_contacts"] {
            let watched = Watched::in_language(language);
            let script = watch(function, json!({ "from": "beginning" }));
            answer(&watched, &page(&watched));
            let ran = watched.run(&script).code(0).says(&["10 rows", "set aside"]);
            assert_eq!(names(&ran), ["c2", "c1"], "{function}");
            assert_eq!(watched.watch().malformed, 10);
            assert!(watched.names(&script).is_empty());
        }
    }
}

#[test]
fn point_18_a_poll_goes_on_over_malformed_rows_too() {
    let watched = Watched::empty();
    watched.put([watched.contact(1, -20), watched.contact(2, -40)]);
    let script: Script = watch("new_contacts", json!({ "sweep": "never" }));
    assert!(watched.names(&script).is_empty());
    let mut rows = page(&watched);
    rows.insert(3, watched.contact(3, -25));
    answer(&watched, &rows);
    assert_eq!(names(&watched.run(&script).code(0).says(&["set aside"])), ["c3"]);
}

#[test]
fn point_18_dates_of_any_known_form_are_read_and_odd_fields_do_no_harm() {
    let watched = Watched::in_language(Language::Rhai);
    let script = watch("new_contacts", json!({}));
    watched.cycle(&script);
    let milliseconds = watched.now.as_millisecond();
    watched.put([
        watched.changed(1, 0, json!({ "creationDate": milliseconds - 3_000 })),
        watched.changed(
            2,
            0,
            json!({ "creationDate": watched.instant(-2).replace('Z', "+00:00") }),
        ),
        watched.changed(3, 0, json!({ "lastUpdateDate": "soon", "tags": 7, "geoip": "here" })),
    ]);
    assert_eq!(watched.names(&script), ["c1", "c2", "c3"]);
}
