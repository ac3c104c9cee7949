//! Files as people save them, and what an import says of those it cannot take.

use crate::import::{Desk, SITE};

/// The import is refused before anything is sent, with these words.
#[track_caller]
fn refused(text: impl AsRef<[u8]>, options: &[&str], words: &[&str]) {
    let desk = Desk::new();
    desk.leads_of_site(text, options).code(2).silent().says(words);
    assert!(desk.account.calls().is_empty(), "{:?}", desk.account.calls());
    assert!(!desk.path("leads.refused.csv").exists());
}

#[test]
fn a_file_that_is_no_table_is_refused_whole() {
    refused(b"name\nAna\nJos\xe9\n", &[], &["leads.csv: line 3 is not UTF-8", "\"CSV UTF-8\""]);
    refused(b"\xff\xfen\0a\0m\0e\0", &[], &["line 1 is not UTF-8", "\"CSV UTF-8\""]);
    refused("", &[], &["leads.csv: the file is empty"]);
    refused("name\n\"Ana\nLeo\nZoe\n", &[], &["line 2 is never closed"]);
    let desk = Desk::new();
    desk.import("none.csv", &[]).run().code(2).says(&["error: cannot read", "none.csv"]);
}

#[test]
fn a_column_that_is_no_field_says_what_to_write() {
    let map = ["--map", "Correo=emial"];
    for (text, options, words) in [
        ("emial\na@b.co\n", &[][..], &["column \"emial\"", "--map \"emial=email\""][..]),
        ("Correo\na@b.co\n", &[], &["column \"Correo\"", "--map \"Correo=\" to leave it out"]),
        ("Correo\na@b.co\n", &map, &["no field \"emial\"", "did you mean \"email\"?"]),
        ("name\nAna\n", &["--map", "nmae=name"], &["no column \"nmae\"", "did you mean \"name\"?"]),
        ("name\nAna\n", &["--map", "name"], &["--map needs an =", "--map COLUMN=FIELD"]),
        ("name\nAna\n", &["--set", "stauts=NEW"], &["no field \"stauts\"", "\"status\""]),
        ("name\nAna\n", &["--set", "status=CLEINT"], &["status must be one of", "\"CLIENT\""]),
        ("name\nAna\n", &["--set", "name=Leo"], &["name is set, and a column too"]),
        ("name\nAna\n", &["--upsert", "email"], &["no column is the email", "COLUMN=email"]),
        ("name;Name\nAna;Leo\n", &[], &["\"name\" and \"Name\" are the same field"]),
    ] {
        refused(text, options, words);
    }
    refused("name\nAna\n", &["--upsert", "name"], &["invalid value 'name'"]);
}

#[test]
fn tables_of_every_make_come_in() {
    let site = format!("websiteId={SITE}");
    for (text, options) in [
        ("name,email\nAna,a@b.co\n", &[][..]),
        ("name;email\r\nAna;a@b.co\r\n", &[]),
        ("\u{feff}name\temail\nAna\ta@b.co", &[]),
        ("sep=;\r\nname;email\r\nAna;a@b.co\r\n;\r\n\r\n", &[]),
        ("NAME|Email\nAna|a@b.co\n", &["--delimiter", "|"]),
        ("name,email,,\n\"Ana\",\"a@b.co\",,,,\n", &[]),
        ("name,email,phone\nAna,a@b.co\n", &[]),
    ] {
        let desk = Desk::new();
        let ran = desk.leads(text, &[options, &["--set", &site]].concat()).code(0);
        assert_eq!(ran.stdout, "created 1\n", "{text:?}: {ran:?}");
        let made = &desk.made()[0];
        assert_eq!((&made["name"], &made["email"]), (&"Ana".into(), &"a@b.co".into()), "{text:?}");
    }
    assert_eq!(Desk::new().leads_of_site("name,email\n", &[]).code(0).stdout, "created 0\n");
}

#[test]
fn a_phone_number_that_a_spreadsheet_cut_is_refused() {
    let desk = Desk::new();
    let csv = "phone\n5.49116E+12\n\"5,49116E+12\"\n+54 9 11 5555-0001\n";
    let ran = desk.leads_of_site(csv, &[]).code(1);
    assert!(ran.stdout.starts_with("created 1, refused 2 "), "{ran:?}");
    assert!(
        desk.read("leads.refused.csv")
            .contains("a spreadsheet cut the phone number to 5.49116E+12")
    );
}
