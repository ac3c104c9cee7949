//! 4. Clock: "now" is the server's, and the mark keeps a little behind it.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::script::{BOTH, Language, new_contacts};
use crate::watched::Watched;

const DAY: i64 = 86_400;

/// True where the mark keeps five seconds behind the time there, which passes while an answer is read.
fn keeps_behind(watched: &Watched) -> bool {
    watched.now.duration_since(watched.mark()).as_secs_f64() > 3.0
}

#[test]
fn point_04_a_row_of_the_future_fires_once_and_does_not_drag_the_mark_along() {
    for language in BOTH {
        let watched = Watched::in_language(language);
        watched.put([watched.contact(1, -60)]);
        let script = new_contacts().never_sweeps();
        watched.cycle(&script);
        watched.put([watched.contact(2, 30 * DAY)]);
        assert_eq!(watched.names(&script), ["c2"]);
        assert!(keeps_behind(&watched));
        for (number, second) in [(3, 10), (4, 3_600), (5, 3_700)] {
            watched.set_clock(second);
            watched.put([watched.contact(number, second)]);
            assert_eq!(watched.names(&script), [format!("c{number}")]);
        }
    }
}

#[test]
fn point_04_the_mark_keeps_behind_the_time_there_whatever_the_time_here() {
    for skew in [-DAY, -600, 600, DAY] {
        let now = Watched::empty().now + SignedDuration::from_secs(skew);
        let watched = Watched::at(now, Language::Lua);
        watched.put([watched.contact(1, -3_600)]);
        let script = new_contacts().never_sweeps();
        watched.cycle(&script);
        assert_eq!(watched.mark(), now - SignedDuration::from_secs(3_600), "{skew}");
        watched.put([watched.contact(2, -1), watched.contact(3, 300)]);
        assert_eq!(watched.names(&script), ["c2", "c3"], "{skew}");
        assert!(keeps_behind(&watched), "{skew}");
    }
}

#[test]
fn point_04_the_time_here_stands_in_where_the_server_tells_none() {
    let watched = Watched::empty();
    watched.knobs(json!({ "tells_date": false }));
    watched.put([watched.contact(1, -60)]);
    let script = new_contacts().never_sweeps();
    watched.cycle(&script);
    watched.put([watched.contact(2, 3_600)]);
    assert_eq!(watched.names(&script), ["c2"]);
    let settled = Timestamp::now() - SignedDuration::from_secs(5);
    assert!(
        watched.mark() <= settled && watched.mark() >= watched.now - SignedDuration::from_secs(60)
    );
}
