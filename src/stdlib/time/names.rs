//! Names of months and days in a text of a format: what reads formats knows them in English alone.

use super::language::Language;

/// What a name in a format is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Month,
    Day,
}

/// The text with English names where the pattern has one, and the text a Spanish or Portuguese one. They are
/// looked for in the pattern's order: `mar` is March, and Tuesday.
pub(super) fn in_english(text: &str, pattern: &str) -> String {
    let names = names_of(pattern);
    let mut wanted = names.iter().peekable();
    let mut english = String::with_capacity(text.len() + 8);
    for word in text.split_inclusive(|letter: char| !is_of_name(letter)) {
        // The hyphens of `quinta-feira` are of the name, and those of `5-ene-26` are not.
        let name = word.trim_matches(|letter: char| !letter.is_alphabetic());
        let translated = match wanted.peek() {
            Some(Name::Month) => Language::month_in_english(name),
            Some(Name::Day) => Language::day_in_english(name),
            None => None,
        };
        if translated.is_some() {
            wanted.next();
        }
        match translated {
            Some(translated) => english += &word.replacen(name, &translated, 1),
            None => english += word,
        }
    }
    english
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphabetic() || letter == '-'
}

/// The names that the pattern has, in order.
fn names_of(pattern: &str) -> Vec<Name> {
    let mut names = Vec::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            continue;
        }
        match letters.find(|flag| !"^#-_0".contains(*flag)) {
            Some('B' | 'b' | 'h') => names.push(Name::Month),
            Some('A' | 'a') => names.push(Name::Day),
            _ => {}
        }
    }
    names
}
