//! 16. Updates to old contacts, far past the 1,000 rows that offsets reach.

use serde_json::json;

use crate::script::{Language, Script, watch};
use crate::watched::Watched;

const HOUR: i64 = 3_600;

/// 1,300 contacts, one each hour, the oldest first; the server reads `lastUpdateDate` like this.
fn large(reading: &str) -> (Watched, Script) {
    let watched = Watched::yesterday(Language::Lua);
    watched.knobs(json!({ "last_update_date": reading }));
    watched.put((1..=1_300).map(|number| watched.contact(number, created(number))));
    (watched, watch("updated_contacts", json!({})))
}

fn created(number: u32) -> i64 {
    (i64::from(number) - 1_301) * HOUR
}

/// Updates a contact so many seconds after the beginning.
fn update(watched: &Watched, number: u32, second: i64) {
    let fields = json!({ "age": 41, "lastUpdateDate": watched.instant(second) });
    watched.put([watched.changed(number, created(number), fields)]);
}

#[test]
fn point_16_the_servers_filter_finds_them_once_it_was_measured() {
    for (reading, words) in [("since", "since that instant"), ("that_day", "on that day")] {
        let (watched, script) = large(reading);
        let script = script.never_sweeps();
        watched.run(&script).code(0).silent().says(&["lastUpdateDate is", words]);
        watched.queries();
        update(&watched, 1, -60);
        update(&watched, 700, -30);
        assert_eq!(watched.names(&script), ["c1", "c700"], "{reading}");
        // Not the complete list: that has 26 pages.
        let queries = watched.queries();
        assert!(queries.len() < 15, "{reading}: {queries:#?}");
        assert!(watched.names(&script).is_empty(), "{reading}");
    }
}

#[test]
fn point_16_where_the_filter_is_ignored_the_complete_list_finds_them() {
    let (watched, script) = large("ignored");
    watched.run(&script).code(0).silent().says(&["lastUpdateDate is ignored"]);
    update(&watched, 1, -60);
    update(&watched, 700, -30);
    watched.later();
    assert_eq!(watched.names(&script), ["c1", "c700"]);
    watched.later();
    assert!(watched.names(&script).is_empty());
}

#[test]
fn point_16_a_filter_that_stops_working_is_noticed_and_nothing_is_lost() {
    let (watched, script) = large("since");
    watched.cycle(&script);
    watched.knobs(json!({ "last_update_date": "that_day" }));
    // Two days on, an update of the day between is in no query any more.
    watched.set_clock(48 * HOUR);
    watched.put([watched.contact(2_000, 48 * HOUR)]);
    update(&watched, 1, 20 * HOUR);
    let ran = watched.run(&script).code(0);
    watched.set_clock(80 * HOUR);
    let again = watched.run(&script).code(0);
    let mut found = [crate::runs::names(&ran), crate::runs::names(&again)].concat();
    found.sort();
    assert_eq!(found, ["c1", "c2000"]);
}
