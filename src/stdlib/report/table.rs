//! A table as text.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::rows::Rows;
use crate::Result;
use crate::api::{Call, memory};

/// Between two columns.
const GAP: &str = "  ";

/// `report.table(rows, options?)`
pub(super) fn table(call: &Call) -> Result<Value> {
    let rows = Rows::read(call.value(0), call.option(1, "columns"))?;
    let widths = widths(&rows);
    let mut lines = Vec::new();
    lines.extend(call.option(1, "title").as_str().map(str::to_owned));
    if !rows.columns.is_empty() {
        lines.push(line(&rows.columns, &widths, &rows.numbers));
        let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        lines.push(rules.join(GAP));
    }
    for row in &rows.cells {
        memory::check()?;
        lines.push(line(row, &widths, &rows.numbers));
    }
    joined(&lines)
}

/// The lines as one text.
///
/// # Errors
/// [`ErrorKind::Limit`](crate::ErrorKind::Limit) where they do not fit into the memory once more.
pub(super) fn joined(lines: &[String]) -> Result<Value> {
    memory::check_room(lines.iter().map(|line| line.len() + 1).sum())?;
    Ok(lines.join("\n").into())
}

fn widths(rows: &Rows) -> Vec<usize> {
    let widest = |place: usize| {
        let column =
            rows.cells.iter().filter_map(|row| row.get(place)).chain(rows.columns.get(place));
        column.map(|text| text.width()).max().unwrap_or(0)
    };
    (0..rows.numbers.len()).map(widest).collect()
}

fn line(cells: &[String], widths: &[usize], numbers: &[bool]) -> String {
    let cells = cells.iter().zip(widths).zip(numbers);
    let padded: Vec<String> =
        cells.map(|((text, width), right)| pad(text, *width, *right)).collect();
    padded.join(GAP).trim_end().to_owned()
}

/// The text in so many columns of a terminal.
pub(super) fn pad(text: &str, width: usize, right: bool) -> String {
    let blanks = " ".repeat(width.saturating_sub(text.width()));
    if right { format!("{blanks}{text}") } else { format!("{text}{blanks}") }
}
