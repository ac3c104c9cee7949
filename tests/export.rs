//! What `cliengo export` promises: the complete list, in a file that is whole or not there.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

#[path = "export/choice.rs"]
mod choice;
#[path = "export/fields.rs"]
mod fields;
#[path = "export/formats.rs"]
mod formats;
#[path = "export/parquet_file.rs"]
mod parquet_file;
#[path = "export/progress.rs"]
mod progress;
#[path = "export/rows.rs"]
mod rows;
#[path = "export/spreadsheet.rs"]
mod spreadsheet;
#[path = "export/streams.rs"]
mod streams;
mod support;
#[path = "export/whole_or_not.rs"]
mod whole_or_not;
