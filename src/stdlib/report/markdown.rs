//! A table in Markdown.

use serde_json::Value;

use super::rows::Rows;
use super::table::joined;
use crate::Result;
use crate::api::{Call, memory};

/// `report.markdown(rows, options?)`
pub(super) fn markdown(call: &Call) -> Result<Value> {
    let rows = Rows::read(call.value(0), call.option(1, "columns"))?;
    let mut lines = Vec::new();
    if let Some(title) = call.option(1, "title").as_str() {
        lines.extend([format!("**{}**", escaped(title)), String::new()]);
    }
    // A table without headings is none: they are empty then.
    let blank = vec![String::new(); rows.numbers.len()];
    let columns = if rows.columns.is_empty() { &blank } else { &rows.columns };
    lines.push(line(columns));
    let rules: String =
        rows.numbers.iter().map(|right| if *right { "---:|" } else { "---|" }).collect();
    lines.push(format!("|{rules}"));
    for row in &rows.cells {
        memory::check()?;
        lines.push(line(row));
    }
    joined(&lines)
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
    format!("| {} |", cells.join(" | "))
}

/// The text with the signs that would be more than text: those of cells, tags, links and emphasis.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' | '\\' | '*' | '_' | '`' | '[' | ']' => escaped.extend(['\\', letter]),
            '<' => escaped.push_str("&lt;"),
            '\n' | '\r' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}
