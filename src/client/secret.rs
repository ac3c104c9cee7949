//! Keeps the key out of what a server says: one that echoes it must not put it in front of a script,
//! or into a log.

use bytes::Bytes;
use memchr::memmem;
use secrecy::{ExposeSecret, SecretString};

use crate::Error;

/// A shorter key may well be a word of somebody's data, which must come through as it is.
const SURELY_A_KEY: usize = 8;

/// The body, with stars where the key stood.
pub(super) fn mask_key(key: &SecretString, body: Bytes) -> Bytes {
    let key = key.expose_secret().as_bytes();
    if key.len() < SURELY_A_KEY || memmem::find(&body, key).is_none() {
        return body;
    }
    let mut masked = body.to_vec();
    for at in memmem::find_iter(&body, key) {
        masked[at..at + key.len()].fill(b'*');
    }
    masked.into()
}

/// True where the key stands in the text.
#[cfg(feature = "repl")]
pub(super) fn holds_key(key: &SecretString, text: &str) -> bool {
    let key = key.expose_secret();
    key.len() >= SURELY_A_KEY && text.contains(key)
}

/// The error, with words in the place of the key.
pub(super) fn without_key(key: &SecretString, error: Error) -> Error {
    let key = key.expose_secret();
    if key.len() < SURELY_A_KEY || !error.message.contains(key) {
        return error;
    }
    let message = error.message.replace(key, "[the API key]");
    error.with_message(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_masked_and_a_short_word_that_is_somebodys_data_is_not() {
        let body = |text: &'static str| Bytes::from_static(text.as_bytes());
        let key = SecretString::from("0123456789abcdef");
        assert_eq!(mask_key(&key, body("a 0123456789abcdef b")), "a **************** b");
        assert_eq!(mask_key(&SecretString::from("ana"), body("mariana")), "mariana");
        let stars = SecretString::from("*".repeat(16));
        assert_eq!(mask_key(&stars, body("****************")), "****************");
    }
}
