//! What a script returned, on standard output.

mod pretty;
mod rows;

use std::io::{BufWriter, Write};

use serde_json::Value;

use crate::{Error, ErrorKind, Result};

/// Prints the value in this format. Nothing (nil, ()) prints nothing for people, and `null` as JSON.
///
/// # Errors
/// Where standard output cannot be written to; a reader that has gone (a closed pipe) is none.
pub(super) fn print(value: &Value, format: &str) -> Result<()> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    let written = match format {
        "json" => writeln!(output, "{value}"),
        "ndjson" => lines(value, &mut output),
        "csv" => rows::csv(value, &mut output),
        _ => pretty::write(value, &mut output),
    };
    match written.and_then(|()| output.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::new(ErrorKind::Limit, format!("cannot write the result: {error}")))
        }
        _ => Ok(()),
    }
}

/// One line for each item of a list; anything else is one line.
fn lines(value: &Value, output: &mut impl Write) -> std::io::Result<()> {
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| writeln!(output, "{item}")),
        other => writeln!(output, "{other}"),
    }
}
