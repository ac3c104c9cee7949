//! Each format holds every contact, and of each contact all that the API sent.

use cliengo::schema::CONTACT_FIELDS;
use serde_json::Value;

use crate::rows::{Folder, export_to, odd_account, row, table};
use crate::support::Account;

/// More than the API gives of one query.
fn large_account() -> Account {
    let account = Account::start();
    account.admin("POST", "/reset", serde_json::json!({ "contacts": 1_300 }));
    account
}

#[test]
fn ndjson_is_every_contact_to_the_byte() {
    let account = large_account();
    let ran = account.program(&["export", "--format", "ndjson"]).run().code(0);
    assert_eq!(ran.stdout.lines().collect::<Vec<_>>(), account.snapshot());
    ran.says(&["1,300 contacts written ("]);
}

#[test]
fn json_is_one_document_with_every_contact_to_the_byte() {
    let (account, folder) = (large_account(), Folder::new());
    for name in ["all.json", "all.JSON"] {
        let ran = export_to(&account, &folder.path(name), &[]).code(0).silent();
        ran.says(&["1,300 contacts written to ", name, "MB"]);
        let text = std::fs::read_to_string(folder.path(name)).unwrap();
        assert_eq!(text, format!("[\n{}\n]\n", account.snapshot().join(",\n")));
    }
    let none = account.program(&["export", "--format", "json", "--limit", "0"]).run().code(0);
    assert_eq!(none.stdout, "[]\n");
}

#[test]
fn csv_is_every_contact_with_the_known_fields_first_and_the_rest_as_json() {
    let account = odd_account();
    let text = account.program(&["export"]).run().code(0).stdout;
    let (header, rows) = table(&text, b',');
    let known = CONTACT_FIELDS.iter().filter(|field| field.answered).map(|field| field.name);
    assert_eq!(header, known.chain(["extra"]).collect::<Vec<_>>());
    let snapshot = account.snapshot();
    assert_eq!(rows.len(), snapshot.len());
    for (cells, contact) in rows.iter().zip(&snapshot) {
        let mut contact = row(contact);
        for (name, cell) in header.iter().zip(cells).filter(|(name, _)| *name != "extra") {
            let json = contact.remove(name).unwrap_or_else(|| "null".into());
            let parsed =
                serde_json::from_str::<Value>(&json).unwrap_or_else(|_| json.as_str().into());
            match parsed {
                Value::Null => assert_eq!(cell, ""),
                // What a spreadsheet would run or trip over has a test of its own.
                Value::String(text) if text.starts_with(['=', '@']) => {}
                Value::String(text) if text.contains('\0') => {}
                Value::String(text) => assert_eq!(*cell, text, "{name}"),
                _ => assert_eq!(*cell, json, "{name}"),
            }
        }
        let extra = cells.last().unwrap();
        let extra = if extra.is_empty() { Default::default() } else { row(extra) };
        assert_eq!(extra, contact);
    }
}

#[test]
fn json_of_odd_rows_keeps_every_digit_and_stays_on_its_line() {
    let account = odd_account();
    let ran = account.program(&["export", "--format", "ndjson"]).run().code(0);
    let (lines, snapshot) = (ran.stdout.lines().collect::<Vec<_>>(), account.snapshot());
    assert_eq!(lines.len(), snapshot.len());
    let bare = |json: &str| json.split_whitespace().collect::<String>();
    for (line, contact) in lines.iter().zip(&snapshot) {
        assert_eq!(bare(line), bare(contact));
    }
    for digits in ["18446744073709551617", "9007199254740993", ":1.10,", "-2624930455263478641"] {
        assert!(ran.stdout.contains(digits), "{digits}");
    }
}

#[test]
fn the_extension_says_the_format_unless_the_option_does() {
    let (account, folder) = (Account::start(), Folder::new());
    for (name, options, start) in [
        ("a.csv", &[][..], "\u{feff}id,name,"),
        ("a.ndjson", &[], "{\"id\":"),
        ("a.jsonl", &[], "{\"id\":"),
        ("a.json", &[], "[\n{\"id\":"),
        ("a.parquet", &[], "PAR1"),
        ("a", &[], "\u{feff}id,name,"),
        ("b.csv", &["--format", "ndjson"], "{\"id\":"),
    ] {
        export_to(&account, &folder.path(name), options).code(0).silent();
        let bytes = std::fs::read(folder.path(name)).unwrap();
        assert!(bytes.starts_with(start.as_bytes()), "{name}");
    }
}
