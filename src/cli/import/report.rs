//! The rows that did not get in, as a file that can be mended and imported again.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use csv::{StringRecord, WriterBuilder};
use tempfile::NamedTempFile;

use super::ledger::{self, Ledger, Outcome};
use super::table::{Row, Table};
use crate::{Error, ErrorKind, Result};

/// Columns that the report adds, and that take the place of those of an earlier one.
const ADDED: [&str; 2] = ["line", "error"];

/// A report that is yet to be written.
#[derive(Debug)]
pub(super) struct Report {
    path: PathBuf,
    file: NamedTempFile,
}

impl Report {
    /// Makes a file beside the report to be, before anything is sent: an import whose account could
    /// not be written down must not begin.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] where no file can be made there.
    pub(super) fn open(path: &Path) -> Result<Self> {
        if path.is_dir() {
            return Err(Error::invalid(format!("{} is a folder", path.display()))
                .with_hint("name a file in it with --report"));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = NamedTempFile::new_in(folder.unwrap_or_else(|| Path::new(".")));
        let cannot = |error| {
            Error::invalid(format!("cannot write {}: {error}", path.display()))
                .with_hint("give another place for it with --report")
        };
        Ok(Self { path: path.to_owned(), file: file.map_err(cannot)? })
    }

    /// Writes the rows that did not get in, and gives the report's path; none where all got in.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn write(self, table: &Table, ledger: &Ledger) -> Result<Option<PathBuf>> {
        let left = |row: &Row| !ledger.outcome(row.place).0.is_in();
        if !table.rows().any(|row| left(&row)) {
            return Ok(None);
        }
        let path = self.path.display().to_string();
        let cannot = |error: std::io::Error| {
            Error::new(ErrorKind::Limit, format!("cannot write {path}: {error}"))
        };
        rows(table, ledger, self.file.as_file()).map_err(cannot)?;
        self.file.persist(&self.path).map_err(|error| cannot(error.error))?;
        Ok(Some(self.path))
    }
}

fn rows(table: &Table, ledger: &Ledger, file: &std::fs::File) -> std::io::Result<()> {
    let mut output = BufWriter::new(file);
    if table.marked {
        output.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer =
        WriterBuilder::new().delimiter(table.delimiter).flexible(true).from_writer(output);
    let said = table.column("error");
    let kept: Vec<_> = table.header.iter().map(|name| !ADDED.contains(&name.trim())).collect();
    writer.write_record(own(&table.header, &kept).chain(ADDED))?;
    for row in table.rows() {
        let (outcome, words) = ledger.outcome(row.place);
        if !outcome.is_in() {
            let said = said.and_then(|column| row.cells.get(column)).unwrap_or_default();
            let (line, error) = (row.line.to_string(), marked(said, describe(outcome, &words)));
            writer.write_record(own(&row.cells, &kept).chain([line.as_str(), error.as_str()]))?;
        }
    }
    writer.flush()
}

/// The cells of the columns that are kept, one for each.
fn own<'a>(cells: &'a StringRecord, kept: &'a [bool]) -> impl Iterator<Item = &'a str> {
    let cells = cells.iter().chain(std::iter::repeat(""));
    cells.zip(kept).filter_map(|(cell, kept)| kept.then_some(cell))
}

/// A row that an earlier import may have got in keeps that import's mark, whatever became of it now:
/// without it the next import would create the contact again.
fn marked(said: &str, error: String) -> String {
    let mark = said.split_once(':').map_or(said, |(mark, _)| mark);
    match ledger::may_be_in(said) && !ledger::may_be_in(&error) {
        true => format!("{mark}: {error}"),
        false => error,
    }
}

/// How the row ended in front of the words, which no spreadsheet takes for a formula then.
pub(super) fn describe(outcome: Outcome, words: &str) -> String {
    match words.starts_with(outcome.words()) {
        true => words.to_owned(),
        false => format!("{}: {words}", outcome.words()),
    }
}
