//! Where the report of an import goes, and what it never takes the place of.

use crate::import::{Desk, SITE};

const BAD: &str = "name,rating\nAna,9\n";

fn text(path: &std::path::Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_report_never_takes_the_place_of_the_file_that_is_imported() {
    let desk = Desk::new();
    let leads = desk.path("leads.csv");
    std::os::unix::fs::symlink(&leads, desk.path("link.csv")).unwrap();
    for name in ["leads.csv", "link.csv"] {
        let ran = desk.leads_of_site(BAD, &["--report", text(&desk.path(name))]).code(2);
        ran.silent().says(&["is the file to import", "--report"]);
        assert_eq!(desk.read("leads.csv"), BAD);
    }
    assert!(desk.account.calls().is_empty());
}

#[test]
fn a_report_goes_through_a_link_and_into_a_device() {
    let desk = Desk::new();
    desk.save("real.csv", "old");
    std::os::unix::fs::symlink(desk.path("real.csv"), desk.path("link.csv")).unwrap();
    desk.leads_of_site(BAD, &["--report", text(&desk.path("link.csv"))]).code(1);
    assert!(desk.path("link.csv").is_symlink());
    assert!(desk.read("real.csv").starts_with("name,rating,line,error\n"));
    desk.leads_of_site(BAD, &["--report", "/dev/null"]).code(1);
    use std::os::unix::fs::FileTypeExt;
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_report_the_lines_that_are_not_in_are_named() {
    let desk = Desk::new();
    let ran = desk.leads_of_site("name,rating\nAna,9\nLeo,1\nZoe,7\n", &["--report", "/dev/full"]);
    let ran = ran.code(1).says(&["not in: lines 2, 4\n", "error: cannot write /dev/full", "hint:"]);
    assert_eq!(ran.stdout, "created 1, refused 2\n");
    let many = format!("name,rating\n{}", "Ana,9\n".repeat(1_060));
    let ran = desk.leads_of_site(many, &["--report", "/dev/full"]);
    ran.code(1).says(&["not in: lines 2, 3,", ", 51, and 1,010 more"]);
}

#[test]
fn a_report_that_is_there_is_left_alone_and_spoken_of() {
    let desk = Desk::new();
    desk.save("leads.refused.csv", "somebody is at work on this");
    let site = format!("websiteId={SITE}");
    let import = |text| {
        desk.save("leads.csv", text);
        desk.import("leads.csv", &["--set", &site]).run()
    };
    for number in [2, 3] {
        let ran = import(BAD).code(1);
        assert!(ran.stdout.ends_with(&format!("leads.refused.{number}.csv)\n")), "{ran:?}");
    }
    import("name\nAna\n").code(0).says(&["an older ", "leads.refused.3.csv is still there"]);
    assert_eq!(desk.read("leads.refused.csv"), "somebody is at work on this");
}

#[test]
fn what_an_api_says_does_nothing_to_a_terminal() {
    let desk = Desk::new();
    let no = serde_json::json!({ "message": "no\u{1b}[2Jt today" });
    let fault = serde_json::json!({ "kind": "status", "code": 400, "body": no });
    desk.account.fault(serde_json::json!({ "route": "POST /contacts", "fault": fault }));
    desk.leads_of_site("name\nAna\n", &[]).code(1);
    let report = desk.read("leads.refused.csv");
    assert!(report.contains("no␛[2Jt today (400)"), "{report:?}");
}
