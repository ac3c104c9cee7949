//! Ids: 24 hex digits that begin with the second of creation.

use std::cmp::Ordering;
use std::fmt;

use super::clock::Millis;

/// A contact's id, kept small: there may be a million.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum ContactId {
    /// 24 lower-case hex digits.
    Object([u8; 12]),
    /// Anything else that was put in by hand.
    Text(Box<str>),
}

impl ContactId {
    /// The id of something created at `created`; `family` and `number` keep it apart from others.
    pub(crate) fn new(created: Millis, family: u64, number: u64) -> Self {
        let seconds = u32::try_from(created.div_euclid(1_000)).unwrap_or_default();
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&seconds.to_be_bytes());
        bytes[4..9].copy_from_slice(&family.to_be_bytes()[..5]);
        bytes[9..].copy_from_slice(&number.to_be_bytes()[5..]);
        Self::Object(bytes)
    }

    pub(crate) fn parse(text: &str) -> Self {
        object_id(text).map_or_else(|| Self::Text(text.into()), Self::Object)
    }

    /// The number it was made with, where it is of that family.
    pub(crate) fn number_in(&self, family: u64) -> Option<usize> {
        match self {
            Self::Object([_, _, _, _, parts @ ..]) if parts[..5] == family.to_be_bytes()[..5] => {
                Some(parts[5..].iter().fold(0, |number, part| number << 8 | usize::from(*part)))
            }
            _ => None,
        }
    }
}

fn object_id(text: &str) -> Option<[u8; 12]> {
    let lower_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if text.len() != 24 || !text.as_bytes().iter().all(lower_hex) {
        return None;
    }
    let mut bytes = [0; 12];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}

impl fmt::Display for ContactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(bytes) => bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}")),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Ord for ContactId {
    /// As their texts compare.
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Object(left), Self::Object(right)) => left.cmp(right),
            _ => self.to_string().cmp(&other.to_string()),
        }
    }
}

impl PartialOrd for ContactId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
