//! Long lines, folded at the width of the terminal.

use super::width as width_of;

/// What is wider than this is folded under its own beginning, unless that leaves no room.
const LEAST_ROOM: usize = 24;

/// The text with lines no wider than this. What goes on stands under the second column of its line, where it
/// has one.
pub(crate) fn folded(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return text.to_owned() };
    text.lines().map(|line| fold(line, width)).collect()
}

fn fold(line: &str, width: usize) -> String {
    if shown(line) <= width {
        return format!("{line}\n");
    }
    let indent = indent(line);
    let indent = if indent + LEAST_ROOM > width { leading(line) + 2 } else { indent };
    let (mut folded, mut column, mut is_new) = (String::new(), 0, true);
    for word in line.split_inclusive(' ') {
        let wide = shown(word.trim_end_matches(' '));
        if column + wide > width && !is_new {
            folded.truncate(folded.trim_end_matches(' ').len());
            folded.push('\n');
            folded.push_str(&" ".repeat(indent));
            column = indent;
        }
        is_new = false;
        folded.push_str(word);
        column += shown(word);
    }
    folded.push('\n');
    folded
}

fn leading(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Where what goes on begins: behind the first gap of two spaces after the first word.
fn indent(line: &str) -> usize {
    let plain = plain(line);
    let start = plain.len() - plain.trim_start().len();
    let gap = plain[start..].find("  ").map(|gap| start + gap);
    match gap {
        Some(gap) => {
            let rest = plain[gap..].len() - plain[gap..].trim_start().len();
            width_of(&plain[..gap]) + rest
        }
        None => start,
    }
}

/// The columns that the line takes, without its colours.
fn shown(text: &str) -> usize {
    width_of(&plain(text))
}

/// The text without the sequences that colour it.
fn plain(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_stands_under_its_column() {
        let text = "  id  One two three four five six seven\nshort\n";
        assert_eq!(
            folded(text, Some(32)),
            "  id  One two three four five six\n      seven\nshort\n"
                .replace(" six\n      ", "\n      six ")
        );
        assert_eq!(folded(text, None), text);
    }

    #[test]
    fn colours_take_no_room() {
        let text = "\x1b[36mname\x1b[0m and so on\n";
        assert_eq!(folded(text, Some(14)), text);
    }
}
