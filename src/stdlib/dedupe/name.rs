//! Names as they are compared.

use strsim::jaro_winkler;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What less similar names are: different.
pub(super) const SIMILAR: f64 = 0.88;
/// Prefixes and endings of this length bring similar names together.
const PART: usize = 3;
/// Letters behind these are not compared: nobody is called so, and each letter costs as many looks as the other name
/// has letters.
const LONGEST: usize = 1_000;

/// The words of a name, without accents, capitals and signs, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    words: Vec<String>,
    /// The words with blanks between them.
    pub(super) whole: String,
}

impl Name {
    /// The name that the texts make together.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let letters = texts.into_iter().flat_map(|text| text.chars().chain([' ']));
        let folded: String = letters.take(LONGEST).nfkd().collect();
        let plain = folded.chars().filter(|letter| !is_combining_mark(*letter));
        let plain: String = plain.flat_map(char::to_lowercase).collect();
        let words = plain.split(|letter: char| !letter.is_alphanumeric());
        let mut words: Vec<String> =
            words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
        words.sort();
        let whole = words.join(" ");
        Self { words, whole }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// True where it has a first and a last name, so that not everybody has it.
    pub(super) fn is_full(&self) -> bool {
        self.words.len() > 1
    }

    /// How similar two names are, from 0 to 1. One that has all words of the other, and more, is very similar:
    /// people leave out second names.
    pub(super) fn similarity(&self, other: &Self) -> f64 {
        if self.whole == other.whole {
            return 1.0;
        }
        let (short, long) =
            if self.words.len() < other.words.len() { (self, other) } else { (other, self) };
        if short.is_full() && short.words.iter().all(|word| long.words.contains(word)) {
            return 0.95;
        }
        // Word by word: else long family names make all first names alike.
        let nearest = |word: &String| {
            long.words.iter().map(|other| jaro_winkler(word, other)).fold(0.0, f64::max)
        };
        let sum: f64 = short.words.iter().map(nearest).sum();
        let weakest = short.words.iter().map(nearest).fold(1.0, f64::min);
        let count = u32::try_from(long.words.len().max(1)).map_or(1.0, f64::from);
        (sum / count).min(weakest)
    }

    /// The keys under which similar names stand together: the beginnings of two words, or their endings.
    pub(super) fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        // The first four words are enough, and bound the work for a whole sentence in the field.
        let words: Vec<Vec<char>> =
            self.words.iter().take(4).map(|word| word.chars().collect()).collect();
        for (place, one) in words.iter().enumerate() {
            for other in &words[place + 1..] {
                keys.push(key('^', one.iter().take(PART), other.iter().take(PART)));
                keys.push(key('$', one.iter().rev().take(PART), other.iter().rev().take(PART)));
            }
        }
        if let [only] = words.as_slice() {
            keys.push(key('^', only.iter(), [].iter()));
        }
        keys
    }
}

fn key<'a>(
    mark: char,
    one: impl Iterator<Item = &'a char>,
    other: impl Iterator<Item = &'a char>,
) -> String {
    let (one, other): (String, String) = (one.collect(), other.collect());
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    format!("{mark}{first} {second}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn similarity(one: &str, other: &str) -> f64 {
        Name::of([one]).similarity(&Name::of([other]))
    }

    #[test]
    fn accents_capitals_signs_and_order_do_not_matter() {
        for (one, other) in [
            ("Ana Pérez", "PEREZ, ana"),
            ("José  Núñez", "Nun\u{303}ez Jose"),
            ("Ana-María", "ana maria"),
        ] {
            assert_eq!(similarity(one, other), 1.0, "{one} {other}");
        }
    }

    #[test]
    fn a_typing_error_is_similar_and_another_person_is_not() {
        for (one, other) in [
            ("Ana Pérez", "Ana Peres"),
            ("Ana Pérez", "Ana María Pérez"),
            ("Gonzalo Díaz", "Gonzallo Diaz"),
        ] {
            assert!(similarity(one, other) >= SIMILAR, "{one} {other}");
            let keys = Name::of([one]).keys();
            assert!(Name::of([other]).keys().iter().any(|key| keys.contains(key)), "{one} {other}");
        }
        for (one, other) in [
            ("Ana Pérez", "Luis Pérez"),
            ("Juan García", "Juan Gómez"),
            ("Ana", "Ana Pérez"),
            ("Ana", "Leo"),
        ] {
            assert!(similarity(one, other) < SIMILAR, "{one} {other}: {}", similarity(one, other));
        }
    }
}
