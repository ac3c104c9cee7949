//! A part of a page: a heading, a text, a table, a chart.

use serde_json::{Map, Value};

use super::chart;
use super::escape::escaped;
use crate::Result;
use crate::api::{Named, checked_options as options, memory};
use crate::schema::FieldType;
use crate::stdlib::report::rows::Rows;

const SECTION: &[Named] = &[
    Named::new("heading", "Its heading.").of(FieldType::Text),
    Named::new("text", "Its text.").of(FieldType::Text),
    Named::new("table", "Rows, or { rows, columns }."),
    Named::new("chart", "{ kind, items, label, value }.").of(FieldType::Object),
];

const TABLE: &[Named] = &[
    Named::new("rows", "The rows.").of(FieldType::List).needed(),
    Named::new("columns", "The columns in order.").of(FieldType::List),
];

/// The section as HTML.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for an unknown name, or a value of another type.
pub(super) fn written(section: Map<String, Value>) -> Result<String> {
    let section = options(section, SECTION)?;
    let text = |name: &str| section.get(name).and_then(Value::as_str);
    let mut parts = Vec::new();
    parts.extend(text("heading").map(|heading| format!("<h2>{}</h2>\n", escaped(heading))));
    parts.extend(text("text").map(|text| format!("<p>{}</p>\n", escaped(text))));
    if let Some(given) = section.get("table") {
        parts.push(table(given).map_err(|error| error.within("table"))?);
    }
    if let Some(Value::Object(given)) = section.get("chart") {
        parts.push(chart::written(given.clone()).map_err(|error| error.within("chart"))?);
    }
    Ok(format!("<section>\n{}</section>\n", parts.concat()))
}

fn table(given: &Value) -> Result<String> {
    let rows = match given {
        Value::Object(given) if !given.is_empty() => {
            let given = options(given.clone(), TABLE)?;
            Rows::read(&given["rows"], given.get("columns").unwrap_or(&Value::Null))?
        }
        rows => Rows::read(&FieldType::List.check("rows", rows.clone())?, &Value::Null)?,
    };
    let head = match rows.columns.is_empty() {
        true => String::new(),
        false => format!("<thead>{}</thead>\n", row("th", &rows.columns, &rows.numbers)),
    };
    let mut body = String::new();
    for cells in &rows.cells {
        memory::check()?;
        body += &row("td", cells, &rows.numbers);
        body.push('\n');
    }
    Ok(format!("<div class=\"wide\"><table>\n{head}<tbody>\n{body}</tbody>\n</table></div>\n"))
}

fn row(tag: &str, cells: &[String], numbers: &[bool]) -> String {
    let cell = |(text, number): (&String, &bool)| {
        let class = if *number { " class=\"number\"" } else { "" };
        format!("<{tag}{class}>{}</{tag}>", escaped(text))
    };
    let cells: String = cells.iter().zip(numbers).map(cell).collect();
    format!("<tr>{cells}</tr>")
}
