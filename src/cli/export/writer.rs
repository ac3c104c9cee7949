//! What every format can do.

use std::io::{self, Write};

use super::arguments::ExportOptions;
use super::csv::Csv;
use super::format::Format;
use super::json::Json;
use super::parquet::Parquet;

/// Writes contacts in one format.
pub(super) trait Writer {
    /// Adds a contact, given as its JSON.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    fn add(&mut self, contact: &str) -> io::Result<()>;

    /// Writes what is still to be written, and gives the number of values that the format could hold
    /// in no column.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    fn finish(self: Box<Self>) -> io::Result<u64>;
}

/// The writer that was asked for. What it writes goes to `output`, which is its to flush.
///
/// # Errors
/// Where the output cannot be written to.
pub(super) fn open<'a, W>(options: &ExportOptions, output: W) -> io::Result<Box<dyn Writer + 'a>>
where
    W: Write + Send + 'a,
{
    let columns = options.columns.clone();
    Ok(match options.format {
        Format::Csv => {
            // Excel takes UTF-8 for what it is only with this mark; a pipe has no use for it.
            let mark = options.file.is_some();
            Box::new(Csv::new(columns, options.delimiter, mark, output)?)
        }
        Format::Json => Box::new(Json::list(columns, output)),
        Format::Ndjson => Box::new(Json::lines(columns, output)),
        Format::Parquet => Box::new(Parquet::new(columns, output)?),
    })
}
