//! `--fields` gives exactly these fields in this order.

use crate::rows::{odd_account, row, table};
use crate::support::Account;

const NAMES: &str = "phone,id,geoip.city,website_id,facebookId,leadFields.日本.x,holes";

#[test]
fn the_chosen_fields_come_in_their_order_with_null_where_one_is_absent() {
    let account = odd_account();
    let arguments = ["export", "--format", "ndjson", "--fields", NAMES];
    let ran = account.program(&arguments).run().code(0);
    assert_eq!(ran.stdout.lines().count(), account.snapshot().len());
    let expected = "{\"phone\":\"+54 9 11 5555-0001\",\"id\":\"6a0000000000000000000001\",\
                    \"geoip.city\":\"Ushuaia\",\"website_id\":\"5e8f0a1b2c3d4e5f60718301\",\
                    \"facebookId\":2624930455263478640,\"leadFields.日本.x\":null,\
                    \"holes\":[1,null,3]}";
    assert!(ran.stdout.lines().any(|line| line.replace(", ", ",") == expected), "{}", ran.stdout);
    ran.says(&["warning: ", "\"facebookId\"", "warning: ", "\"holes\""]);
}

#[test]
fn csv_has_the_chosen_columns() {
    let account = odd_account();
    let text = account.program(&["export", "--fields", "id,geoip.city", "--fields", "edge"]).run();
    let (header, rows) = table(&text.code(0).stdout, b',');
    assert_eq!(header, ["id", "geoip.city", "edge"]);
    let seeded = rows.iter().find(|row| row[0] == crate::support::SEEDED).unwrap();
    assert_eq!(seeded[1..], ["Ushuaia", "9007199254740993"]);
}

#[test]
fn the_field_extra_is_whatever_else_there_is() {
    let account = odd_account();
    let arguments = ["export", "--fields", "id,extra", "--format", "ndjson"];
    let ran = account.program(&arguments).run().code(0);
    for (line, contact) in ran.stdout.lines().zip(account.snapshot()) {
        let (given, mut contact) = (row(line), row(&contact));
        assert_eq!(Some(&given["id"]), contact.remove("id").as_ref());
        let rest: Vec<String> = contact.into_keys().collect();
        let extra =
            if given["extra"] == "null" { Default::default() } else { row(&given["extra"]) };
        assert_eq!(extra.into_keys().collect::<Vec<_>>(), rest);
    }
}

#[test]
fn a_misspelt_field_is_named_before_anything_is_asked_of_the_api() {
    let account = Account::start();
    for (names, words) in [
        ("id,emial", &["no field \"emial\"", "hint:", "did you mean \"email\"?"][..]),
        ("goip.city", &["no field \"goip\"", "did you mean \"geoip\"?"]),
        ("status.x", &["status is one of NEW", "nothing below it", "hint:", "geoip"]),
        ("id,id", &["the field id is given twice"]),
        ("id,,name", &["no name of a field", "hint:"]),
    ] {
        account.program(&["export", "--fields", names]).run().code(2).silent().says(words);
    }
    assert_eq!(account.calls(), [""; 0]);
}
