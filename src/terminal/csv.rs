//! Values as CSV, which opens right in a spreadsheet.

use std::collections::BTreeSet;
use std::io::{self, Result, Write};

use serde_json::Value;

use super::rows::{beginning_with, cell, ordered};
use crate::schema::spreadsheet_cell;

/// The header above items that are no objects.
const ITEM: &str = "value";

/// A list as CSV (RFC 4180), piece by piece: once each piece was looked at for its columns, they are
/// written under one header.
#[derive(Debug, Default)]
pub(crate) struct CsvTable {
    names: BTreeSet<String>,
    /// True where an item is no object: then each is one cell.
    is_of_items: bool,
}

impl CsvTable {
    /// Looks at a piece of the list.
    pub(crate) fn look_at(&mut self, items: &[Value]) {
        for item in items {
            let Some(row) = item.as_object() else {
                self.is_of_items = true;
                continue;
            };
            for name in row.keys() {
                if !self.names.contains(name) {
                    self.names.insert(name.clone());
                }
            }
        }
    }

    /// The columns, with these in front of the others.
    pub(crate) fn columns(&self, first: &[&str]) -> Vec<String> {
        match self.is_of_items {
            true => vec![ITEM.to_owned()],
            false => beginning_with(first, ordered(self.names.iter().cloned().collect())),
        }
    }

    /// Writes the header, which has no line where there are no columns.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub(crate) fn write_header(columns: &[String], output: &mut dyn Write) -> Result<()> {
        let names = columns.iter().map(|name| spreadsheet_cell(name).into_owned());
        written([names].into_iter().filter(|names| names.len() > 0), output)
    }

    /// Writes a piece of the list under these columns.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub(crate) fn write(
        &self,
        columns: &[String],
        items: &[Value],
        output: &mut dyn Write,
    ) -> Result<()> {
        if self.is_of_items {
            return written(items.iter().map(|item| [guarded(Some(item))]), output);
        }
        let rows = items.iter().filter(|_| !columns.is_empty()).filter_map(Value::as_object);
        written(rows.map(|row| columns.iter().map(|name| guarded(row.get(name)))), output)
    }
}

/// The value as CSV (RFC 4180) with a header.
///
/// # Errors
/// Where the output cannot be written to.
pub(crate) fn csv(value: &Value, output: &mut dyn Write) -> Result<()> {
    csv_beginning_with(value, &[], output)
}

/// The same with these columns in front of the others.
///
/// # Errors
/// Where the output cannot be written to.
pub(crate) fn csv_beginning_with(
    value: &Value,
    first: &[&str],
    output: &mut dyn Write,
) -> Result<()> {
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let mut table = CsvTable::default();
    table.look_at(items);
    let columns = table.columns(first);
    CsvTable::write_header(&columns, output)?;
    table.write(&columns, items, output)
}

fn written<R: IntoIterator<Item = String>>(
    records: impl Iterator<Item = R>,
    output: &mut dyn Write,
) -> Result<()> {
    let mut writer = ::csv::Writer::from_writer(output);
    for record in records {
        writer.write_record(record).map_err(io_error)?;
    }
    writer.flush()
}

/// The output's own error where it was that: a closed pipe is told from a full disk by its kind.
pub(crate) fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A value as one cell of a table that a spreadsheet may open.
fn guarded(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => spreadsheet_cell(text).into_owned(),
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

    #[test]
    fn nothing_in_a_list_or_an_object_has_no_columns() {
        assert_eq!([written(json!([])), written(json!({}))], ["", ""]);
        assert_eq!(written(json!(null)), "value\n\"\"\n");
        assert_eq!(written(json!({ "a": 1 })), "a\n1\n");
    }

    #[test]
    fn pieces_of_a_list_have_the_columns_of_them_all() {
        let pieces = [json!([{ "b": 1 }]), json!([{ "a": 2 }, {}])];
        let (mut table, mut output) = (CsvTable::default(), Vec::new());
        pieces.iter().for_each(|piece| table.look_at(piece.as_array().unwrap()));
        let columns = table.columns(&[]);
        CsvTable::write_header(&columns, &mut output).unwrap();
        for piece in &pieces {
            table.write(&columns, piece.as_array().unwrap(), &mut output).unwrap();
        }
        assert_eq!(String::from_utf8(output).unwrap(), "a,b\n,1\n2,\n,\n");
    }
}
