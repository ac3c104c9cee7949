//! JSON and NDJSON: each contact's bytes as they came.

use std::io::{self, Write};

use super::columns::Columns;
use super::contact::{Fields, one_line, quoted};
use super::writer::Writer;

pub(super) struct Json<W: Write> {
    columns: Columns,
    output: W,
    /// True for one document, a list; else each contact is a document.
    list: bool,
    count: u64,
}

impl<W: Write> Json<W> {
    /// One document: a list with a contact on each line.
    pub(super) fn list(columns: Columns, output: W) -> Self {
        Self { columns, output, list: true, count: 0 }
    }

    /// A document on each line.
    pub(super) fn lines(columns: Columns, output: W) -> Self {
        Self { list: false, ..Self::list(columns, output) }
    }

    /// An object with exactly the chosen names, null where there is no value.
    fn chosen(&mut self, contact: &str) -> io::Result<()> {
        let fields = Fields::read(contact)?;
        for (index, column) in self.columns.list.iter().enumerate() {
            let before = if index == 0 { "{" } else { "," };
            write!(self.output, "{before}{}:", quoted(&column.name))?;
            let extra = column.is_extra().then(|| fields.extra(&self.columns, &[])).flatten();
            let json = extra.as_deref().or_else(|| fields.value(column));
            self.output.write_all(one_line(json.unwrap_or("null")).as_bytes())?;
        }
        self.output.write_all(b"}")
    }
}

impl<W: Write> Writer for Json<W> {
    fn add(&mut self, contact: &str) -> io::Result<()> {
        if self.list {
            let before: &[u8] = if self.count == 0 { b"[\n" } else { b",\n" };
            self.output.write_all(before)?;
        }
        match self.columns.chosen {
            true => self.chosen(contact)?,
            false => self.output.write_all(one_line(contact).as_bytes())?,
        }
        if !self.list {
            self.output.write_all(b"\n")?;
        }
        self.count += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        let end: &[u8] = match (self.list, self.count) {
            (false, _) => b"",
            (true, 0) => b"[]\n",
            (true, _) => b"\n]\n",
        };
        self.output.write_all(end)?;
        self.output.flush()?;
        Ok(0)
    }
}
