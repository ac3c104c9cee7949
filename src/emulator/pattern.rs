//! Paths with wildcards: `/contacts/:id/notes`.

use percent_encoding::percent_decode_str;

/// The values of the `:name` segments where `path` is of this pattern, decoded, in order.
///
/// A `*` takes one segment, and as the last one everything that follows.
pub(crate) fn match_path(pattern: &str, path: &str) -> Option<Vec<String>> {
    let mut values = Vec::new();
    let mut segments = path.trim_matches('/').split('/');
    let mut wanted = pattern.trim_matches('/').split('/').peekable();
    while let Some(want) = wanted.next() {
        if want == "*" && wanted.peek().is_none() {
            return Some(values);
        }
        let segment = segments.next()?;
        if want.starts_with(':') {
            values.push(percent_decode_str(segment).decode_utf8().ok()?.into_owned());
        } else if want != "*" && want != segment {
            return None;
        }
    }
    segments.next().is_none().then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_take_their_segments_and_no_more() {
        let id = |path| match_path("/contacts/:id", path);
        assert_eq!(id("/contacts/a%20b"), Some(vec!["a b".to_owned()]));
        assert_eq!(id("/contacts"), None);
        assert_eq!(id("/contacts/a/notes"), None);
        assert_eq!(match_path("*", "/contacts/a/notes"), Some(Vec::new()));
        assert_eq!(match_path("/contacts/*", "/contacts/a/notes"), Some(Vec::new()));
        assert_eq!(match_path("/contacts/*/notes", "/contacts/a/history"), None);
    }
}
