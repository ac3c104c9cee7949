//! `cliengo events` and `cliengo dead`.

use crate::filled::{Filled, WATCH};

#[test]
fn events_are_listed_newest_first_and_by_what_is_asked() {
    let filled = Filled::new();
    assert_eq!(filled.ids("events"), [5, 4, 3, 2, 1]);
    assert_eq!(filled.ids("events -n 2"), [5, 4]);
    assert_eq!(filled.ids("events list --state dead --state pending"), [5, 3, 2]);
    assert_eq!(filled.ids(&format!("events list --watch {WATCH} --state ready")), [4]);
    assert_eq!(filled.ids("events --contact c2"), [2]);
    assert_eq!(filled.ids("dead"), [3, 2]);
    assert_eq!(filled.ids("dead list -n 1"), [3]);
    let row = &filled.json("dead")[1];
    assert_eq!((&row["contact"], &row["state"]), (&"c2".into(), &"dead".into()));
    assert_eq!((&row["attempts"], &row["error"]), (&1.into(), &"the mail server is away".into()));
    assert_eq!(
        (&row["found_at"], &row["ended_at"]),
        (&"2023-11-14T22:14:10Z".into(), &"2023-11-14T22:15:02Z".into())
    );
    let pretty = filled.run("events -n 3").stdout;
    assert!(pretty.contains("the mail server is away") && pretty.ends_with("3 rows\n"), "{pretty}");
}

#[test]
fn an_event_is_shown_with_its_contact_and_its_runs() {
    let filled = Filled::new();
    for command in ["events", "dead"] {
        let event = filled.json(&format!("{command} show 2"));
        assert_eq!((&event["payload"]["name"], &event["kind"]), (&"Ana c2".into(), &"new".into()));
        assert_eq!(
            (&event["runs"][0]["id"], &event["runs"][0]["state"]),
            (&2.into(), &"failed".into())
        );
        assert_eq!(event["version"], "01".repeat(16));
    }
    let pretty = filled.run("events show 2").stdout;
    assert!(pretty.contains("Ana c2"), "{pretty}");
}

#[test]
fn an_event_is_retried_and_says_so_in_a_line() {
    let filled = Filled::new();
    let said = filled.run("events retry 2").stdout;
    assert_eq!(said, format!("event 2 of {WATCH} (contact c2) is ready to be handled once more\n"));
    assert_eq!(filled.state(2), "ready");
    assert_eq!(filled.ids("events retry 1 3"), [1, 3]);
    assert_eq!((filled.state(1), filled.state(3)), ("ready", "ready"));
}

#[test]
fn an_event_is_dropped_and_one_that_cannot_be_is_told() {
    let filled = Filled::new();
    let ran = filled.program("events drop 5 1").run().code(2);
    let ran = ran.says(&["event 1 is done, and cannot be dropped"]);
    assert!(ran.stdout.starts_with("event 5 of"), "what could be done is: {}", ran.stdout);
    assert_eq!((filled.state(5), filled.state(1)), ("dropped", "done"));
    filled
        .program("events retry 4")
        .run()
        .code(2)
        .says(&["event 4 is ready, and cannot be retried"]);
}

#[test]
fn all_that_is_dead_is_retried_or_dropped_at_once() {
    let filled = Filled::new();
    assert_eq!(filled.ids("dead retry --all --watch leads.new_contacts"), [2, 3]);
    assert_eq!(filled.state(2), "ready");
    assert_eq!(filled.run("dead drop --all").stdout, "no event is dead\n");
    assert_eq!(filled.run("dead drop --all -o json").stdout, "[]\n");
    assert_eq!((filled.state(4), filled.state(5)), ("ready", "pending"), "others are not touched");
    let filled = Filled::new();
    assert_eq!(filled.run("dead drop --all").stdout.lines().count(), 2);
    assert_eq!(filled.state(3), "dropped");
}
