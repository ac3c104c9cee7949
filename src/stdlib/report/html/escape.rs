//! Texts in a page.

/// The text as it stands in an element or in an attribute in quotes, so that it is nothing but text.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(letter),
            // No page may hold them, and there is nothing to see.
            control if control.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}
