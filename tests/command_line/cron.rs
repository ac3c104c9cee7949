//! `cliengo cron`

use serde_json::json;

use crate::support::{Program, Ran};

fn cron(arguments: &[&str]) -> Ran {
    Program::new(&[&["cron"], arguments].concat()).run()
}

#[test]
fn it_gives_the_next_times_with_the_offset_of_the_zone() {
    let ran = cron(&[
        "0 0 * * *",
        "--tz",
        "America/Santiago",
        "--from",
        "2026-09-04T12:00:00Z",
        "-n",
        "3",
        "-o",
        "json",
    ]);
    let expected = json!([
        "2026-09-05T00:00:00-04:00",
        "2026-09-06T01:00:00-03:00",
        "2026-09-07T00:00:00-03:00",
    ]);
    assert_eq!(ran.json(), expected);
    assert_eq!(ran.stderr, "");
}

#[test]
fn it_gives_five_times_in_utc_unless_told_whatever_the_machine_is_set_to() {
    let ran =
        Program::new(&["cron", "@hourly", "-o", "json", "--from", "2026-05-07T10:00:00-03:00"])
            .variable("TZ", "America/Bogota")
            .run();
    let hours = (14..19).map(|hour| format!("2026-05-07T{hour}:00:00Z")).collect::<Vec<_>>();
    assert_eq!(ran.json(), json!(hours));
}

#[test]
fn people_see_what_it_means_in_which_zone_and_the_weekdays() {
    let from = ["--from", "2026-05-07T10:00:00Z", "-n", "2"];
    let ran = cron(&[&["30 9 * * mon-fri", "--tz", "america/bogota"][..], &from].concat()).code(0);
    let expected = "At 09:30 on Monday to Friday (America/Bogota)\n\n\
                    Thu 2026-05-07 09:30:00 -05:00\nFri 2026-05-08 09:30:00 -05:00\n";
    assert_eq!(ran.stdout, expected);
    let ran = cron(&[&["*/15 * * * *"][..], &from].concat()).code(0);
    assert!(ran.stdout.starts_with("Every 15 minutes (UTC)\n\nThu 2026-05-07 10:15:00 +00:00\n"));
}

#[test]
fn an_expression_zone_or_date_that_cannot_be_right_exits_with_2_and_says_why() {
    cron(&["0 25 * * *"]).code(2).silent().says(&["the hour cannot be \"25\"", "hint:", "0 to 23"]);
    cron(&["0 0 30 2 *"]).code(2).silent().says(&["\"0 0 30 2 *\" never comes", "hint:"]);
    cron(&["* * *"]).code(2).silent().says(&["has 3 fields where cron has 5", "hint:"]);
    cron(&["@dayly"]).code(2).silent().says(&["did you mean \"@daily\"?"]);
    let ran = cron(&["@daily", "--tz", "America/Santigo", "-o", "json"]).code(2).silent();
    ran.says(&["no time zone \"America/Santigo\"", "did you mean \"America/Santiago\"?"]);
    for date in ["tomorrow", "2026-05-07", "2026-05-07T10:00:00"] {
        cron(&["@daily", "--from", date]).code(2).silent().says(&["--from cannot be", "hint:"]);
    }
    cron(&["@daily", "-n", "0"]).code(2).silent();
    cron(&[]).code(2).silent();
}
