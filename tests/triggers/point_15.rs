//! 15. Clocks that differ, jump or change for the summer: nothing is lost, and nothing comes twice.

use jiff::SignedDuration;
use serde_json::json;

use crate::runs::called;
use crate::script::{BOTH, Language, new_contacts, watch};
use crate::watched::Watched;

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;

/// An account whose clock is so many seconds ahead of the one here, with contacts of the last days.
fn ahead(seconds: i64, language: Language) -> Watched {
    let now = Watched::empty().now + SignedDuration::from_secs(seconds);
    let watched = Watched::at(now, language);
    // Enough days to tell by one what an update date is read as, at any time of the day.
    watched.put((1..=8).map(|number| watched.contact(number, -DAY * i64::from(number))));
    watched
}

#[test]
fn point_15_under_any_skew_polls_find_what_is_created_and_updated_there() {
    for reading in ["since", "that_day"] {
        for skew in [-DAY, -10 * MINUTE, 10 * MINUTE, DAY] {
            let watched = ahead(skew, Language::Lua);
            watched.knobs(json!({ "last_update_date": reading }));
            let script = watch("updated_contacts", json!({ "sweep": "never" }));
            assert!(watched.names(&script).is_empty());
            for (number, second) in [(4, 0), (3, 30)] {
                watched.set_clock(second);
                let updated = json!({ "lastUpdateDate": watched.instant(second), "age": 30 });
                watched.put([watched.changed(number, -DAY * i64::from(number), updated)]);
                watched.put([watched.contact(10 + number, second)]);
                let mut found = watched.names(&script);
                found.sort();
                let expected = [format!("c{}", 10 + number), format!("c{number}")];
                assert_eq!(found, expected, "{reading} {skew}");
                assert!(watched.names(&script).is_empty(), "{reading} {skew}");
            }
        }
    }
}

#[test]
fn point_15_a_clock_there_that_jumps_loses_nothing_and_repeats_nothing() {
    for language in BOTH {
        let watched = ahead(0, language);
        let script = new_contacts();
        assert!(watched.names(&script).is_empty());
        let jumps = [0, 10 * MINUTE, -10 * MINUTE, DAY, 0, -DAY, 5 * MINUTE];
        for (number, jump) in (11..).zip(jumps) {
            watched.set_clock(jump);
            // Old enough to move the mark.
            watched.put([watched.contact(number, jump - 10)]);
            assert_eq!(watched.names(&script), [format!("c{number}")], "{language:?} {jump}");
        }
        watched.set_clock(2 * DAY);
        assert!(watched.names(&script).is_empty(), "{language:?}");
    }
}

#[test]
fn point_15_a_clock_that_jumps_under_a_daemon_loses_nothing_and_repeats_nothing() {
    let watched = ahead(0, Language::Lua);
    let mut daemon = watched.serve(&new_contacts().option("every", "1s"));
    daemon.says("begins from now on");
    for (number, jump) in [(11, 0), (12, DAY), (13, 0), (14, -DAY), (15, 10 * MINUTE)] {
        watched.set_clock(jump);
        // Old enough to move the mark.
        watched.put([watched.contact(number, jump - 10)]);
        assert_eq!(called(&daemon.line()).contact, format!("c{number}"));
    }
    daemon.signal("TERM");
    daemon.end().code(0).silent();
}

#[test]
fn point_15_the_time_zone_here_and_its_summer_time_mean_nothing() {
    // The clocks there change at 1:00 UTC, and at 4:00 UTC.
    for (zone, change) in [
        ("Europe/Berlin", "2026-03-29T01:00:00Z"),
        ("Europe/Berlin", "2026-10-25T01:00:00Z"),
        ("America/Santiago", "2026-09-06T04:00:00Z"),
    ] {
        let watched = Watched::at(change.parse().unwrap(), Language::Lua);
        let script = new_contacts().never_sweeps();
        watched.put([watched.contact(1, -4 * 60 * MINUTE)]);
        let mut found = Vec::new();
        for (number, minute) in (1..).zip([-90, -30, 0, 30, 90]) {
            let run = || watched.program(&script).variable("TZ", zone).run().code(0);
            found.extend(crate::runs::names(&run()));
            watched.set_clock(minute * MINUTE);
            watched.put([watched.contact(10 + number, minute * MINUTE)]);
            found.extend(crate::runs::names(&run()));
        }
        assert_eq!(found, ["c11", "c12", "c13", "c14", "c15"], "{zone} {change}");
    }
}
