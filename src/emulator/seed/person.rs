//! Invented people, and the many ways a phone number or a name is typed.

use fastrand::Rng;

use super::places::{COUNTRIES, Country};
use super::words::{FIRST_NAMES, LAST_NAMES, MAIL_HOSTS};
use super::{Draw, Seed, percent, pick, pick_weighted};

/// Someone invented.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) email: String,
    pub(super) country: &'static Country,
    area: &'static str,
    digits: String,
}

impl Person {
    pub(super) fn new(seed: Seed, index: usize) -> Self {
        let mut rng = seed.rng(index, Draw::Person);
        let first_name = pick(&mut rng, FIRST_NAMES);
        let last_name = pick(&mut rng, LAST_NAMES);
        let country = &COUNTRIES[pick_weighted(&mut rng, &[38, 20, 14, 10, 8, 6, 4])];
        let area = pick(&mut rng, country.areas);
        let digits = phone_digits(&mut rng, country.digits - (area.len() - country.areas[0].len()));
        let email = email(&mut rng, first_name, last_name);
        Self { first_name, last_name, email, country, area, digits }
    }

    /// The phone number as someone typed it.
    pub(super) fn phone(&self, rng: &mut Rng) -> String {
        let Country { prefix, mobile, .. } = self.country;
        let (area, digits) = (self.area, &self.digits);
        let (head, tail) = digits.split_at(digits.len() - 4);
        match rng.u8(..9) {
            0 | 1 => format!("+{prefix}{mobile}{area}{digits}"),
            2 if !mobile.is_empty() => format!("+{prefix} {mobile} {area} {head}-{tail}"),
            2 | 3 => format!("+{prefix} {area} {head}-{tail}"),
            4 => format!("{prefix}{mobile}{area}{digits}"),
            5 => format!("({area}) {head}-{tail}"),
            6 => format!("0{area} {digits}"),
            7 => format!("{area}.{head}.{tail}"),
            _ => format!("00{prefix} {area} {head} {tail}"),
        }
    }
}

/// Numbers begin with 5, as numbers in films do, so that few can be somebody's.
fn phone_digits(rng: &mut Rng, count: usize) -> String {
    let rest = std::iter::repeat_with(|| rng.digit(10)).take(count - 1);
    std::iter::once('5').chain(rest).collect()
}

fn email(rng: &mut Rng, first_name: &str, last_name: &str) -> String {
    let (first, last) = (plain(first_name), plain(last_name));
    let number = rng.u16(..10_000);
    let host = pick(rng, MAIL_HOSTS);
    match rng.u8(..4) {
        0 => format!("{first}.{last}{number}@{host}"),
        1 => format!("{first}{number}@{host}"),
        2 => format!("{}{last}_{number}@{host}", &first[..1]),
        _ => format!("{last}.{first}+{number}@{host}"),
    }
}

/// A name as it stands in an e-mail address: ASCII letters in lower case.
pub(super) fn plain(name: &str) -> String {
    let letter = |letter: char| match letter {
        'á' | 'â' | 'ã' | 'à' | 'Á' | 'Â' => Some('a'),
        'é' | 'ê' | 'É' => Some('e'),
        'í' | 'Í' => Some('i'),
        'ó' | 'ô' | 'õ' | 'Ó' => Some('o'),
        'ú' | 'ü' | 'Ú' => Some('u'),
        'ñ' | 'Ñ' => Some('n'),
        'ç' => Some('c'),
        other => other.is_ascii_alphabetic().then(|| other.to_ascii_lowercase()),
    };
    name.chars().filter_map(letter).collect()
}

/// Someone's name as typed: mostly right, sometimes in capitals, without accents, or with a flower.
pub(super) fn typed_name(rng: &mut Rng, name: &str) -> String {
    match rng.u8(..100) {
        0..4 => name.to_uppercase(),
        4..9 => name.to_lowercase(),
        9..11 => format!("{name} "),
        11 => format!("{name} 🌸"),
        _ => name.to_owned(),
    }
}

/// The address as typed: 5 % in capitals.
pub(super) fn typed_email(rng: &mut Rng, email: &str) -> String {
    if percent(rng, 5) { email.to_uppercase() } else { email.to_owned() }
}
