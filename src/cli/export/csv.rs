//! CSV (RFC 4180) that opens right in a spreadsheet.

use std::borrow::Cow;
use std::io::{self, Write};

use super::columns::{Column, Columns};
use super::contact::{Fields, text};
use super::writer::Writer;
use crate::schema::spreadsheet_cell;
use crate::terminal::io_error;

/// The mark that says UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

pub(super) struct Csv<W: Write> {
    columns: Columns,
    output: csv::Writer<W>,
}

impl<W: Write> Csv<W> {
    /// Begins with the header.
    pub(super) fn new(
        columns: Columns,
        delimiter: u8,
        mark: bool,
        mut output: W,
    ) -> io::Result<Self> {
        if mark {
            output.write_all(MARK)?;
        }
        let mut output = csv::WriterBuilder::new().delimiter(delimiter).from_writer(output);
        let names = columns.list.iter().map(|column| spreadsheet_cell(&column.name).into_owned());
        output.write_record(names).map_err(io_error)?;
        Ok(Self { columns, output })
    }
}

impl<W: Write> Writer for Csv<W> {
    fn add(&mut self, contact: &str) -> io::Result<()> {
        let fields = Fields::read(contact)?;
        for column in &self.columns.list {
            let cell = cell(&fields, column, &self.columns);
            self.output.write_field(cell.as_bytes()).map_err(io_error)?;
        }
        self.output.write_record(None::<&[u8]>).map_err(io_error)
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        self.output.flush()?;
        Ok(0)
    }
}

/// Text as it is, nothing for null, anything else as its JSON.
fn cell<'a>(fields: &Fields<'a>, column: &Column, columns: &Columns) -> Cow<'a, str> {
    if column.is_extra() {
        return fields.extra(columns, &[]).map_or(Cow::Borrowed(""), Cow::Owned);
    }
    let Some(json) = fields.value(column) else { return Cow::Borrowed("") };
    match text(json) {
        Some(Cow::Borrowed(text)) => spreadsheet_cell(text),
        Some(Cow::Owned(text)) => Cow::Owned(spreadsheet_cell(&text).into_owned()),
        None => Cow::Borrowed(json),
    }
}
