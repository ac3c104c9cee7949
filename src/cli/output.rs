//! What a script returned, on standard output.

use std::io::{BufWriter, Write};

use serde_json::{Map, Value};

use crate::terminal::{self, View};
use crate::{Error, ErrorKind, Result};

/// Prints the value in this format. Nothing (nil, ()) prints nothing for people, and `null` as JSON.
///
/// # Errors
/// Where standard output cannot be written to; a reader that has gone (a closed pipe) is none.
pub(super) fn print(value: &Value, format: &str) -> Result<()> {
    if format == "pretty" {
        return text(&terminal::value(value, &View::of_output()));
    }
    to_output(|output| match format {
        "json" => writeln!(output, "{value}"),
        "csv" => terminal::csv(value, output),
        _ => lines(value, output),
    })
}

/// Prints rows of ours in this format. People see these columns alone, in this order; tables for programs
/// begin with them.
///
/// # Errors
/// As for [`print()`].
pub(super) fn print_rows(list: Vec<Value>, columns: &[&str], format: &str) -> Result<()> {
    if format == "pretty" {
        return text(&terminal::table_of(&list, columns, &View::of_output()));
    }
    let list = Value::from(list);
    to_output(|output| match format {
        "json" => writeln!(output, "{list}"),
        "csv" => terminal::csv_beginning_with(&list, columns, output),
        _ => lines(&list, output),
    })
}

/// Prints one record of ours in this format, with these names in front of the others where names have an
/// order at all.
///
/// # Errors
/// As for [`print()`].
pub(super) fn print_record(
    record: &Map<String, Value>,
    first: &[&str],
    format: &str,
) -> Result<()> {
    match format {
        // Whole, however long: nothing else shows all of an error.
        "pretty" => {
            text(&terminal::record(record, first, &View { width: None, ..View::of_output() }))
        }
        "csv" => {
            let list = Value::from(vec![Value::from(record.clone())]);
            to_output(|output| terminal::csv_beginning_with(&list, first, output))
        }
        _ => print(&Value::from(record.clone()), format),
    }
}

/// Prints text for people.
///
/// # Errors
/// As for [`print()`].
pub(super) fn text(text: &str) -> Result<()> {
    to_output(|output| output.write_all(text.as_bytes()))
}

fn to_output(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<()> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    match write(&mut output).and_then(|()| output.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::new(ErrorKind::Limit, format!("cannot write the result: {error}")))
        }
        _ => Ok(()),
    }
}

/// One line for each item of a list; anything else is one line.
fn lines(value: &Value, output: &mut (impl Write + ?Sized)) -> std::io::Result<()> {
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| writeln!(output, "{item}")),
        other => writeln!(output, "{other}"),
    }
}
