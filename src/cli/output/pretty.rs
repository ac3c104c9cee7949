//! Values as people read them.

use std::io::Write;

use comfy_table::presets::NOTHING;
use comfy_table::{ContentArrangement, Table};
use serde_json::{Map, Value};

use super::rows::{beginning_with, cell, columns, objects};
use crate::cli::sink::{harmless, readable};

/// The columns shown of rows that have more.
const SHOWN: [&str; 8] =
    ["id", "name", "lastName", "email", "phone", "status", "assignedTo", "creationDate"];
/// Rows with more columns than these are cut down to [`SHOWN`].
const MOST_COLUMNS: usize = 8;
/// The longest text in a cell.
const LONGEST: usize = 40;

pub(super) fn write(value: &Value, output: &mut (impl Write + ?Sized)) -> std::io::Result<()> {
    match value {
        Value::Null => Ok(()),
        Value::String(text) => writeln!(output, "{}", readable(text, &std::io::stdout())),
        Value::Array(list) if list.is_empty() => writeln!(output, "{}", counted(0)),
        Value::Object(object) if !object.is_empty() => write!(output, "{}", sheet(object, &[], 0)),
        list => match objects(list) {
            Some(rows) => writeln!(output, "{}", table(&rows, &shown(&rows))),
            None => writeln!(output, "{}", readable(&format!("{list:#}"), &std::io::stdout())),
        },
    }
}

/// A list of objects with these columns.
pub(super) fn write_columns(
    list: &Value,
    columns: &[&str],
    output: &mut (impl Write + ?Sized),
) -> std::io::Result<()> {
    let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
    match objects(list) {
        Some(rows) => writeln!(output, "{}", table(&rows, &columns)),
        None => writeln!(output, "{}", counted(0)),
    }
}

/// The columns that are shown of rows of anybody's.
fn shown(rows: &[&Map<String, Value>]) -> Vec<String> {
    let mut columns = columns(rows);
    if columns.len() > MOST_COLUMNS && columns.iter().any(|name| name == "creationDate") {
        columns.retain(|name| SHOWN.contains(&name.as_str()));
    }
    columns
}

/// A list of objects as an aligned table that fits the terminal.
fn table(rows: &[&Map<String, Value>], columns: &[String]) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header(columns.iter().map(|name| harmless(name)));
    let width = terminal_size::terminal_size_of(std::io::stdout());
    if let Some((terminal_size::Width(width), _)) = width {
        table.set_width(width).set_content_arrangement(ContentArrangement::Dynamic);
    }
    for row in rows {
        table.add_row(columns.iter().map(|name| short(&cell(row.get(name)))));
    }
    table.column_iter_mut().for_each(|column| {
        column.set_padding((0, 2));
    });
    let text = table.to_string();
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    format!("{}\n\n{}", lines.join("\n"), counted(rows.len()))
}

fn counted(rows: usize) -> String {
    if rows == 1 { "1 row".into() } else { format!("{rows} rows") }
}

/// One object with these names in front of the others.
pub(super) fn write_sheet(
    object: &Map<String, Value>,
    first: &[&str],
    output: &mut (impl Write + ?Sized),
) -> std::io::Result<()> {
    write!(output, "{}", sheet(object, first, 0))
}

/// One object, a line for each name, nested ones indented.
fn sheet(object: &Map<String, Value>, first: &[&str], depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let width = object.keys().map(|name| name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for name in beginning_with(first, columns(&[object])) {
        let value = object.get(&name);
        let name = harmless(&name);
        let line = match value {
            Some(Value::Object(inner)) if !inner.is_empty() && depth < 4 => {
                format!("{indent}{name}\n{}", sheet(inner, &[], depth + 1))
            }
            value => {
                format!("{indent}{name:width$}  {}\n", harmless(&cell(value).replace('\n', " ⏎ ")))
            }
        };
        text.push_str(&line);
    }
    text
}

fn short(text: &str) -> String {
    let line = harmless(&text.replace(['\n', '\r'], " "));
    if line.chars().count() <= LONGEST {
        return line;
    }
    let start: String = line.chars().take(LONGEST - 1).collect();
    format!("{start}…")
}
