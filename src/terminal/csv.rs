//! Values as CSV, which opens right in a spreadsheet.

use std::io::Write;

use serde_json::{Map, Value};

use super::rows::{beginning_with, cell, columns, objects};
use super::spreadsheet;

/// The value as CSV (RFC 4180) with a header.
pub(crate) fn csv(value: &Value, output: &mut (impl Write + ?Sized)) -> std::io::Result<()> {
    csv_beginning_with(value, &[], output)
}

/// The same with these columns in front of the others.
pub(crate) fn csv_beginning_with(
    value: &Value,
    first: &[&str],
    output: &mut (impl Write + ?Sized),
) -> std::io::Result<()> {
    // Nothing has no columns either.
    if value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty) {
        return Ok(());
    }
    let one = Value::Array(vec![value.clone()]);
    let list = if value.is_object() { &one } else { value };
    let mut writer = ::csv::WriterBuilder::new().from_writer(output);
    records(list, first, &mut writer).map_err(spreadsheet::plain)?;
    writer.flush()
}

fn records(
    list: &Value,
    first: &[&str],
    writer: &mut ::csv::Writer<impl Write>,
) -> ::csv::Result<()> {
    match objects(list) {
        Some(rows) => {
            let columns = beginning_with(first, columns(&rows));
            writer.write_record(columns.iter().map(|name| guarded(Some(&name.as_str().into()))))?;
            for row in rows {
                writer.write_record(columns.iter().map(|name| guarded(row.get(name))))?;
            }
        }
        None => {
            let items = list.as_array().cloned().unwrap_or_else(|| vec![list.clone()]);
            writer.write_record(["value"])?;
            for item in &items {
                writer.write_record([guarded(Some(item))])?;
            }
        }
    }
    Ok(())
}

/// A value as one cell of a table that a spreadsheet may open.
fn guarded(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => spreadsheet::cell(text).into_owned(),
        other => cell(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(value: Value) -> String {
        let mut output = Vec::new();
        csv(&value, &mut output).unwrap();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn a_contacts_columns_come_in_the_order_of_the_schema() {
        let csv =
            written(json!([{ "phone": "+54 9", "name": "Ana, M", "id": "1" }, { "zoo": [1] }]));
        assert_eq!(csv, "id,name,phone,zoo\n1,\"Ana, M\",+54 9,\n,,,[1]\n");
    }

    #[test]
    fn a_text_that_a_spreadsheet_would_run_is_disarmed() {
        let csv =
            written(json!([{ "name": "=HYPERLINK(1)" }, { "name": "-2+3+cmd|' /C calc'!A0" }]));
        assert_eq!(csv, "name\n'=HYPERLINK(1)\n'-2+3+cmd|' /C calc'!A0\n");
    }
}
