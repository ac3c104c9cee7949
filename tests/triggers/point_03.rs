//! 3. Overlap: a query reaches back behind the mark, and the mark itself never moves back.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::script::{Language, new_contacts};
use crate::watched::Watched;

/// The instant that the last list of contacts was asked for since.
fn asked_since(watched: &Watched) -> Timestamp {
    let queries = watched.queries();
    let query = queries.last().unwrap().as_str().unwrap();
    let since = query.split('&').find_map(|part| part.strip_prefix("since="));
    since.unwrap_or_else(|| panic!("no since: {query}")).replace("%3A", ":").parse().unwrap()
}

#[test]
fn point_03_a_contact_that_becomes_visible_minutes_late_is_found_by_a_poll() {
    for granularity in ["millisecond", "second", "day"] {
        let watched = Watched::empty();
        watched.knobs(json!({ "granularity": granularity }));
        watched.put([watched.contact(1, -10)]);
        let script = new_contacts().never_sweeps();
        assert!(watched.names(&script).is_empty());
        watched.put([watched.contact(2, -10 - 290)]);
        assert_eq!(watched.names(&script), ["c2"], "{granularity}");
        assert!(watched.names(&script).is_empty());
    }
}

#[test]
fn point_03_the_query_reaches_back_and_the_mark_does_not() {
    let watched = Watched::empty();
    watched.put([watched.contact(1, -3_600), watched.contact(2, -10)]);
    let script = new_contacts().never_sweeps();
    watched.cycle(&script);
    let mark = watched.mark();
    assert_eq!(mark, watched.now - SignedDuration::from_secs(10));
    watched.queries();
    watched.cycle(&script);
    assert!(asked_since(&watched) <= mark - SignedDuration::from_mins(5));
    watched.delete(&[2]);
    watched.put([watched.contact(3, -200)]);
    assert_eq!(watched.names(&script), ["c3"]);
    assert_eq!(watched.mark(), mark);
}

#[test]
fn point_03_the_query_reaches_back_by_twice_the_skew_of_the_clocks() {
    for skew in [-600, 600] {
        let now = Watched::empty().now + SignedDuration::from_secs(skew);
        let watched = Watched::at(now, Language::Lua);
        watched.put([watched.contact(1, -10)]);
        let script = new_contacts().never_sweeps();
        assert!(watched.names(&script).is_empty());
        watched.put([watched.contact(2, -10 - 1_100)]);
        assert_eq!(watched.names(&script), ["c2"], "{skew}");
    }
}
