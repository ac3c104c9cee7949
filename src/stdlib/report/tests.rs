//! What the functions of the module give.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::stdlib::testing::call;

fn text(function: &str, arguments: Value) -> String {
    let given = call(&format!("report.{function}"), arguments).unwrap();
    given.as_str().unwrap().to_owned()
}

#[test]
fn a_table_has_columns_of_equal_width_and_numbers_at_the_right() {
    let rows = json!([
        { "name": "Ñandú", "rating": 5, "tags": ["vip"] },
        { "name": "日本", "rating": 12.5, "active": true },
        { "name": null },
    ]);
    let expected = "Contacts\n\
                    name   rating  tags     active\n\
                    ─────  ──────  ───────  ──────\n\
                    Ñandú       5  [\"vip\"]\n\
                    日本     12.5           true\n";
    assert_eq!(text("table", json!([rows, { "title": "Contacts" }])), expected);
    let chosen = text("table", json!([rows, { "columns": ["rating", "phone"] }]));
    assert_eq!(chosen, "rating  phone\n──────  ─────\n     5\n  12.5\n");
    assert_eq!(text("table", json!([[["a", 1], ["bc"]]])), "a   1\nbc");
    assert_eq!(text("table", json!([[["a", 1]], { "columns": ["x"] }])), "x\n─  ─\na  1");
    assert_eq!(text("table", json!([[["a", 1], {}, []]])), "a  1\n\n");
    assert_eq!(text("table", json!([[]])), "");
    assert_eq!(text("table", json!([[], { "columns": ["a"] }])), "a\n─");
}

#[test]
fn what_a_contact_typed_moves_no_cursor() {
    for function in ["table", "markdown"] {
        let shown = text(function, json!([[{ "name": "a\u{1b}[2J\r\nb" }]]));
        assert!(shown.contains("a [2J  b") || shown.contains("a \\[2J  b"), "{shown:?}");
    }
    assert!(!text("bars", json!([[["a\u{7}b", 1]]])).contains('\u{7}'));
}

#[test]
fn bars_are_as_long_as_their_numbers() {
    let groups = json!([{ "key": "NEW", "items": [1, 2, 3, 4] }, { "items": [1] }, { "key": "X", "items": [] }]);
    let options = json!({ "label": "key", "value": "items", "width": 4, "title": "By status" });
    assert_eq!(
        text("bars", json!([groups, options])),
        "By status\nNEW  ████  4\n-    █     1\nX          0"
    );
    assert_eq!(
        text("bars", json!([{ "a": 1, "b": 0.13 }, { "width": 1 }])),
        "a  █     1\nb  ▏  0.13"
    );
    assert_eq!(
        text("bars", json!([[["tiny", 0.001], ["huge", 1000]], { "width": 2 }])),
        "tiny  ▏      0\nhuge  ██  1000"
    );
    assert_eq!(text("bars", json!([[]])), "");
    assert_eq!(text("bars", json!([[["none", 0]]])), "none    0");
    for wrong in
        [json!([["a", -1]]), json!([["a"]]), json!([{ "label": "a" }]), json!(["a"]), json!(5)]
    {
        assert!(call("report.bars", json!([wrong])).is_err(), "{wrong}");
    }
}

#[test]
fn markdown_takes_every_value_as_text() {
    let rows = json!([{ "name": "a|b *c* <b> [d](e)", "n": 1 }]);
    let expected = "**Title**\n\n| name | n |\n|---|---:|\n| a\\|b \\*c\\* &lt;b> \\[d\\](e) | 1 |";
    assert_eq!(text("markdown", json!([rows, { "title": "Title" }])), expected);
    assert_eq!(text("markdown", json!([[["a"]]])), "|  |\n|---|\n| a |");
}

fn page() -> Value {
    json!({
        "title": "Leads", "subtitle": "2026-11-25",
        "sections": [
            { "heading": "Totals", "text": "Two\nlines", "table": [{ "status": "NEW", "count": 4 }] },
            { "table": { "rows": [["a", 1]], "columns": ["x", "y"] } },
            { "chart": { "kind": "bar", "items": [{ "label": "NEW", "value": 4 }, { "label": "CLIENT", "value": 2 }] } },
            { "chart": { "kind": "line", "items": [["Mon", 1], ["Tue", 3], ["Wed", 2]] } },
            {},
        ],
    })
}

#[test]
fn a_page_is_one_file_that_loads_nothing() {
    let html = text("html", json!([page()]));
    for part in [
        "<!DOCTYPE html>",
        "<title>Leads</title>",
        "<h1>Leads</h1>",
        "2026-11-25",
        "<h2>Totals</h2>",
        "<th class=\"number\">count</th>",
        "<td class=\"number\">4</td>",
        "<th>x</th>",
        "<polyline",
        "<rect",
        "prefers-color-scheme: dark",
        "aria-label=\"NEW: 4, CLIENT: 2\"",
        "lang=\"es\"",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    for part in ["http", "src=", "href", "url(", "@import", "<script", "<link"] {
        assert!(!html.contains(part), "{part}");
    }
}

#[test]
fn what_cannot_be_on_a_page_is_named() {
    for (page, words) in [
        (json!({}), "title is missing"),
        (json!({ "title": "a", "sectoins": [] }), "did you mean \"sections\"?"),
        (json!({ "title": "a", "sections": [5] }), "section 1 must be an object"),
        (
            json!({ "title": "a", "sections": [{}, { "headng": "b" }] }),
            "section 2: there is no option \"headng\"",
        ),
        (
            json!({ "title": "a", "sections": [{ "table": "b" }] }),
            "section 1: table: rows must be a list",
        ),
        (json!({ "title": "a", "sections": [{ "table": [1] }] }), "table: row 1 must be an object"),
        (
            json!({ "title": "a", "sections": [{ "chart": { "kind": "pie", "items": [] } }] }),
            "bar, line",
        ),
        (
            json!({ "title": "a", "sections": [{ "chart": { "items": [["a", "b"]] } }] }),
            "chart: item 1 has no number",
        ),
    ] {
        let error = call("report.html", json!([page])).unwrap_err().to_string();
        assert!(error.starts_with("report.html: ") && error.contains(words), "{error}");
    }
}

/// The elements of a page, in order, without their attributes.
fn elements(html: &str) -> Vec<String> {
    let starts = html.split('<').skip(1);
    starts.map(|rest| rest.split([' ', '>', '\n']).next().unwrap_or_default().to_owned()).collect()
}

proptest! {
    #[test]
    fn no_value_is_more_than_text_on_a_page(
        wild in "(<script>alert\\(1\\)</script>|\"><img src=x onerror=y>|&lt;|['\"<>&a-z]|\\PC){0,20}"
    ) {
        let page = |value: &str| text("html", json!([{
            "title": value, "subtitle": value, "language": value,
            "sections": [
                { "heading": value, "text": value, "table": [{ "name": value }] },
                { "table": { "rows": [[value]], "columns": [value] } },
                { "chart": { "items": [[value, 1]] } },
                { "chart": { "kind": "line", "items": [[value, 1]] } },
            ],
        }]));
        prop_assert_eq!(elements(&page(&format!("x{wild}"))), elements(&page("x")));
    }
}
