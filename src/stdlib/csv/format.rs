//! A table that is written.

use std::collections::HashSet;

use csv::{QuoteStyle, WriterBuilder};
use serde_json::{Map, Value};

use crate::api::{Answer, Call, memory};
use crate::schema::{CONTACT_FIELDS, spreadsheet_cell};
use crate::{Error, Result};

/// The header, and the cells of each row.
struct Records<'a> {
    header: Vec<String>,
    rows: Vec<Vec<Option<&'a Value>>>,
}

/// Writes the rows that the call gives.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for rows that are neither objects nor lists, or both.
pub(super) fn format(call: &Call) -> Result<Answer> {
    let rows = call.value(0).as_array().map(Vec::as_slice).unwrap_or_default();
    let columns = columns(call.option(1, "columns"))?;
    let mut records = match rows.first() {
        Some(Value::Array(_)) => lists(rows, columns.unwrap_or_default())?,
        _ => objects(rows, columns)?,
    };
    if !is_on(call.option(1, "header")) {
        records.header.clear();
    }
    let guard = is_on(call.option(1, "guard"));
    let text = written(&records, delimiter(call)?.unwrap_or(b','), guard);
    text.map(|text| Answer::Value(text.into()))
}

fn written(records: &Records<'_>, delimiter: u8, guard: bool) -> Result<String> {
    let mut options = WriterBuilder::new();
    if is_taken_for_another(records) {
        options.quote_style(QuoteStyle::Always);
    }
    let mut writer = options.delimiter(delimiter).flexible(true).from_writer(Vec::new());
    if !records.header.is_empty() {
        let names = records.header.iter().map(|name| text(name, guard));
        writer.write_record(names).map_err(|error| not_written(&error))?;
    }
    for row in records.rows.iter().filter(|row| !row.is_empty()) {
        memory::check()?;
        let cells = row.iter().map(|value| cell(*value, guard));
        writer.write_record(cells).map_err(|error| not_written(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| not_written(&error))?;
    String::from_utf8(bytes).map_err(|error| not_written(&error))
}

/// True where the table begins with what is not part of a table unless it is in quotes: a byte order mark, or the
/// line in which Excel names the delimiter.
fn is_taken_for_another(records: &Records<'_>) -> bool {
    let first = match records.header.first() {
        Some(name) => Some(name.as_str()),
        None => records.rows.first().and_then(|row| row.first().copied()??.as_str()),
    };
    first.is_some_and(|text| text.starts_with('\u{feff}') || text.starts_with("sep="))
}

fn not_written(error: &dyn std::error::Error) -> Error {
    Error::invalid(error.to_string())
}

/// A value as one cell: text as it is, nothing for null, anything nested as JSON.
fn cell(value: Option<&Value>, guard: bool) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(own)) => text(own, guard),
        Some(other) => other.to_string(),
    }
}

fn text(text: &str, guard: bool) -> String {
    match guard {
        true => spreadsheet_cell(text).into_owned(),
        false => text.to_owned(),
    }
}

/// The columns that are asked for.
fn columns(option: &Value) -> Result<Option<Vec<String>>> {
    let Some(list) = option.as_array() else { return Ok(None) };
    let names: Option<Vec<_>> = list.iter().map(|name| name.as_str().map(str::to_owned)).collect();
    names.map(Some).ok_or_else(|| Error::invalid("columns must be a list of names"))
}

fn objects(rows: &[Value], columns: Option<Vec<String>>) -> Result<Records<'_>> {
    let object =
        |(row, number): (_, u64)| Value::as_object(row).ok_or_else(|| mixed(number, "an object"));
    let objects = rows.iter().zip(1..).map(object).collect::<Result<Vec<_>>>()?;
    let header = columns.unwrap_or_else(|| found(&objects));
    let cells = |row| {
        memory::check()?;
        Ok(header.iter().map(|name| Map::get(row, name)).collect())
    };
    let rows = objects.into_iter().map(cells).collect::<Result<_>>()?;
    Ok(Records { rows, header })
}

fn lists(rows: &[Value], header: Vec<String>) -> Result<Records<'_>> {
    let list = |(row, number): (_, u64)| {
        let cells = Value::as_array(row).ok_or_else(|| mixed(number, "a list"))?;
        Ok(cells.iter().map(Some).collect())
    };
    let rows = rows.iter().zip(1..).map(list).collect::<Result<_>>()?;
    Ok(Records { header, rows })
}

/// Rows are counted from 1, for the languages' own positions differ.
fn mixed(number: u64, what: &str) -> Error {
    Error::invalid(format!("row {number} is not {what}"))
        .with_hint("give objects, or lists, and not both")
}

/// Every name that the rows have: those of a contact's fields in their usual order, then the others as they
/// come.
fn found(rows: &[&Map<String, Value>]) -> Vec<String> {
    let (mut seen, mut names) = (HashSet::new(), Vec::new());
    for name in rows.iter().flat_map(|row| row.keys()) {
        if seen.insert(name) {
            names.push(name.clone());
        }
    }
    let place = |name: &String| CONTACT_FIELDS.iter().position(|field| field.name == name);
    names.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
    names
}

/// The sign between cells that the options name.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for what can be none.
pub(super) fn delimiter(call: &Call) -> Result<Option<u8>> {
    let Some(text) = call.option(1, "delimiter").as_str() else { return Ok(None) };
    match text.as_bytes() {
        [sign] if sign.is_ascii() && !b"\"\r\n".contains(sign) => Ok(Some(*sign)),
        _ => Err(Error::invalid("delimiter must be one sign, such as \";\"")),
    }
}

/// True for an option that was left out.
pub(super) fn is_on(option: &Value) -> bool {
    option != &Value::Bool(false)
}
