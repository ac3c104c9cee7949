//! A CSV text: its delimiter, its header and its rows.

use csv::{ReaderBuilder, StringRecord};

use super::quotes;
use crate::{Error, Result};

const MARK: &str = "\u{feff}";

/// A CSV text in memory.
#[derive(Debug)]
pub(crate) struct Table {
    text: String,
    pub(crate) delimiter: u8,
    /// True where the text begins with a byte order mark, without which Excel misreads UTF-8.
    pub(crate) marked: bool,
    pub(crate) header: StringRecord,
    /// Lines in front of the header.
    before: u64,
}

/// One row.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Its place among the rows, from 0.
    pub(crate) place: usize,
    /// The line it begins at, from 1.
    pub(crate) line: u64,
    pub(crate) cells: StringRecord,
}

impl Table {
    /// Reads the text.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it has no header, or a quoted cell has no end.
    pub(crate) fn parse(text: &str, delimiter: Option<u8>) -> Result<Self> {
        let marked = text.starts_with(MARK);
        let body = text.trim_start_matches(MARK);
        // Excel's own way to name the delimiter.
        let first = body.lines().next().unwrap_or_default();
        let named = first.strip_prefix("sep=").filter(|sign| sign.len() == 1);
        let rest = if named.is_some() { &body[first.len()..] } else { body };
        let rest = rest.trim_start_matches(['\r', '\n']);
        let before = text[..text.len() - rest.len()].matches('\n').count() as u64;
        let named = named.and_then(|sign| sign.bytes().next());
        let delimiter = delimiter.or(named).unwrap_or_else(|| guess(rest));
        let text = rest.to_owned();
        let mut table = Self { text, delimiter, marked, header: StringRecord::new(), before };
        let header = table.records().next();
        table.header = header.ok_or_else(|| Error::invalid("the file is empty"))?;
        quotes::check(&table.text, delimiter, before)?;
        Ok(table)
    }

    /// The place of the column of this name.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column.trim() == name)
    }

    /// The rows that are not empty.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row> {
        self.rows_from(1)
    }

    /// The same with the header as the first of them.
    pub(crate) fn rows_with_header(&self) -> impl Iterator<Item = Row> {
        self.rows_from(0)
    }

    fn rows_from(&self, record: usize) -> impl Iterator<Item = Row> {
        let filled = |cells: &StringRecord| cells.iter().any(|cell| !cell.trim().is_empty());
        let (mut counted, mut line) = (0, self.before + 1);
        let rows = self.records().skip(record).map(move |cells| {
            let start = self.start_of(&cells);
            line += self.text[counted..start].matches('\n').count() as u64;
            counted = start;
            (line, cells)
        });
        let rows = rows.filter(move |(_, cells)| filled(cells)).enumerate();
        rows.map(|(place, (line, cells))| Row { place, line, cells })
    }

    /// Where the record's first cell begins. For the reader it begins at the empty lines before it.
    fn start_of(&self, cells: &StringRecord) -> usize {
        let start = cells.position().map_or(0, |place| place.byte() as usize);
        let rest = &self.text[start..];
        start + rest.len() - rest.trim_start_matches(['\r', '\n']).len()
    }

    fn records(&self) -> impl Iterator<Item = StringRecord> {
        let reader = ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(self.text.as_bytes());
        // Text in memory is read without an error.
        reader.into_records().map_while(std::result::Result::ok)
    }
}

/// The sign that stands most often in the header, outside quotes.
fn guess(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes().take_while(|byte| *byte != b'\n') {
        quoted ^= byte == b'"';
        let count = counts.iter_mut().find(|(sign, _)| *sign == byte && !quoted);
        count.into_iter().for_each(|(_, count)| *count += 1);
    }
    // The first of equals: a comma where there is none of them.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::parse(text, None).unwrap()
    }

    #[test]
    fn the_header_tells_the_delimiter() {
        for (text, delimiter) in [
            ("name,email\n", b','),
            ("name;email\n1,5;2,5\n", b';'),
            ("name\temail\n", b'\t'),
            ("name\n", b','),
            ("\"a;b;c\",email\n", b','),
            ("sep=;\r\nname,x;email\n", b';'),
        ] {
            assert_eq!(table(text).delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn a_rows_line_is_the_files_own() {
        let table = table("\u{feff}sep=;\nname;message\nAna;\"two\nlines\"\n;\n\nLeo;hi\n");
        let rows: Vec<_> = table.rows().map(|row| (row.place, row.line)).collect();
        assert_eq!(rows, [(0, 3), (1, 7)]);
        assert!(table.marked);
    }

    #[test]
    fn a_text_without_a_header_is_no_table() {
        assert!(Table::parse("", None).unwrap_err().message.contains("empty"));
    }
}
