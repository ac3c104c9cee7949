//! CSV opens right in a spreadsheet, and nothing in it runs.

use crate::rows::{Folder, export_to, odd_account, table};
use crate::support::Account;

const MARK: &str = "\u{feff}";

/// The cell of the contact with this id.
fn cell(rows: &[Vec<String>], header: &[String], id: &str, name: &str) -> String {
    let column = header.iter().position(|own| own == name).unwrap();
    rows.iter().find(|row| row[0] == id).unwrap()[column].clone()
}

#[test]
fn a_file_says_that_it_is_utf_8_and_a_stream_does_not() {
    let (account, folder) = (Account::start(), Folder::new());
    export_to(&account, &folder.path("a.csv"), &[]).code(0);
    let text = std::fs::read_to_string(folder.path("a.csv")).unwrap();
    let stream = account.program(&["export", "-O", "-"]).run().code(0).stdout;
    assert_eq!(text, format!("{MARK}{stream}"));
    assert!(stream.starts_with("id,") && stream.contains('ñ'));
}

#[test]
fn what_a_spreadsheet_would_run_is_disarmed_and_a_phone_number_is_not() {
    let text = odd_account().program(&["export", "--fields", "id,name,lastName,phone,=cmd"]).run();
    let (header, rows) = table(&text.code(0).stdout, b',');
    assert_eq!(header[4], "'=cmd");
    let odd = |name: &str| cell(&rows, &header, "6a00000000000000000000a1", name);
    assert_eq!(odd("name"), "'=HYPERLINK(\"http://evil.test\",\"x\")");
    assert_eq!(odd("lastName"), "'@SUM(A1)");
    assert_eq!(odd("phone"), "+54 9 11 5555-0001");
    assert_eq!(odd("'=cmd"), "'-2+3+cmd|' /C calc'!A0");
}

#[test]
fn quotes_separators_lines_and_emoji_stay_and_control_characters_are_shown() {
    for (options, delimiter) in [
        (&["export"][..], b','),
        (&["export", "--delimiter", ";"], b';'),
        (&["export", "--delimiter", "tab"], b'\t'),
    ] {
        let text = odd_account().program(options).run().code(0).stdout;
        let (header, rows) = table(&text, delimiter);
        let odd = |name: &str| cell(&rows, &header, "6a00000000000000000000a1", name);
        assert_eq!(odd("email"), "a;b,\"c\"");
        assert_eq!(odd("message"), "línea 1\r\nlínea 2\tñandú 👩🏽‍🚀");
        assert_eq!(odd("subStatus"), "bell ␇ nul ␀ escape ␛[2J");
        let seeded = |name: &str| cell(&rows, &header, crate::support::SEEDED, name);
        assert_eq!(seeded("lastName"), "O'Neill \"Ñandú\"");
    }
}
