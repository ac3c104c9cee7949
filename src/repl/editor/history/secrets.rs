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
pub(crate) fn is_secret(line: &str) -> bool {
    let plain = line.to_lowercase();
    has_uuid(&plain)
        || has_key_word(&plain)
        || has_named_value(&plain)
        || has_web_token(&plain)
        || has_login(&plain)
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

/// `eyJ….….…`: a JSON Web Token.
fn has_web_token(line: &str) -> bool {
    let is_of_it = |letter: char| letter.is_ascii_alphanumeric() || "-_.=".contains(letter);
    line.split(|letter: char| !is_of_it(letter)).any(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.windows(2).any(|two| two[0].starts_with("eyj") && two[1].starts_with("eyj"))
    })
}

/// `https://user:password@host`.
fn has_login(line: &str) -> bool {
    line.split("://").skip(1).any(|rest| {
        let is_end = |letter: char| letter.is_whitespace() || "/?#\"'`".contains(letter);
        let host = rest.split(is_end).next().unwrap_or_default();
        let login = host.rsplit_once('@').and_then(|(login, _)| login.split_once(':'));
        login.is_some_and(|(_, password)| !password.is_empty())
    })
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
