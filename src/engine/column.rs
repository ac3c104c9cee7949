//! The column of an error where the language tells only its line.

use super::ScriptFailure;

/// Gives the failure the column of a name that its message quotes, where that stands in the line once.
pub(super) fn find(failure: &mut ScriptFailure, line: &str) {
    if let Some(column) = failure.column {
        failure.column = Some(behind_period(line, column));
        return;
    }
    let quotes = failure.error.message.split(['\'', '"']).skip(1).step_by(2);
    failure.column = quotes.filter(|quoted| !quoted.trim().is_empty()).find_map(|quoted| {
        let place = alone(line, quoted)?;
        Some(line[..place].chars().count() + 1)
    });
}

/// Rhai tells the period in front of a name that it does not know.
fn behind_period(line: &str, column: usize) -> usize {
    let mut letters = line.chars().skip(column.saturating_sub(1));
    let is_before_name =
        letters.next() == Some('.') && letters.next().is_some_and(char::is_alphabetic);
    column + usize::from(is_before_name)
}

/// Where the text stands in the line, as a word where it is one; none where it stands there twice.
fn alone(line: &str, text: &str) -> Option<usize> {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut places = line.match_indices(text).map(|(place, _)| place).filter(|place| {
        let before = line[..*place].chars().next_back().is_some_and(is_letter);
        let after = line[place + text.len()..].chars().next().is_some_and(is_letter);
        let begins_as_word = text.chars().next().is_some_and(is_letter);
        let ends_as_word = text.chars().next_back().is_some_and(is_letter);
        let is_part = before && begins_as_word || after && ends_as_word;
        !is_part
    });
    places.next().filter(|_| places.next().is_none())
}
