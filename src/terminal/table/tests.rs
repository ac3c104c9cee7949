//! Tables as a person sees them.

use serde_json::{Value, json};

use super::{table, table_of};
use crate::terminal::{Paint, View};

const ACCOUNT: &str = "5e8f0a1b2c3d4e5f60718290";

fn at(width: usize) -> View {
    View { width: Some(width), ..View::PLAIN }
}

fn contacts() -> Vec<Value> {
    let contact = |digit: char, name: &str, last: &str, phone: Value, status: &str| {
        json!({
            "id": format!("6b079470faf7e95b9a00138{digit}"), "name": name, "lastName": last,
            "phone": phone, "email": format!("{}@mail.test", name.to_lowercase()), "status": status,
            "assignedTo": "UNASSIGNED", "websiteName": "Autos del Ñandú", "rating": 5,
            "accountId": ACCOUNT, "message": "Hola\n¿cuánto sale? 🙏", "tags": [],
            "creationDate": "2026-11-26T02:07:44.912Z",
        })
    };
    vec![
        contact('1', "Maximiliano", "Fernández de la Vega", json!("+54 9 11 5555-0001"), "NEW"),
        contact('2', "Thaís", "", Value::Null, "LONG_TERM"),
    ]
}

/// The lines as they are, so that a test shows the table.
#[track_caller]
fn shows(text: &str, lines: &[&str]) {
    assert_eq!(text, lines.join("\n") + "\n", "\n{text}");
}

#[test]
fn a_narrow_terminal_gets_the_name_and_the_phone() {
    shows(
        &table(&contacts(), 2, 0, &at(40)),
        &[
            "name                  phone",
            "Maximiliano Fernánd…  +54 9 11 5555-0001",
            "Thaís",
            "+ 9 columns: id, email, status, rating,…",
            "",
            "2 contacts",
        ],
    );
}

#[test]
fn a_usual_terminal_gets_what_a_salesperson_asks_for_first() {
    shows(
        &table(&contacts(), 2, 0, &at(80)),
        &[
            "name                        phone               email                  status",
            "Maximiliano Fernández de…   +54 9 11 5555-0001  maximiliano@mail.test  NEW",
            "Thaís                                           thaís@mail.test        LONG_TERM",
            "+ 7 columns: id, rating, message, assignedTo, websiteName, accountId, creationD…",
            "",
            "2 contacts",
        ],
    );
}

#[test]
fn a_wide_terminal_gets_more_columns_in_the_order_of_reading() {
    let shown = table(&contacts(), 2, 0, &at(120));
    let header: Vec<_> = shown.lines().next().unwrap().split_whitespace().collect();
    let names = ["name", "phone", "email", "status", "assignedTo", "websiteName", "creationDate"];
    assert_eq!(header, names);
    assert!(shown.contains("UNASSIGNED  Autos del Ñandú  2026-11-26 02:07\n"), "{shown}");
    let all = table(&contacts(), 2, 0, &at(300));
    assert!(all.contains("Autos del Ñandú  2026-11-26 02:07  6b079470faf7e95b9a001381\n"), "{all}");
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in 1..200 {
        for row in
            table(&contacts(), 2, 0, &at(width)).lines().filter(|it| !it.contains("contacts"))
        {
            assert!(crate::terminal::text::width(row) <= width, "{width}: {row}");
        }
    }
}

#[test]
fn without_a_terminal_values_are_as_the_api_gives_them() {
    let shown = table(&contacts(), 2, 0, &View::PLAIN);
    let header: Vec<_> = shown.lines().next().unwrap().split_whitespace().collect();
    let plain =
        ["id", "name", "lastName", "email", "phone", "status", "assignedTo", "creationDate"];
    assert_eq!(header, plain);
    assert!(shown.contains("2026-11-26T02:07:44.912Z") && !shown.contains("columns"), "{shown}");
}

#[test]
fn wide_letters_and_accents_stay_below_each_other() {
    let rows = [
        json!({ "name": "漢字", "n": 1 }),
        json!({ "name": "👩🏽‍🚀 Ana", "n": 22.5 }),
        json!({ "name": "José\u{301}", "n": -3 }),
    ];
    shows(
        &table(&rows, 3, 0, &at(80)),
        &["name       n", "漢字       1", "👩🏽‍🚀 Ana  22.5", "José\u{301}      -3", "", "3 rows"],
    );
}

#[test]
fn a_cell_holds_no_line_and_no_command_for_the_terminal() {
    let rows = [json!({ "note": "uno\r\ndos\ttres \u{1b}[2J", "a\u{7}": [1] })];
    shows(
        &table(&rows, 1, 0, &at(80)),
        &["note                    a\\u{7}", "uno dos tres \\u{1b}[2J  [1]", "", "1 row"],
    );
}

#[test]
fn a_piece_of_a_list_says_which_rows_it_is_and_how_to_see_the_others() {
    let rows: Vec<Value> = contacts().into_iter().cycle().take(30).collect();
    let view = View { rows: 20, more: Some(".more"), ..at(80) };
    let last = |text: String| text.lines().last().unwrap().to_owned();
    let first = last(table(&rows, 5_000, 0, &view));
    assert_eq!(first, "rows 1–20 of 5,000 contacts · … 4,980 more (.more)");
    let end = last(table(&rows, 5_000, 4_980, &view));
    assert_eq!(end, "rows 4,981–5,000 of 5,000 contacts");
    let numbers: Vec<Value> = (1..=3).map(Value::from).collect();
    shows(
        &table(&numbers, 1_000, 0, &View { rows: 2, ..at(80) }),
        &["1", "2", "", "rows 1–2 of 1,000 · … 998 more"],
    );
}

#[test]
fn columns_without_a_value_have_no_room_and_ids_go_first() {
    let rows = [json!({ "a": "word", "b": null, "c": ACCOUNT, "d": "x".repeat(50) })];
    shows(
        &table(&rows, 1, 0, &at(30)),
        &["a     d", "word  xxxxxxxxxxxxxxxxxxxxxxx…", "+ 1 column: c", "", "1 row"],
    );
}

#[test]
fn rows_of_ours_keep_their_first_column_whole() {
    let rows = [json!({ "id": "new_contacts_of_the_site", "state": "x".repeat(60), "z": 1 })];
    shows(
        &table_of(&rows, &["id", "state", "z"], &at(50)),
        &[
            "id                        state                  z",
            "new_contacts_of_the_site  xxxxxxxxxxxxxxxxxxxx…  1",
            "",
            "1 row",
        ],
    );
}

#[test]
fn colours_take_no_room() {
    let view = View { paint: Paint { on: true }, ..at(80) };
    let rows = [json!({ "n": 1, "status": "NEW", "x": null }), json!({ "n": 20, "z": true })];
    shows(
        &table(&rows, 2, 0, &view),
        &[
            "\x1b[1mstatus\x1b[0m   \x1b[1mn\x1b[0m  \x1b[1mz\x1b[0m",
            "\x1b[32mNEW\x1b[0m      \x1b[33m1\x1b[0m",
            "        \x1b[33m20\x1b[0m  \x1b[35mtrue\x1b[0m",
            "",
            "2 rows",
        ],
    );
}
