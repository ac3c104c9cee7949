//! The letters of Spanish and Portuguese. Others stay as they are.

/// The same place in each is the same letter.
const UPPER: &str = "ÁÀÂÃÄÅÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÝÑÇ";
const LOWER: &str = "áàâãäåéèêëíìîïóòôõöúùûüýñç";
const PLAIN: &str = "aaaaaaeeeeiiiiooooouuuuync";

/// The letter at the same place of another alphabet, or the letter itself.
fn translated(letter: char, from: &str, to: &str) -> char {
    let place = from.chars().position(|known| known == letter);
    place.and_then(|place| to.chars().nth(place)).unwrap_or(letter)
}

/// The letter in lower case.
pub(super) fn lower(letter: char) -> char {
    if letter.is_ascii() { letter.to_ascii_lowercase() } else { translated(letter, UPPER, LOWER) }
}

/// The letter as a capital.
pub(super) fn upper(letter: char) -> char {
    if letter.is_ascii() { letter.to_ascii_uppercase() } else { translated(letter, LOWER, UPPER) }
}

/// The text in lower case without accents.
pub(super) fn folded(text: &str) -> String {
    // Some keyboards send an accent as a character of its own, which follows its letter.
    let is_accent = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
    let letters = text.chars().filter(|letter| !is_accent(letter)).map(lower);
    letters.map(|letter| translated(letter, LOWER, PLAIN)).collect()
}

/// True for what stands between words; the no-break space is among it.
pub(super) fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{a0}')
}
