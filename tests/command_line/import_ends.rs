//! How an import ends: what the report holds, and that nothing is done twice blindly.

use serde_json::{Value, json};

use crate::import::Desk;
use crate::support::never_answered;

/// So many rows, `Row 2` on line 2.
fn rows(count: usize) -> String {
    let rows: String = (2..count + 2).map(|line| format!("Row {line}\n")).collect();
    format!("name\n{rows}")
}

fn posts(desk: &Desk) -> usize {
    desk.account.calls().iter().filter(|call| call.starts_with("POST")).count()
}

#[test]
fn refused_rows_come_back_as_they_were_and_go_in_once_mended() {
    let desk = Desk::new();
    let csv = "\u{feff}Nombre;rating;Notas\nAna;5;x\n\"Leo;\n\"\"P\"\"\";9;'=y\nZoe;1;z;too much\n";
    let map = ["--map", "Nombre=name", "--map", "Notas="];
    let ran = desk.leads_of_site(csv, &map).code(1);
    let report = desk.path("leads.refused.csv");
    assert_eq!(ran.stdout, format!("created 1, refused 2 (see {})\n", report.display()));
    let text = desk.read("leads.refused.csv");
    let expected = "\u{feff}Nombre;rating;Notas;line;error\n\
        \"Leo;\n\"\"P\"\"\";9;'=y;3;refused: rating must be a whole number from 0 to 5, not 9\n\
        Zoe;1;z;5;refused: the row has 4 cells, and the header 3 (put a cell with a delimiter in quotes)\n";
    assert_eq!(text, expected);

    let ran = desk.leads_of_site(text.replace(";9;", ";4;"), &map).code(0);
    assert_eq!((ran.stdout.as_str(), desk.made().len()), ("created 2\n", 3));
    let names: Vec<_> = desk.made().iter().map(|it| it["name"].clone()).collect();
    assert!(names.contains(&json!("Leo;\n\"P\"")), "{names:?}");
}

#[test]
fn a_row_whose_outcome_is_unknown_is_not_created_again() {
    let desk = Desk::new();
    let lost = json!({ "kind": "drop_after" });
    desk.account.fault(json!({ "route": "POST /contacts", "nth": [2], "fault": lost }));
    let ran =
        desk.leads_of_site("name,email\nA,a@b.co\nB,b@b.co\nC,c@b.co\n", &["--concurrency", "1"]);
    assert!(ran.code(1).stdout.starts_with("created 2, outcome unknown 1 (see "));
    let text = desk.read("leads.refused.csv");
    assert!(text.contains("B,b@b.co,3,outcome unknown: "), "{text}");
    assert_eq!((posts(&desk), desk.made().len()), (3, 3));

    // The same rows once more: they may be there already.
    let ran = desk.leads_of_site(&text, &[]).code(1);
    assert!(ran.stdout.starts_with("refused 1 "), "{ran:?}");
    assert!(desk.read("leads.refused.csv").contains("may have created this contact already"));
    assert_eq!(posts(&desk), 3);
    // The mark stays however often the report itself is imported, and whatever stops it.
    let mut again = text.clone();
    for round in 0..3 {
        desk.leads_of_site(&again, &[]).code(1);
        again = desk.read("leads.refused.csv");
        assert!(again.contains("B,b@b.co,2,\"outcome unknown: "), "{again}");
        if round == 0 {
            let no = json!({ "kind": "status", "code": 400, "body": { "message": "not today" } });
            desk.account.fault(json!({ "route": "PATCH /contacts/:id", "nth": [1], "fault": no }));
            desk.leads_of_site(&again, &["--upsert", "email"]).code(1);
            again = desk.read("leads.refused.csv");
            assert!(again.contains("outcome unknown: failed: not today (400)"), "{again}");
        }
    }
    assert_eq!(posts(&desk), 3);
    // Whoever looks first finds it.
    let ran = desk.leads_of_site(&text, &["--upsert", "email"]).code(0);
    assert_eq!((ran.stdout.as_str(), desk.made().len()), ("updated 1\n", 3));
}

#[test]
fn a_contact_that_lacks_some_fields_is_told_from_one_that_is_not_there() {
    let desk = Desk::new();
    let no = json!({ "kind": "status", "code": 400, "body": { "message": "not today" } });
    desk.account.fault(json!({ "route": "PATCH /contacts/:id", "fault": no }));
    let ran = desk.leads_of_site("name,rating\nAna,5\nLeo,\n", &[]).code(1);
    assert!(ran.stdout.starts_with("created 1, created in part 1 (see "), "{ran:?}");
    let text = desk.read("leads.refused.csv");
    assert!(text.contains("created in part: the contact "), "{text}");
    assert!(text.contains(" was created, but rating could not be set: not today (400)"), "{text}");
    desk.leads_of_site(text, &[]).code(1);
    assert_eq!(desk.made().len(), 2);
}

#[test]
fn a_row_that_was_written_but_could_not_be_read_is_no_failure() {
    let desk = Desk::new();
    desk.leads_of_site("name,email\nAna,a@b.co\n", &[]).code(0);
    let short = json!({ "kind": "wrong_shape", "body": {} });
    desk.account.fault(json!({ "route": "PATCH /contacts/:id", "fault": short }));
    let no = json!({ "kind": "status", "code": 404 });
    desk.account.fault(json!({ "route": "GET /contacts/:id", "fault": no }));
    let csv = "name,email\nAna María,a@b.co\n";
    let ran = desk.leads_of_site(csv, &["--upsert", "email"]).code(0);
    assert_eq!((ran.stdout.as_str(), posts(&desk)), ("updated 1\n", 1));
    assert_eq!(desk.made()[0]["name"], "Ana María");
}

#[test]
fn a_row_whose_answer_cannot_be_read_is_unknown() {
    let desk = Desk::new();
    let huge = json!({ "kind": "oversized", "bytes": 40 << 20 });
    desk.account.fault(json!({ "route": "POST /contacts", "fault": huge }));
    let ran = desk.leads_of_site("name\nAna\n", &[]).code(1);
    assert!(ran.stdout.starts_with("outcome unknown 1 (see "), "{ran:?}");
}

#[test]
fn a_report_never_takes_the_place_of_the_file() {
    let desk = Desk::new();
    desk.save("leads.csv", "name,rating\nAna,9\n");
    let beside = desk.path("../").join(desk.path("").file_name().unwrap()).join("leads.csv");
    for report in [desk.path("leads.csv"), beside] {
        let ran =
            desk.leads_of_site("name,rating\nAna,9\n", &["--report", report.to_str().unwrap()]);
        ran.code(2).silent().says(&["is the file to import", "--report"]);
    }
    assert_eq!(desk.read("leads.csv"), "name,rating\nAna,9\n");
    assert_eq!(desk.writes(), 0);
}

#[test]
fn a_refused_key_ends_the_import_at_once() {
    let desk = Desk::new();
    let no = json!({ "kind": "status", "code": 401 });
    desk.account.fault(json!({ "route": "POST /contacts", "nth": [4], "fault": no }));
    let options = ["--concurrency", "1", "-o", "json"];
    let ran = desk.leads_of_site(rows(30), &options).code(3).says(&["error: ", "CLIENGO_API_KEY"]);
    let summary: Value = serde_json::from_str(&ran.stdout).unwrap();
    let counts = ["created", "failed", "not_attempted"].map(|name| summary[name].as_u64());
    assert_eq!((counts, posts(&desk)), ([Some(3), Some(1), Some(26)], 4));
    let text = desk.read("leads.refused.csv");
    assert!(text.contains("Row 31,31,not attempted: the API refused the key"), "{text}");
    // With the key in order again the rest goes in.
    let ran = desk.leads_of_site(text, &["--concurrency", "1"]);
    assert_eq!((ran.code(0).stdout.as_str(), desk.made().len()), ("created 27\n", 30));
}

#[test]
fn an_api_that_is_down_ends_the_import_early() {
    let desk = Desk::new();
    desk.save("leads.csv", rows(500));
    let site = format!("websiteId={}", crate::import::SITE);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let program = desk.import("leads.csv", &["--set", &site]);
    let ran = program.variable("CLIENGO_BASE_URL", &format!("http://{nobody}/1.0")).run().code(4);
    assert!(ran.stdout.starts_with("failed 4, not attempted 496 (see "), "{ran:?}");
    ran.says(&["error: ", "call: POST /contacts"]);
    assert!(desk.read("leads.refused.csv").contains("not attempted: the API could not be reached"));

    // One that was there, and is no more, is given up once more is lost than was under way at once.
    let lost = json!({ "kind": "drop_after" });
    let numbers: Vec<u32> = (10..500).collect();
    desk.account.fault(json!({ "route": "POST /contacts", "nth": numbers, "fault": lost }));
    let ran = desk.leads_of_site(rows(500), &["--concurrency", "2"]).code(4);
    assert!(ran.stdout.starts_with("created 9, outcome unknown "), "{ran:?}");
    assert!(posts(&desk) < 15, "{ran:?}");
}

#[test]
fn a_cancel_lets_rows_under_way_come_to_their_end_and_accounts_for_all() {
    let desk = Desk::new();
    let slow = json!({ "kind": "slow_headers", "ms": 400 });
    let fault = |numbers: Vec<u32>, fault: &Value| json!({ "route": "POST /contacts", "nth": numbers, "fault": fault });
    desk.account.fault(fault((11..=40).collect(), &slow));
    desk.save("leads.csv", rows(40));
    let site = format!("websiteId={}", crate::import::SITE);
    let options = ["--set", &site, "--concurrency", "3"];
    for name in ["INT", "TERM", "HUP"] {
        let running = desk.import("leads.csv", &options).start();
        desk.account.wait_until_fired(3);
        running.signal(name);
        let ran = running.end().code(130).says(&["stopping:", "error: the import was cancelled"]);
        let (made, sent) = (desk.made().len(), posts(&desk));
        // All that was sent is there, and told of as there.
        assert_eq!(made, sent, "{ran:?}");
        let summary = format!("created {made}, not attempted {} (see ", 40 - made);
        assert!(ran.stdout.starts_with(&summary) && made < 40, "{ran:?}");
        assert_eq!(desk.read("leads.refused.csv").lines().count(), 41 - made);
        std::fs::remove_file(desk.path("leads.refused.csv")).unwrap();
        desk.account.admin("POST", "/reset", Value::Null);
        desk.account.fault(fault((11..=40).collect(), &slow));
    }
}

#[test]
fn no_more_rows_are_under_way_than_allowed_and_what_never_ends_is_unknown() {
    let desk = Desk::new();
    desk.account.fault(never_answered("POST /contacts"));
    desk.save("leads.csv", rows(20));
    let site = format!("websiteId={}", crate::import::SITE);
    let running = desk.import("leads.csv", &["--set", &site, "--concurrency", "3"]).start();
    desk.account.wait_until_fired(3);
    running.signal("INT");
    let ran = running.end().code(130);
    assert!(ran.stdout.starts_with("outcome unknown 3, not attempted 17 (see "), "{ran:?}");
    assert_eq!(posts(&desk), 3);
    let text = desk.read("leads.refused.csv");
    assert_eq!(text.matches("outcome unknown: the import ended while").count(), 3, "{text}");
}

#[test]
fn a_report_that_cannot_be_written_is_said_before_anything_is_sent() {
    let desk = Desk::new();
    let ran = desk.leads_of_site("name\nAna\n", &["--report", "no/such/folder/r.csv"]);
    ran.code(2).silent().says(&["cannot write no/such/folder/r.csv: its folder is not there\n"]);
    desk.leads_of_site("name\nAna\n", &["--report", "."])
        .code(2)
        .says(&["error: cannot write .: it is a folder", "--report"]);
    assert!(desk.account.calls().is_empty());
}
