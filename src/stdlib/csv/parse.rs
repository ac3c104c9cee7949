//! A table that is read.

use std::borrow::Cow;

use serde_json::Value;

use super::format::{delimiter, is_on};
use super::table::{Row, Table};
use crate::api::{Answer, Call, memory};
use crate::schema::unguarded_cell;
use crate::{Error, Result};

/// Reads the table that the call gives.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for quotes that do not close, rows that differ in their
/// length, and columns that cannot be told apart.
pub(super) fn parse(call: &Call) -> Result<Answer> {
    let (text, delimiter) = (call.text(0), delimiter(call)?);
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Ok(Answer::Value(Value::Array(Vec::new())));
    }
    let guard = is_on(call.option(1, "guard"));
    let table = Table::parse(text, delimiter)?;
    let json = match is_on(call.option(1, "header")) {
        true => objects(&table, guard)?,
        false => lists(&table, guard)?,
    };
    Ok(Answer::Json(json.into()))
}

/// Each row as an object. It is written as JSON at once: a tree of a large table would be made for nothing.
fn objects(table: &Table, guard: bool) -> Result<String> {
    let names = names(table)?;
    let row = |row: &Row, json: &mut String| {
        let start = json.len();
        for (cell, name) in row.cells.iter().zip(&names) {
            let Some(name) = name else {
                unnamed(row, cell)?;
                continue;
            };
            json.push(if json.len() == start { '{' } else { ',' });
            json.push_str(name);
            json.push(':');
            push(json, cell, guard);
        }
        json.push_str(if json.len() == start { "{}" } else { "}" });
        Ok(())
    };
    list(table, table.rows(), row)
}

/// A column without a name has no values: spreadsheets write such columns at the end.
fn unnamed(row: &Row, cell: &str) -> Result<()> {
    if cell.trim().is_empty() {
        return Ok(());
    }
    let message = format!("line {} has a value in a column without a name", row.line);
    Err(Error::invalid(message).with_hint("name the column in the first row"))
}

fn lists(table: &Table, guard: bool) -> Result<String> {
    let row = |row: &Row, json: &mut String| {
        for (place, cell) in row.cells.iter().enumerate() {
            json.push(if place == 0 { '[' } else { ',' });
            push(json, cell, guard);
        }
        json.push(']');
        Ok(())
    };
    list(table, table.rows_with_header(), row)
}

/// The rows in a list, each of the same length.
fn list(
    table: &Table,
    rows: impl Iterator<Item = Row>,
    write: impl Fn(&Row, &mut String) -> Result<()>,
) -> Result<String> {
    let columns = table.header.len();
    let mut json = String::from("[");
    for row in rows {
        if row.cells.len() != columns {
            return Err(ragged(&row, columns));
        }
        if row.place > 0 {
            json.push(',');
        }
        write(&row, &mut json)?;
        memory::check()?;
    }
    json.push(']');
    Ok(json)
}

fn ragged(row: &Row, columns: usize) -> Error {
    let (line, cells) = (row.line, row.cells.len());
    let noun = if cells == 1 { "cell" } else { "cells" };
    Error::invalid(format!("line {line} has {cells} {noun}, not {columns}"))
        .with_hint("put a cell that has a delimiter in it in quotes")
}

/// The columns' names as JSON; none for a column without one.
fn names(table: &Table) -> Result<Vec<Option<String>>> {
    let names: Vec<&str> = table.header.iter().map(str::trim).collect();
    for (place, name) in names.iter().enumerate() {
        if !name.is_empty() && names[..place].contains(name) {
            return Err(Error::invalid(format!("two columns are called \"{name}\""))
                .with_hint("rename one, or read each row as a list: header = false"));
        }
    }
    let json = |name: &str| (!name.is_empty()).then(|| Value::from(name).to_string());
    Ok(names.into_iter().map(json).collect())
}

fn push(json: &mut String, cell: &str, guard: bool) {
    let text = if guard { unguarded_cell(cell) } else { Cow::Borrowed(cell) };
    json.push_str(&Value::from(text).to_string());
}
