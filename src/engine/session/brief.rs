//! Values on one line.

use serde_json::Value;

/// The most letters of a value on one line.
const LONGEST: usize = 80;
/// The most entries of a list or an object that are looked at for it.
pub(in crate::engine) const MOST: usize = 12;
/// The most members of an object that are told one by one.
pub(in crate::engine) const MOST_MEMBERS: usize = 256;
/// What a module is called among the kinds of variables.
pub(crate) const MODULE: &str = "module";
/// What is shown of a list that comes page by page.
pub(in crate::engine) const LAZY: &str =
    "a list that is fetched as it is gone through: for contact in …";

/// The value on one line of at most 80 characters.
pub(in crate::engine) fn brief(value: &Value) -> String {
    let text = match value {
        Value::Null => "nothing".to_owned(),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST - 1) {
        Some((at, letter)) if at + letter.len_utf8() < text.len() => format!("{}…", &text[..at]),
        _ => text,
    }
}

/// As much of a text as can be seen on one line: a long one is not copied to be cut.
pub(in crate::engine) fn beginning(text: &str) -> Value {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text[..end].into(),
        None => text.into(),
    }
}

/// What a value is, in a word; `members` are the names in it.
pub(in crate::engine) fn kind(value: &Value, members: &[String]) -> String {
    let has = |wanted: &str| members.iter().any(|name| name == wanted);
    let word = match value {
        Value::Null => "nothing",
        Value::Bool(_) => "truth",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) if has("id") && (has("websiteId") || has("creationDate")) => "contact",
        Value::Object(_) => "object",
    };
    word.to_owned()
}

/// The first of these names, with commas.
pub(in crate::engine) fn listed(names: &[String]) -> String {
    let mut listed = names.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > MOST {
        listed.push_str(", …");
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_text_looks_like_the_whole_on_a_line() {
        for length in [0, 1, 77, 78, 79, 80, 81, 200] {
            let text = "é\"".repeat(length);
            assert_eq!(brief(&beginning(&text)), brief(&text.into()), "{length}");
        }
        assert!(beginning(&"x".repeat(1_000)).as_str().unwrap().len() < 100);
    }
}
