//! Whole numbers that are too large for a number of either language.

/// The JSON text with every whole number beyond 64 bits in quotes: as a text it keeps its digits.
pub(in crate::stdlib) fn kept(json: &str) -> String {
    let mut kept = String::with_capacity(json.len() + 16);
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => text(rest),
            '-' | '0'..='9' => number(rest),
            other => other.len_utf8(),
        };
        let (token, behind) = rest.split_at(length);
        match first != '"' && is_large(token) {
            true => kept.extend(["\"", token, "\""]),
            false => kept.push_str(token),
        }
        rest = behind;
    }
    kept
}

/// True where a number of the text may be as large as that.
pub(in crate::stdlib) fn may_be_large(json: &[u8]) -> bool {
    // The largest number of 64 bits with a sign has 19 digits.
    json.chunk_by(|one, next| one.is_ascii_digit() == next.is_ascii_digit())
        .any(|run| run.len() >= 19 && run[0].is_ascii_digit())
}

fn is_large(token: &str) -> bool {
    let digits = token.strip_prefix('-').unwrap_or(token);
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    whole && token.parse::<i64>().is_err() && token.parse::<u64>().is_err()
}

/// The length of the text in quotes that stands here.
fn text(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |inside| inside + 2)
}

/// The length of the number that stands here.
fn number(rest: &str) -> usize {
    let of_number = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    rest.bytes().position(|byte| !of_number(byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::{kept, may_be_large};

    #[test]
    fn only_whole_numbers_beyond_64_bits_become_texts() {
        let json = r#"[18446744073709551615, 18446744073709551616, -9223372036854775809, 1e30,
            123456789012345678901.5, "99999999999999999999", "\"99999999999999999999", {"a\\":1}]"#;
        let expected = r#"[18446744073709551615, "18446744073709551616", "-9223372036854775809", 1e30,
            123456789012345678901.5, "99999999999999999999", "\"99999999999999999999", {"a\\":1}]"#;
        assert_eq!(kept(json), expected);
        assert!(
            may_be_large(json.as_bytes()) && !may_be_large(b"[\"aaaaaaaaaaaaaaaaaaaaaaa\",1234]")
        );
    }
}
