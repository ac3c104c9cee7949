//! `cliengo runs`.

use cliengo::store::{RunKind, RunState, Store};

use crate::filled::{Filled, begun, ended};

#[test]
fn runs_are_listed_newest_first_and_by_what_is_asked() {
    let filled = Filled::new();
    let run = filled.store.begin_run(&begun(RunKind::Schedule, "other.lua")).unwrap();
    assert_eq!(filled.ids("runs"), [4, 3, 2, 1]);
    assert_eq!(filled.ids("runs -n 2"), [4, 3]);
    assert_eq!(filled.ids("runs list --state failed"), [3, 2]);
    assert_eq!(filled.ids("runs --of other.lua"), [run]);
    assert_eq!(filled.ids("runs list --event 1"), [1]);
    let row = &filled.json("runs")[2];
    assert_eq!((&row["event"], &row["attempt"], &row["ms"]), (&2.into(), &1.into(), &2000.into()));
    assert_eq!(row["error"], "the mail server is away");
    assert_eq!(filled.json("runs")[0]["ended"], serde_json::Value::Null);
    filled.run("runs -n 2").says(&["older ones are left out"]);
    assert!(!filled.run("runs -n 4").stderr.contains("left out"));
}

#[test]
fn a_run_is_shown_with_its_log_its_requests_and_its_writes() {
    let filled = Filled::new();
    let run = filled.json("runs show 2");
    assert_eq!((&run["state"], &run["script_hash"]), (&"failed".into(), &"abc123".into()));
    assert_eq!((&run["input"]["contact"], &run["result"]["sent"]), (&"c1".into(), &true.into()));
    assert_eq!(run["log"][0]["message"], "hola\n2");
    assert_eq!(
        (&run["http"][0]["status"], &run["writes"][0]),
        (&200.into(), &"contacts.update c1".into())
    );
    let pretty = filled.run("runs show 2").stdout;
    for words in [
        "error        the mail server is away\n",
        "\nlog (1)\n  2023-11-14T22:15:00Z info hola\n    2\n",
        "\nrequests (1)\n  PUT /contacts/c1 200 12 ms\n",
        "\nwrites (1)\n  contacts.update c1\n",
    ] {
        assert!(pretty.contains(words), "{words:?} in {pretty}");
    }
}

#[test]
fn a_run_that_goes_on_is_shown_as_far_as_it_is() {
    let filled = Filled::new();
    let id = filled.store.begin_run(&begun(RunKind::Schedule, "report.cron")).unwrap();
    let run = filled.json(&format!("runs show {id}"));
    assert_eq!((&run["state"], &run["log"]), (&"running".into(), &serde_json::json!([])));
    filled.run(&format!("runs show {id}"));
    filled.store.end_run(id, &ended(RunState::Done)).unwrap();
    assert_eq!(filled.json(&format!("runs show {id}"))["state"], "done");
}
