//! The file, in memory.

use std::path::Path;

use crate::stdlib::csv::Table;
use crate::{Error, Result};

/// Reads the whole file.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it cannot be read, is not UTF-8, has no
/// header, or a quoted cell has no end.
pub(super) fn read(file: &Path, delimiter: Option<u8>) -> Result<Table> {
    let name = file.display();
    let bytes = std::fs::read(file)
        .map_err(|error| Error::invalid(format!("cannot read {name}: {error}")))?;
    parse(bytes, delimiter).map_err(|error| error.within(name))
}

fn parse(bytes: Vec<u8>, delimiter: Option<u8>) -> Result<Table> {
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(&error))?;
    Table::parse(&text, delimiter)
}

fn not_utf8(error: &std::string::FromUtf8Error) -> Error {
    let good = error.utf8_error().valid_up_to();
    let line = error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
    Error::invalid(format!("line {line} is not UTF-8")).with_hint("save the file as \"CSV UTF-8\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_is_refused() {
        for (bytes, part) in [
            (b"name\nAna\nJos\xe9\n".as_slice(), "line 3 is not UTF-8"),
            (b"\xff\xfen\0a\0", "line 1 is not UTF-8"),
            (b"", "empty"),
        ] {
            let error = parse(bytes.to_vec(), None).unwrap_err();
            assert!(error.message.contains(part), "{error}");
        }
    }
}
