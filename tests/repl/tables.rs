//! Point 2: lists of contacts as tables.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Prompt};
use crate::reading::fits;
use crate::support::Screen;

const ALL: &str = "cliengo.contacts.list()";

/// The rows that begin as the names of the account's contacts do, in order.
#[track_caller]
fn names(answer: &str, prompt: &Prompt, from: usize) -> usize {
    let contacts = prompt.account.snapshot();
    let contacts =
        contacts.iter().skip(from).map(|text| serde_json::from_str::<Value>(text).unwrap());
    let rows: Vec<&str> = answer.lines().collect();
    let header = rows.iter().position(|row| row.trim_start().starts_with("name"));
    let rows = &rows[header.unwrap_or_else(|| panic!("no header: {answer}")) + 1..];
    let shown = contacts.zip(rows).take_while(|(contact, row)| {
        let name = contact["name"].as_str().unwrap_or_default().trim();
        !name.is_empty() && row.trim_start().starts_with(name.split(' ').next().unwrap())
    });
    shown.count()
}

/// The columns of a row in bold: where each begins.
fn header(screen: &Screen) -> String {
    let row = screen.now().visible();
    row.lines().find(|row| row.trim_start().starts_with("name ")).unwrap_or_default().to_owned()
}

#[test]
fn a_list_of_contacts_is_a_table_that_fits_the_terminal() {
    for columns in [40, 60, 80, 120, 200] {
        let mut prompt = Prompt::sized(Lua, 40, columns);
        let answer = prompt.answers(ALL);
        fits(&answer, columns.into());
        assert!(names(&answer, &prompt, 0) >= 10, "{answer}");
        // Where there is little room, the noun is what the count does without.
        let count = if columns < 60 { "of 120" } else { "of 120 contacts" };
        assert!(answer.contains(count), "{answer}");
        assert!(answer.contains("… 100 more") && answer.contains(".more"), "{answer}");
    }
}

#[test]
fn a_wider_terminal_shows_more_columns() {
    let counts = [40, 80, 160].map(|columns| {
        let mut prompt = Prompt::sized(Rhai, 40, columns);
        prompt.answers(ALL);
        let header = header(&prompt);
        assert!(prompt.now().is_painted("name "), "the header is not set apart");
        header.split_whitespace().count()
    });
    assert!(counts[0] >= 2 && counts[0] < counts[1] && counts[1] < counts[2], "{counts:?}");
}

#[test]
fn the_columns_of_a_table_are_aligned() {
    let mut prompt = Prompt::sized(Lua, 40, 120);
    let answer = prompt.answers(ALL);
    let header = header(&prompt);
    let status = header[..header.find("status").unwrap()].width();
    let rows = answer.lines().skip_while(|row| !row.contains("status")).skip(1).take(20);
    for row in rows {
        let mut width = 0;
        let rest: String = row
            .chars()
            .skip_while(|letter| {
                let before = width < status;
                width += letter.to_string().width();
                before
            })
            .collect();
        let known = ["NEW", "ACTIVE", "LONG_TERM", "CLIENT"];
        assert!(known.iter().any(|word| rest.starts_with(word)), "{row:?} at {status}");
    }
}

#[test]
fn more_goes_on_until_the_end_and_then_says_so() {
    for language in BOTH {
        let mut prompt = Prompt::sized(language, 30, 100);
        prompt.answers(ALL);
        for (page, left) in [(1, "… 80 more"), (2, "… 60 more"), (3, "… 40 more"), (4, "… 20 more")]
        {
            let answer = prompt.answers(".more");
            assert!(answer.contains(left) && answer.contains("120"), "{answer}");
            assert!(names(&answer, &prompt, page * 20) > 0, "page {page}: {answer}");
        }
        let last = prompt.answers(".more");
        assert!(last.contains("120") && !last.contains(" more"), "{last}");
        let nothing = prompt.answers(".more");
        assert!(!nothing.is_empty() && nothing.lines().count() <= 2, "{nothing}");
    }
}

#[test]
fn a_low_terminal_shows_as_many_rows_as_it_has_room_for() {
    let mut prompt = Prompt::sized(Lua, 12, 80);
    prompt.answers(ALL);
    prompt.shows("name ").shows("120 contacts").shows("… 11");
}

#[test]
fn a_terminal_that_became_wider_or_narrower_is_used_as_it_is() {
    let mut prompt = Prompt::sized(Lua, 30, 60);
    prompt.answers(ALL);
    for columns in [120, 50] {
        prompt.resize(30, columns);
        let answer = prompt.answers(ALL);
        fits(&answer, columns.into());
        let widest = answer.lines().map(UnicodeWidthStr::width).max();
        assert!(widest.unwrap() > usize::from(columns) - 25, "{answer}");
    }
}

#[test]
fn a_short_list_is_shown_whole() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        let call = language
            .of("cliengo.contacts.list{ limit = 3 }", "cliengo.contacts.list(#{ limit: 3 })");
        let answer = prompt.answers(call);
        assert!(answer.contains("3 contacts") && !answer.contains("more"), "{answer}");
        let call = call.replace('3', "1");
        let answer = prompt.answers(&call);
        assert!(answer.contains("1 contact") && !answer.contains("1 contacts"), "{answer}");
    }
}

#[test]
fn any_objects_as_a_table() {
    for (language, line) in [
        (Lua, "{ { city = 'Rosario', leads = 12 }, { city = 'Córdoba', leads = 7 } }"),
        (Rhai, "[#{ city: \"Rosario\", leads: 12 }, #{ city: \"Córdoba\", leads: 7 }]"),
    ] {
        let mut prompt = Prompt::open(language);
        prompt.answers(line);
        for command in [".table", ".table _"] {
            let table = prompt.answers(command);
            let rows: Vec<&str> = table.lines().collect();
            let cells = |row: &str| row.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(cells(rows[0]), ["city", "leads"], "{table}");
            assert_eq!(cells(rows[1]), ["Rosario", "12"], "{table}");
            assert_eq!(cells(rows[2]), ["Córdoba", "7"], "{table}");
        }
    }
}
