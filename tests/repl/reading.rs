//! How answers are read.

use unicode_width::UnicodeWidthStr;

use crate::support::Screen;

/// Each of these words is in the answer.
#[track_caller]
pub fn has(answer: &str, words: &[&str]) {
    for word in words {
        assert!(answer.contains(word), "no {word:?} in: {answer}");
    }
}

/// No line is wider than the terminal.
#[track_caller]
pub fn fits(answer: &str, columns: usize) {
    let wide = answer.lines().find(|line| line.width() > columns);
    assert_eq!(wide, None, "wider than {columns}:\n{answer}");
}

/// The answer to a line that is to fail, where the prompt goes on.
#[track_caller]
pub fn error(prompt: &mut Screen, line: &str, words: &[&str]) -> String {
    let answer = prompt.answers(line);
    for word in words {
        assert!(answer.contains(word), "no {word:?} for {line}: {answer}");
    }
    assert_eq!(prompt.answers("1 + 1"), "2");
    answer
}

/// What the caret stands under, to the end of its line.
#[track_caller]
pub fn under_the_caret(answer: &str) -> String {
    let rows: Vec<&str> = answer.lines().collect();
    let caret = rows.iter().position(|row| row.trim().starts_with('^') || row.contains(" ^"));
    let caret = caret.unwrap_or_else(|| panic!("no caret: {answer}"));
    let column = rows[caret].split('^').next().unwrap().width();
    let mut width = 0;
    let letters = rows[caret - 1].chars().skip_while(|letter| {
        let before = width < column;
        width += letter.to_string().width();
        before
    });
    letters.collect()
}
