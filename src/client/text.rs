//! Bodies that are almost JSON text: one bad byte in one contact must not cost the whole page.

use bytes::Bytes;

/// The body without a byte order mark, with U+FFFD in the place of bytes that are not UTF-8, and of
/// halves of surrogate pairs, which no JSON text can mean (RFC 8259, 8.2).
pub(crate) fn readable(body: Bytes) -> Bytes {
    let body = match body.starts_with(b"\xef\xbb\xbf") {
        true => body.slice(3..),
        false => body,
    };
    let body = match std::str::from_utf8(&body) {
        Ok(_) => body,
        Err(_) => String::from_utf8_lossy(&body).into_owned().into(),
    };
    if memchr::memmem::find(&body, b"\\u").is_none() {
        return body;
    }
    let lone = lone_surrogates(&body);
    if lone.is_empty() {
        return body;
    }
    let mut mended = body.to_vec();
    for at in lone {
        mended[at..at + 6].copy_from_slice(b"\\ufffd");
    }
    mended.into()
}

/// True where the body begins as JSON, or as a page that something in between answered with.
pub(super) fn means_json(body: &[u8]) -> bool {
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    first.is_some_and(|byte| b"{[<\"".contains(byte))
}

/// True where the body is a page, which this API never answers with.
pub(super) fn is_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// The deepest nesting taken. Parsers descend into what they skip too, and a hostile answer could lead them
/// past the end of the stack.
const DEEPEST: usize = 128;

/// True where the body's lists and objects are nested deeper than any answer means.
pub(crate) fn too_deep(body: &[u8]) -> bool {
    // Most bodies have not even so many brackets.
    if memchr::memchr2_iter(b'[', b'{', body).nth(DEEPEST).is_none() {
        return false;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while at < body.len() {
        match body[at] {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => at = end_of_text(body, at + 1),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
        at += 1;
    }
    false
}

/// Where the text that began before this place has its closing quote.
fn end_of_text(body: &[u8], mut at: usize) -> usize {
    while let Some(further) = memchr::memchr2(b'"', b'\\', &body[at.min(body.len())..]) {
        at += further;
        if body[at] == b'"' {
            return at;
        }
        at += 2;
    }
    body.len()
}

/// Where `\uXXXX` escapes stand that are one half of a pair without the other.
fn lone_surrogates(body: &[u8]) -> Vec<usize> {
    let (mut lone, mut at) = (Vec::new(), 0);
    while at < body.len() {
        if body[at] != b'\\' {
            at += 1;
            continue;
        }
        match escape(body, at) {
            Some(0xd800..0xdc00) if matches!(escape(body, at + 6), Some(0xdc00..0xe000)) => {
                at += 12
            }
            Some(0xd800..0xe000) => {
                lone.push(at);
                at += 6;
            }
            Some(_) => at += 6,
            // Any other escape is two characters long: a backslash after a backslash begins none.
            None => at += 2,
        }
    }
    lone
}

/// The code unit of a `\uXXXX` at this place.
fn escape(body: &[u8], at: usize) -> Option<u16> {
    let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &[u8]) -> String {
        String::from_utf8(readable(Bytes::copy_from_slice(body)).to_vec()).unwrap()
    }

    #[test]
    fn an_answer_that_is_nested_too_deep_is_seen_and_brackets_in_texts_are_not_counted() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let nested = |depth| format!("{}1{}", open.repeat(depth), close.repeat(depth));
            assert!(!too_deep(nested(128).as_bytes()) && too_deep(nested(129).as_bytes()));
        }
        assert!(too_deep("[".repeat(1 << 20).as_bytes()));
        let many = format!("[{}]", vec![r#"{"a":["[[[\\\"{{{"]}"#; 500].join(","));
        assert!(!too_deep(many.as_bytes()));
        assert!(!too_deep(format!("\"{}", "[".repeat(500)).as_bytes()));
    }

    #[test]
    fn what_no_text_can_hold_becomes_the_mark_for_it_and_the_rest_stays() {
        assert_eq!(read(b"\xef\xbb\xbf{}"), "{}");
        assert_eq!(read(b"\"a\xff\""), "\"a\u{fffd}\"");
        assert_eq!(read(br#""\ud83d\ude00 \ud83d x""#), r#""\ud83d\ude00 \ufffd x""#);
        assert_eq!(read(br#""\\ud83d \u00e1""#), r#""\\ud83d \u00e1""#);
    }
}
