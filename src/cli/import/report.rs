//! The rows that did not get in, as a file that can be mended and imported again.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use csv::{StringRecord, WriterBuilder};
use indicatif::HumanCount;

use super::ledger::{self, Ledger, Outcome};
use crate::cli::destination::Destination;
use crate::cli::report::note;
use crate::cli::same_file::is_same;
use crate::schema::spreadsheet_cell;
use crate::stdlib::csv::{Row, Table};
use crate::terminal::io_error;
use crate::{Error, ErrorKind, Result};

/// Columns that the report adds, and that take the place of those of an earlier one.
const ADDED: [&str; 2] = ["line", "error"];

/// Lines that are named where there is no report; the rest is counted.
const NAMED: usize = 50;

/// A report that is yet to be written.
pub(super) struct Report {
    path: PathBuf,
    /// A report of an earlier import.
    older: Option<PathBuf>,
    output: Destination,
}

impl Report {
    /// Makes a file beside the report to be, before anything is sent: an import whose account could
    /// not be written down must not begin.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] where no file can be made there, and where the report would take the
    /// place of what is imported.
    pub(super) fn open(input: &Path, given: Option<&Path>) -> Result<Self> {
        let (path, older) = match given {
            Some(path) => (path.to_owned(), path.is_file().then(|| path.to_owned())),
            None => beside(input),
        };
        if is_same(&path, input) {
            return Err(Error::invalid(format!("{} is the file to import", path.display()))
                .with_hint("give another file with --report"));
        }
        let output = Destination::open(Some(&path), "--report")?;
        Ok(Self { path, older, output })
    }

    /// Writes the rows that did not get in, and gives the report's path; none where all got in.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn write(mut self, table: &Table, ledger: &Ledger) -> Result<Option<PathBuf>> {
        if left(table, ledger).next().is_none() {
            if let Some(older) = self.older {
                note(&format!("an older {} is still there", older.display()));
            }
            return Ok(None);
        }
        let path = self.path.display().to_string();
        let written = rows(table, ledger, &mut self.output).and_then(|()| self.output.complete());
        written.map_err(|error| {
            note(&format!("not in: {}", lines(table, ledger)));
            Error::new(ErrorKind::Limit, format!("cannot write {path}: {error}"))
                .with_hint("the lines above are not in: import them once there is room")
        })?;
        Ok(Some(self.path))
    }
}

/// `leads.refused.csv` beside `leads.csv`, or the first of `leads.refused.2.csv` and so on that is not
/// there, for somebody may be at work on the one that is; and the last one that is there.
fn beside(input: &Path) -> (PathBuf, Option<PathBuf>) {
    let (mut path, mut older) = (input.with_extension("refused.csv"), None);
    for number in 2_u64.. {
        if !path.exists() {
            break;
        }
        let next = input.with_extension(format!("refused.{number}.csv"));
        older = Some(std::mem::replace(&mut path, next));
    }
    (path, older)
}

/// The rows that did not get in.
fn left(table: &Table, ledger: &Ledger) -> impl Iterator<Item = Row> {
    table.rows().filter(|row| !ledger.outcome(row.place).0.is_in())
}

/// `lines 3, 7, 9, and 40 more`
fn lines(table: &Table, ledger: &Ledger) -> String {
    let (count, mut numbers) = (left(table, ledger).count(), Vec::new());
    numbers.extend(left(table, ledger).take(NAMED).map(|row| row.line.to_string()));
    let more = match count.saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {} more", HumanCount(more as u64)),
    };
    let noun = if count == 1 { "line" } else { "lines" };
    format!("{noun} {}{more}", numbers.join(", "))
}

fn rows(table: &Table, ledger: &Ledger, mut output: impl Write) -> io::Result<()> {
    if table.marked {
        output.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer =
        WriterBuilder::new().delimiter(table.delimiter).flexible(true).from_writer(output);
    let said = table.column("error");
    let kept: Vec<_> = table.header.iter().map(|name| !ADDED.contains(&name.trim())).collect();
    writer.write_record(own(&table.header, &kept).chain(ADDED)).map_err(io_error)?;
    for row in left(table, ledger) {
        let (outcome, words) = ledger.outcome(row.place);
        let said = said.and_then(|column| row.cells.get(column)).unwrap_or_default();
        let error = marked(said, describe(outcome, &words));
        // A server's words may hold what a terminal would obey.
        let (line, error) = (row.line.to_string(), spreadsheet_cell(&error));
        writer
            .write_record(own(&row.cells, &kept).chain([line.as_str(), &error]))
            .map_err(io_error)?;
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
