//! 2. Boundary: what shares the instant of the mark is neither skipped nor handled twice.

use serde_json::json;

use crate::script::{BOTH, Language, new_contacts};
use crate::watched::Watched;

#[test]
fn point_02_what_shares_the_instant_of_the_mark_fires_once_whatever_its_id() {
    for language in BOTH {
        let watched = Watched::in_language(language);
        watched.put([watched.contact(3, -60), watched.contact(4, -60)]);
        let script = new_contacts().never_sweeps();
        assert!(watched.names(&script).is_empty());
        for number in [5, 1, 9, 2] {
            watched.put([watched.contact(number, -60)]);
            assert_eq!(watched.names(&script), [format!("c{number}")]);
            assert!(watched.names(&script).is_empty());
        }
    }
}

#[test]
fn point_02_an_instant_that_spans_pages_and_limits_fires_once_each_in_the_order_of_ids() {
    let watched = Watched::empty();
    watched.knobs(json!({ "page_cap": 2 }));
    watched.put((1..=5).map(|number| watched.contact(number, -60)));
    let script = new_contacts().never_sweeps().option("from", "beginning").option("limit", 2);
    assert_eq!(watched.names(&script), ["c1", "c2"]);
    watched.put((6..=7).map(|number| watched.contact(number, -60)));
    let rest: Vec<_> = (0..4).flat_map(|_| watched.names(&script)).collect();
    assert_eq!(rest, ["c3", "c4", "c5", "c6", "c7"]);
}

#[test]
fn point_02_the_boundary_holds_under_every_reading_of_since_and_until() {
    for granularity in ["millisecond", "second", "day"] {
        for until_inclusive in [false, true] {
            let watched = Watched::in_language(Language::Lua);
            watched.knobs(json!({
                "granularity": granularity, "until_inclusive": until_inclusive,
                "page_cap": 3,
            }));
            watched.put((1..=4).map(|number| watched.contact(number, -60)));
            let script = new_contacts().never_sweeps();
            assert!(watched.names(&script).is_empty());
            watched.put((5..=9).map(|number| watched.contact(number, -60)));
            watched.put((10..=20).map(|number| watched.contact(number, -59)));
            let expected: Vec<_> = (5..=20).map(|number| format!("c{number}")).collect();
            assert_eq!(watched.names(&script), expected, "{granularity} {until_inclusive}");
            assert!(watched.names(&script).is_empty(), "{granularity} {until_inclusive}");
        }
    }
}
