//! `cliengo watches`.

use cliengo::store::{Pause, Store};

use crate::filled::{Filled, WATCH, at};

#[test]
fn a_watch_is_listed_with_the_numbers_of_its_events() {
    let filled = Filled::new();
    let rows = filled.json("watches");
    let row = &rows[0];
    assert_eq!(
        (&row["id"], &row["kind"], &row["state"]),
        (&WATCH.into(), &"new_contacts".into(), &"active".into())
    );
    for (state, count) in [("pending", 1), ("ready", 1), ("done", 1), ("dead", 2), ("retry", 0)] {
        assert_eq!(row[state], count, "{state}");
    }
    assert_eq!(row["last_poll"], "2023-11-14T22:14:10Z");
    let pretty = filled.run("watches").stdout;
    assert!(pretty.starts_with("id ") && pretty.ends_with("1 row\n"), "{pretty}");
    let csv = filled.run("watches -o csv").stdout;
    assert!(
        csv.starts_with("id,kind,state,pending,ready,retry,dead,last_poll,last_error,"),
        "{csv}"
    );
}

#[test]
fn a_watch_is_shown_whole() {
    let filled = Filled::new();
    let watch = filled.json(&format!("watches show {WATCH}"));
    assert_eq!(watch["definition"]["limit"], 10);
    assert_eq!((&watch["cursor"]["mark"], &watch["malformed"]), (&5.into(), &2.into()));
    assert_eq!((&watch["generation"], &watch["pause"]), (&1.into(), &serde_json::Value::Null));
}

#[test]
fn a_paused_watch_says_why_and_how_to_go_on() {
    let filled = Filled::new();
    let reason = "the API refused the key".to_owned();
    let pause = Pause { at: at(60), reason, until_restart: true };
    filled.store.pause_watch(WATCH, Some(&pause)).unwrap();
    for line in ["watches".to_owned(), format!("watches show {WATCH}")] {
        let ran = filled.run(&line);
        let ran = ran.says(&[
            "the API refused the key",
            "cliengo watches resume leads.new_contacts",
            "start its script again",
        ]);
        assert!(ran.stdout.contains("paused"));
    }
    let row = &filled.json("watches")[0];
    assert_eq!((&row["state"], &row["pause"]["until_restart"]), (&"paused".into(), &true.into()));
    assert_eq!(row["pause"]["reason"], "the API refused the key");
}

#[test]
fn a_watch_is_paused_and_goes_on() {
    let filled = Filled::new();
    let pause = || filled.store.watch(WATCH).unwrap().unwrap().pause;
    let said = filled.run(&format!("watches pause {WATCH} --reason holidays")).stdout;
    assert!(said.contains("is paused") && said.lines().count() == 1, "{said}");
    let paused = pause().unwrap();
    assert_eq!((paused.reason.as_str(), paused.until_restart), ("holidays", false));
    let said = filled.run(&format!("watches resume {WATCH}")).stdout;
    assert!(said.contains("goes on") && said.contains("holidays"), "{said}");
    assert_eq!(pause(), None);
    assert!(filled.run(&format!("watches resume {WATCH}")).stdout.contains("was not paused"));
    let rows = filled.json(&format!("watches pause {WATCH}"));
    assert_eq!(rows[0]["id"], WATCH);
    assert_eq!(pause().unwrap().reason, "by hand");
}

#[test]
fn a_removed_watch_is_gone_with_its_events() {
    let filled = Filled::new();
    let said = filled.run(&format!("watches remove {WATCH}")).stdout;
    assert!(said.contains("forgotten") && said.contains("5 events"), "{said}");
    assert!(filled.ids("watches").is_empty() && filled.ids("events").is_empty());
    assert_eq!(filled.ids("runs").len(), 3);
}
