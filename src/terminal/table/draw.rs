//! Columns as lines of text.

use super::column::Column;
use crate::terminal::cell::Cell;
use crate::terminal::{Paint, Role};

/// What stands between two columns.
pub(super) const GAP: &str = "  ";

/// The header and the rows, a line each.
pub(super) fn lines(columns: &[Column], widths: &[usize], paint: Paint) -> String {
    let rows = columns.first().map_or(0, |column| column.cells.len());
    let header: Vec<Cell> = columns
        .iter()
        .map(|column| Cell { text: column.title.clone(), role: Role::Heading })
        .collect();
    let mut text = line(columns, widths, header.iter(), paint);
    for row in 0..rows {
        text.push_str(&line(columns, widths, columns.iter().map(|it| &it.cells[row]), paint));
    }
    text
}

fn line<'a>(
    columns: &[Column],
    widths: &[usize],
    cells: impl Iterator<Item = &'a Cell>,
    paint: Paint,
) -> String {
    let mut text = String::new();
    for ((column, &columns), cell) in columns.iter().zip(widths).zip(cells) {
        // What was cut at a space, or before a wide letter, is narrower than its column.
        let cell = cell.cut(columns);
        let painted = cell.painted(paint);
        let spaces = " ".repeat(columns.saturating_sub(cell.width()));
        match column.to_the_right {
            true => text.extend([&spaces, &painted, GAP]),
            false => text.extend([&painted, spaces.as_str(), GAP]),
        }
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}
