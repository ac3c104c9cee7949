//! The formats that there are.

use std::io::IsTerminal;
use std::path::Path;

use crate::schema::did_you_mean;
use crate::{Error, Result};

/// How the contacts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Json,
    Ndjson,
    Parquet,
}

impl Format {
    /// The names of the formats, which are the extensions of their files too.
    pub(super) const NAMES: [&'static str; 4] = ["csv", "json", "ndjson", "parquet"];

    /// The format of this name; else that of the file's extension; else CSV.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for an extension that is no format's, and
    /// for Parquet on a terminal.
    pub(super) fn choose(name: Option<&str>, file: Option<&Path>) -> Result<Self> {
        let extension = file.and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
        let format = match (name, extension) {
            (Some(name), _) => Self::named(name).unwrap_or(Self::Csv),
            (None, Some(extension)) => Self::of_extension(&extension)?,
            (None, None) => Self::Csv,
        };
        if format == Self::Parquet && file.is_none() && std::io::stdout().is_terminal() {
            return Err(Error::invalid("Parquet is not for a terminal")
                .with_hint("give a file: -O contacts.parquet"));
        }
        Ok(format)
    }

    fn of_extension(extension: &str) -> Result<Self> {
        if matches!(extension, "xlsx" | "xls" | "ods") {
            return Err(Error::invalid("a spreadsheet's own format is not written here")
                .with_hint("every spreadsheet opens CSV: -O contacts.csv"));
        }
        let known = Self::named(extension).or((extension == "jsonl").then_some(Self::Ndjson));
        known.ok_or_else(|| {
            let near = did_you_mean(extension, Self::NAMES);
            let near = near.map_or_else(String::new, |near| format!("{near} "));
            let names = Self::NAMES.join(", ");
            Error::invalid(format!("\"{extension}\" is no format of contacts")).with_hint(format!(
                "{near}It is one of {names}; for another name say which with --format"
            ))
        })
    }

    fn named(name: &str) -> Option<Self> {
        let formats = [Self::Csv, Self::Json, Self::Ndjson, Self::Parquet];
        formats.into_iter().find(|format| format.name() == name)
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Parquet => "parquet",
        }
    }
}
