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
    let rows = "Leo,x,y\n".repeat(1_000);
    let swallowed = format!("name,message,note\nAna,\"hi,x\n{rows}Zoe,27\" LG,x\nPaz,5\" pipe,x\n");
    refused(swallowed, &[], &["line 2 is not closed"]);
    let swallowed = format!("name,message,note\nAna,\"hi,x\n{rows}Zoe,27\",x\n");
    refused(swallowed, &[], &["line 2 makes one cell of whole rows", "close it, or double it"]);
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
        (
            "name;Name\nAna;Leo\n",
            &[],
            &["\"name\" and \"Name\" are the same field", "--map \"Name=\""],
        ),
        ("name;name\nAna;Leo\n", &[], &["are the same field", "another name in the file"]),
        (
            "emial;name;Correo\na;b;c\n",
            &[],
            &["columns \"emial\", \"Correo\" are", "--map \"emial=email\" --map \"Correo=FIELD\""],
        ),
        ("name,,\nAna,,\nLeo,,x\n", &[], &["column 3 has no name, and line 3", "--map \"=\""]),
        (
            "id;name\n;Ana\n6a00000000000000000000ff;Leo\n",
            &[],
            &["the file has ids", "--upsert id updates", "--map \"id=\" leaves the column out"],
        ),
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

#[test]
fn all_that_is_wrong_with_a_row_is_said_at_once() {
    let desk = Desk::new();
    let ran = desk.leads_of_site("rating,name,status\n9,Ana,CLEINT\n", &[]).code(1);
    assert!(ran.stdout.starts_with("refused 1 "), "{ran:?}");
    let text = desk.read("leads.refused.csv");
    assert!(text.contains("from 0 to 5, not 9; status must be one of"), "{text}");
}

#[test]
fn what_an_update_does_not_take_is_said_once() {
    let desk = Desk::new();
    let csv = "email,last_name,rating,utmSource\na@b.co,Paz,3,x\nc@d.co,Gil,4,y\n";
    let said = "an update leaves these as they are: lastName, utmSource\n";
    for options in [&["--upsert", "email", "--dry-run"][..], &["--upsert", "email"]] {
        let ran = desk.leads_of_site(csv, options).code(0);
        assert_eq!(ran.stderr.matches(said).count(), 1, "{ran:?}");
    }
    for (csv, options) in [(csv, &[][..]), ("email,rating\nnew@b.co,2\n", &["--upsert", "email"])] {
        let ran = desk.leads_of_site(csv, options).code(0);
        assert!(!ran.stderr.contains("leaves these"), "{ran:?}");
    }
}
