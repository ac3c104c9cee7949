//! What looks like a secret, and so is not to be found in a file.

/// Names whose values are nobody's business.
const NAMES: [&str; 11] = [
    "api_key",
    "apikey",
    "api-key",
    "authorization",
    "password",
    "passwd",
    "secret",
    "token",
    "contraseña",
    "clave",
    "credential",
];

/// True where the line holds what looks like a key, a password or a token.
pub(super) fn is_secret(line: &str) -> bool {
    let plain = line.to_lowercase();
    has_uuid(&plain) || has_key_word(&plain) || has_named_value(&plain)
}

/// `8-4-4-4-12` hexadecimal digits, as the API's keys are.
fn has_uuid(line: &str) -> bool {
    let words = line.split(|letter: char| !letter.is_ascii_hexdigit() && letter != '-');
    let lengths = [8, 4, 4, 4, 12];
    words.into_iter().any(|word| {
        let parts: Vec<usize> = word.split('-').map(str::len).collect();
        parts.windows(lengths.len()).any(|some| some == lengths)
    })
}

/// `sk_…`, `Bearer …`.
fn has_key_word(line: &str) -> bool {
    let key = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut words = line.split(|letter: char| !key(letter));
    let is_key = words.any(|word| word.strip_prefix("sk_").is_some_and(|rest| rest.len() >= 8));
    let mut bearers = line.split("bearer ").skip(1);
    is_key || bearers.any(|rest| rest.trim_start().starts_with(key))
}

/// `password = "…"`, `"token": "…"`, `["secret"] = '…'`.
fn has_named_value(line: &str) -> bool {
    NAMES
        .iter()
        .any(|name| line.match_indices(name).any(|(at, _)| is_given(&line[at + name.len()..])))
}

/// True where what follows a name gives it a text.
fn is_given(rest: &str) -> bool {
    // The name may go on (`token_id`), and be quoted itself.
    let rest = rest.trim_start_matches(|it: char| it.is_alphanumeric() || it == '_' || it == '-');
    let rest = rest.trim_start_matches(['"', '\'', '`', ']']).trim_start();
    let Some(value) = rest.strip_prefix(['=', ':', ',']) else { return false };
    let value = value.trim_start();
    let mut letters = value.chars();
    let quote = letters.next().filter(|it| matches!(it, '"' | '\'' | '`'));
    // An empty text is no secret.
    quote.is_some_and(|quote| letters.next().is_some_and(|letter| letter != quote))
}
