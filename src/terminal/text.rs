//! Text as a terminal takes it: what it does to the cursor, and how wide it is.

use std::borrow::Cow;
use std::io::IsTerminal;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Stands for what was cut off.
const CUT: &str = "…";

/// The text without what would steer a terminal: contacts and servers can write such a text.
pub(crate) fn harmless(text: &str) -> String {
    if !text.contains(steers) {
        return text.to_owned();
    }
    let escape = |letter: char| match steers(letter) && letter != '\t' {
        true => letter.escape_default().to_string(),
        false => letter.to_string(),
    };
    text.chars().map(escape).collect()
}

/// True for what moves the cursor or changes colours, and for what has letters stand in another order than
/// they are in: a name could then look like another.
pub(super) fn steers(letter: char) -> bool {
    let turns = matches!(
        letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    letter.is_control() || turns
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
    let is_harmful = |letter: char| steers(letter) && !matches!(letter, '\n' | '\t');
    if !text.contains(is_harmful) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_the_order_of_letters_is_seen_as_what_it_is() {
        for turn in "\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}".chars() {
            let text = format!("Ana{turn}\tzeP");
            let shown = format!("Ana\\u{{{:x}}}\tzeP", u32::from(turn));
            assert_eq!((harmless(&text), &*harmless_lines(&text)), (shown.clone(), &*shown));
        }
        assert_eq!(harmless("Ana é 漢 👩\u{200d}👧"), "Ana é 漢 👩\u{200d}👧");
    }
}
