//! Texts as cells of a table that a spreadsheet will open.

use std::borrow::Cow;

/// What makes text of a formula.
const GUARD: char = '\'';

/// How a text begins that a spreadsheet would run; in some languages the wide forms too.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// What parts cells or lines where a spreadsheet takes another sign for the delimiter than the file has:
/// behind each a cell of its own may begin.
const PARTS: [char; 5] = [';', ',', '\t', '\r', '\n'];

/// The text so that a spreadsheet shows it and runs nothing: a contact can write what it likes.
///
/// What begins like a formula gets a quote mark in front, which makes it text; what would begin so, were
/// the text split, too. A control character that is no white space is shown as a symbol: a NUL would
/// end the cell, or the file, unseen.
///
/// What begins with a quote mark of its own that would be taken for one of these gets another, so that
/// [`unguarded_cell`] gives back every text as it was, but for such control characters.
///
/// ```
/// use cliengo::schema::{spreadsheet_cell, unguarded_cell};
///
/// for (text, cell) in [("=1+1", "'=1+1"), ("'=1+1", "''=1+1"), ("'tis", "'tis")] {
///     assert_eq!(spreadsheet_cell(text), cell);
///     assert_eq!(unguarded_cell(cell), text);
/// }
/// ```
pub fn spreadsheet_cell(text: &str) -> Cow<'_, str> {
    let text = without_controls(text);
    let first = (text.starts_with(FORMULA) && !is_harmless(&text)) || has_mark(&text);
    let needs = |part: &str| runs(part) || is_guarded(part);
    if !first && !text.split(PARTS).skip(1).any(needs) {
        return text;
    }
    let mut guarded = String::with_capacity(text.len() + 2);
    for (place, part) in text.split_inclusive(PARTS).enumerate() {
        let disarmed = match place {
            0 => first,
            _ => needs(part.trim_end_matches(PARTS)),
        };
        if disarmed {
            guarded.push(GUARD);
        }
        guarded.push_str(part);
    }
    Cow::Owned(guarded)
}

/// The text without the marks that keep a spreadsheet from running it.
pub fn unguarded_cell(cell: &str) -> Cow<'_, str> {
    let cell = cell.strip_prefix(GUARD).filter(|_| has_mark(cell)).unwrap_or(cell);
    if !cell.split(PARTS).skip(1).any(is_guarded) {
        return Cow::Borrowed(cell);
    }
    let own = |(place, part): (usize, &'_ str)| match place > 0
        && is_guarded(part.trim_end_matches(PARTS))
    {
        true => part[GUARD.len_utf8()..].to_owned(),
        false => part.to_owned(),
    };
    Cow::Owned(cell.split_inclusive(PARTS).enumerate().map(own).collect())
}

/// True for a text with quote marks in front of what begins like a formula: a person in a spreadsheet puts one
/// in front of phone numbers too.
fn has_mark(text: &str) -> bool {
    text.starts_with(GUARD) && text.trim_start_matches(GUARD).starts_with(FORMULA)
}

/// True for a part with quote marks in front of what a spreadsheet would run.
fn is_guarded(part: &str) -> bool {
    part.starts_with(GUARD) && runs(part.trim_start_matches(GUARD))
}

/// True for what a spreadsheet would run, were it a cell.
fn runs(part: &str) -> bool {
    part.starts_with(FORMULA) && !is_harmless(part)
}

/// A signed number, or a phone number such as +54 9 11 5555-0001, which no formula can be for the space
/// between its digits. `+54-11-4321-0000` is a sum to a spreadsheet.
fn is_harmless(text: &str) -> bool {
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
    if number.chars().all(digits) {
        return true;
    }
    let phone = text.chars().all(|letter| letter.is_ascii_digit() || " +-().".contains(letter));
    let digit = |byte: u8| byte.is_ascii_digit();
    phone && text.as_bytes().windows(3).any(|it| digit(it[0]) && it[1] == b' ' && digit(it[2]))
}

fn without_controls(text: &str) -> Cow<'_, str> {
    let harmful = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let shown = |letter: char| match u32::from(letter) {
        _ if !harmful(letter) => letter,
        // Unicode has a picture for each of these: ␀, ␛.
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{spreadsheet_cell as cell, unguarded_cell as unguarded};

    /// Cells with formulas, and what is made of them.
    const DISARMED: [(&str, &str); 12] = [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-1+a", "'-1+a"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("＝1+1", "'＝1+1"),
        ("+54-11-4321-0000", "'+54-11-4321-0000"),
        ("+54 -9-11", "'+54 -9-11"),
        ("hola;=1+1;-5", "hola;'=1+1;-5"),
        ("uno,@dos\t+tres", "uno,'@dos\t'+tres"),
        ("=a\n=b;'c", "'=a\n'=b;'c"),
    ];

    #[test]
    fn what_a_spreadsheet_would_run_is_disarmed_wherever_a_cell_may_begin() {
        for (text, expected) in DISARMED {
            assert_eq!(cell(text), expected);
        }
    }

    #[test]
    fn what_nothing_runs_in_stays() {
        for text in [
            "+54 9 11 5555-0001",
            "+5491155550001",
            "-3.5",
            "-3,5",
            "-",
            "a=1",
            "",
            " =1",
            "a, =1; -b",
            "línea 1\nlínea 2\ttab",
        ] {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn what_was_disarmed_comes_back_as_it_was() {
        for (text, guarded) in DISARMED {
            assert_eq!(unguarded(guarded), text);
            assert_eq!(unguarded(text), text);
            assert_eq!(unguarded(&cell(guarded)), guarded);
        }
        assert_eq!(unguarded("'+54 9 11"), "+54 9 11");
        assert_eq!(unguarded("'quoted'; 'and; '=so"), "'quoted'; 'and; '=so");
    }

    proptest! {
        #[test]
        fn every_text_comes_back_and_nothing_runs(text in "[-=+@＝'; ,.1a\t\r\n]{0,12}|[^\\p{Cc}]*") {
            let guarded = cell(&text);
            prop_assert_eq!(&*unguarded(&guarded), &text);
            prop_assert!(!guarded.split(super::PARTS).any(super::runs), "{:?}", guarded);
        }
    }

    #[test]
    fn a_control_character_is_shown_and_does_nothing() {
        assert_eq!(cell("a\0b\x1b[2J\x7f\u{9b}"), "a␀b␛[2J␡\u{fffd}");
    }
}
