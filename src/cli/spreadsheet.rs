//! Texts as cells of a table that a spreadsheet will open.

use std::borrow::Cow;
use std::io;

/// How a text begins that a spreadsheet would run; in some languages the wide forms too.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text so that a spreadsheet shows it and runs nothing: a contact can write what it likes.
///
/// What begins like a formula gets a quote mark in front, which makes it text. A control character
/// that is no white space is shown as a symbol: a NUL would end the cell, or the file, unseen.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let text = without_controls(text);
    if text.starts_with(FORMULA) && !is_number(&text) {
        return Cow::Owned(format!("'{text}"));
    }
    text
}

/// A number or a phone number such as +54 9 11: there is nothing in it to run.
fn is_number(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_digit() || " +-().".contains(letter))
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

/// The output's own error where it was that: a closed pipe is told from a full disk by its kind.
pub(super) fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn what_a_spreadsheet_would_run_is_disarmed_and_a_phone_number_stays() {
        for text in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-1+a", "\t=1", "\r=1", "＝1+1"] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        for text in ["+54 9 11 5555-0001", "-3.5", "a=1", "", " =1", "línea 1\nlínea 2\ttab"] {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn a_control_character_is_shown_and_does_nothing() {
        assert_eq!(cell("a\0b\x1b[2J\x7f\u{9b}"), "a␀b␛[2J␡\u{fffd}");
    }
}
