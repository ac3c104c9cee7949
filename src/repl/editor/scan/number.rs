//! How long a number is.

use super::is_word;

/// The length of the number that the text begins with: `1`, `0xFF`, `1_000`, `2.5e-3`. The dots of a range
/// (`1..5`) and of a method (`1.max`) are no part of it.
pub(super) fn length(text: &str) -> usize {
    let mut at = 0;
    let hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let after_exponent = matches!(before, 'e' | 'E') && !hexadecimal;
        let part = match letter {
            '+' | '-' => after_exponent,
            '.' => letters.peek().is_none_or(|next| next.is_ascii_digit() || next.is_whitespace()),
            letter => is_word(letter),
        };
        if !part {
            break;
        }
        at += letter.len_utf8();
        before = letter;
    }
    at
}
