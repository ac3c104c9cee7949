//! The filters are those of scripts, and what makes no sense is said before anything is sent.

use serde_json::Value;

use crate::support::{Account, Program};

/// The ids that these options give, and those of the contacts for which `matches` holds.
#[track_caller]
fn compare(account: &Account, options: &[&str], matches: impl Fn(&Value) -> bool) {
    let fixed = ["export", "--format", "ndjson"];
    let ran = account.program(&[&fixed, options].concat()).run().code(0);
    let snapshot = account.snapshot();
    let parsed = |json: &String| matches(&serde_json::from_str(json).unwrap());
    let expected: Vec<_> = snapshot.iter().filter(|json| parsed(json)).collect();
    assert_eq!(ran.stdout.lines().collect::<Vec<_>>(), expected, "{options:?}");
    assert!(!expected.is_empty() && expected.len() < snapshot.len(), "{options:?} chooses nothing");
}

#[test]
fn every_filter_chooses_what_it_says() {
    let account = Account::start();
    let field = |name: &'static str, value: &'static str| move |row: &Value| row[name] == value;
    compare(&account, &["--status", "new"], field("status", "NEW"));
    let site = "5e8f0a1b2c3d4e5f60718301";
    compare(&account, &["--website-id", site], field("websiteId", site));
    compare(&account, &["--website_id", site], field("websiteId", site));
    compare(&account, &["--assigned-to", "unassigned"], field("assignedTo", "UNASSIGNED"));
    let created = |row: &Value| row["creationDate"].as_str().unwrap_or_default().to_owned();
    compare(&account, &["--since", "2026-03-01"], |row| *"2026-03-01" <= *created(row));
    compare(&account, &["--until", "2026-03-01"], |row| *created(row) < *"2026-03-02");
    let newest: Value = serde_json::from_str(&account.snapshot()[6]).unwrap();
    compare(&account, &["--limit", "7"], |row| *created(&newest) <= *created(row));
    let both = ["--status", "NEW", "--website-id", site, "--concurrency", "1"];
    compare(&account, &both, |row| row["status"] == "NEW" && row["websiteId"] == site);
}

#[test]
fn what_makes_no_sense_is_said_before_anything_is_asked_of_the_api() {
    let account = Account::start();
    for (options, words) in [
        (
            &["--status", "NWE"][..],
            &["status must be one of", "hint:", "did you mean \"NEW\"?"][..],
        ),
        (&["--since", "soonish"], &["since: \"soonish\" is not a date", "hint:", "2026-05-07"]),
        (
            &["--since", "2026-05-07", "--until", "2026-05-06"],
            &["--since is after --until", "hint:"],
        ),
        (&["--limit", "-3"], &["limit must be a whole number", "not -3"]),
        (&["--limit", "few"], &["limit must be a whole number", "not \"few\""]),
        (&["--statsu", "NEW"], &["--statsu", "--status"]),
        (&["--format", "xml"], &["xml", "parquet"]),
        (&["--concurrency", "0"], &["--concurrency"]),
        (&["--delimiter", "ab"], &["--delimiter", "one character"]),
        (&["--delimiter", "\""], &["--delimiter"]),
        (&["--delimiter", ";", "--format", "json"], &["means nothing for json", "hint:"]),
        (
            &["-O", "contacts.csv.gz"],
            &["\"gz\" is no format", "csv, json, ndjson, parquet", "--format"],
        ),
        (&["-O", "contacts.parq"], &["\"parq\" is no format", "--format"]),
        (&["-O", "contacts.xlsx"], &["spreadsheet", "hint:", "contacts.csv"]),
        (&["-O", "contacts.cvs"], &["\"cvs\"", "hint:", "did you mean \"csv\"?"]),
        (&["-O", "gone/contacts.csv"], &["cannot write gone/contacts.csv", "hint:", "folder"]),
        (&["-O", "."], &["cannot write", "folder", "hint:"]),
    ] {
        account.program(&[&["export"], options].concat()).run().code(2).silent().says(words);
    }
    assert_eq!(account.calls(), [""; 0]);
}

#[test]
fn the_account_is_chosen_as_for_scripts() {
    let ran = Program::new(&["export", "--emulator=7", "--fields", "id"]).run().code(0);
    assert_eq!(ran.stdout.lines().count(), 8);
    Program::new(&["export"]).run().code(3).silent().says(&["no API key", "hint:", "--emulator"]);
    Program::new(&["export", "--profile", "gone"]).run().code(2).silent().says(&["\"gone\""]);
    let account = Account::start();
    let user = format!(
        "[profiles.shop]\nbase_url = \"{}\"\napi_key = \"{}\"\n",
        account.emulator.base_url(),
        account.emulator.api_key()
    );
    let program = Program::new(&["export", "--profile", "shop", "--limit", "2"]);
    let ran = program.file(".config/cliengo/config.toml", user).run().code(0);
    ran.says(&["2 contacts written ("]);
}
