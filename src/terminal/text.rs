//! Text as a terminal takes it: what it does to the cursor, and how wide it is.

use std::borrow::Cow;
use std::io::IsTerminal;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Stands for what was cut off.
const CUT: &str = "…";

/// The text without what would steer a terminal: contacts and servers can write such a text.
pub(crate) fn harmless(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    let escape = |letter: char| match letter.is_control() && letter != '\t' {
        true => letter.escape_default().to_string(),
        false => letter.to_string(),
    };
    text.chars().map(escape).collect()
}

/// The text as it goes to a stream: to a terminal without what would steer it, its lines and tabs kept;
/// to a file or a program as it is.
pub(crate) fn readable<'a>(text: &'a str, stream: &impl IsTerminal) -> Cow<'a, str> {
    match stream.is_terminal() {
        true => harmless_lines(text),
        false => Cow::Borrowed(text),
    }
}

/// The text without what would steer a terminal, its lines and tabs kept.
pub(super) fn harmless_lines(text: &str) -> Cow<'_, str> {
    let steers = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split('\n').map(harmless).collect::<Vec<_>>().join("\n"))
}

/// The text on one line that steers nothing, with this for the end of a line.
pub(super) fn one_line(text: &str, end: &str) -> String {
    harmless(&text.replace("\r\n", "\n").replace(['\n', '\r'], end).replace('\t', " "))
}

/// The columns that the text takes on a terminal: two for 漢 or 🙏, none for a combining accent.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text where it fits into so many columns; else its beginning, with `…` at the end.
pub(crate) fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if text.width() <= columns {
        return Cow::Borrowed(text);
    }
    let mut taken = 0;
    let fits = |letter: &&str| {
        taken += letter.width();
        taken < columns
    };
    let start: String = text.graphemes(true).take_while(fits).collect();
    Cow::Owned(if columns == 0 { start } else { start.trim_end().to_owned() + CUT })
}
