//! `.more`, `.json`, `.table`, `.csv`: the last result in other forms.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Entry, Flow, Outcome, entry, usage};
use crate::Error;
use crate::repl::command::Arguments;
use crate::repl::results::Page;
use crate::repl::shell::Shell;
use crate::terminal::{self, View, counted, harmless};

const GROUP: &str = "Results";

pub(super) const ENTRIES: &[Entry] = &[
    entry("more", GROUP, Arguments::None, (".more", "Shows the next rows of the last list."), more),
    entry(
        "json",
        GROUP,
        Arguments::Code,
        (".json [CODE]", "Shows the last result, or what the code gives, whole, as JSON."),
        json,
    ),
    entry(
        "table",
        GROUP,
        Arguments::Code,
        (".table [CODE]", "Shows the last result, or what the code gives, whole, as a table."),
        table,
    ),
    entry(
        "csv",
        GROUP,
        Arguments::File,
        (".csv FILE", "Writes the last result into a file, for a spreadsheet."),
        csv,
    ),
];

fn more(shell: &mut Shell, _: &str) -> Outcome {
    let Page { next, total } = shell.page;
    if total == 0 {
        return Err(Error::invalid("there is no list to go on with")
            .with_hint("ask for one first, such as cliengo.contacts.list()")
            .into());
    }
    if next >= total {
        shell.shared.screen.note("that was all");
        return Ok(Flow::On);
    }
    shell.show_page().map(|()| Flow::On)
}

fn json(shell: &mut Shell, code: &str) -> Outcome {
    let value = shell.whole(code)?;
    let screen = &shell.shared.screen;
    // Pretty for a person; for a program one line, as with `-o json`.
    let text = if screen.is_interactive() { format!("{value:#}") } else { value.to_string() };
    screen.say(&format!("{}\n", terminal::readable(&text, &std::io::stdout())));
    Ok(Flow::On)
}

fn table(shell: &mut Shell, code: &str) -> Outcome {
    let value = shell.whole(code)?;
    let view = View { rows: usize::MAX, ..shell.shared.screen.view() };
    let text = match &value {
        Value::Array(rows) => terminal::table(rows, rows.len(), 0, &view),
        Value::Object(_) => terminal::table(std::slice::from_ref(&value), 1, 0, &view),
        other => terminal::value(other, &view),
    };
    shell.shared.screen.say(&text);
    Ok(Flow::On)
}

fn csv(shell: &mut Shell, file: &str) -> Outcome {
    if file.is_empty() {
        return Err(usage("csv").into());
    }
    let value = shell.whole("")?;
    let path = expanded(file);
    write(&path, &value).map_err(|error| cannot_write(&path, &error))?;
    let rows = value.as_array().map_or(1, Vec::len);
    let shown = harmless(&path.display().to_string());
    shell.shared.screen.note(&format!("wrote {} to {shown}", counted(rows, "row")));
    Ok(Flow::On)
}

/// Whole or not at all: beside its place first, and moved there when it is complete.
fn write(path: &Path, value: &Value) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    {
        let mut output = std::io::BufWriter::new(file.as_file_mut());
        terminal::csv(value, &mut output)?;
        output.flush()?;
    }
    file.persist(path).map(drop).map_err(|error| error.error)
}

pub(super) fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Error::invalid(format!("cannot write {}: {error}", path.display()))
        .with_hint("name a file in a folder that you may write to")
}

/// The file that was typed, with `~` for the person's own folder.
pub(super) fn expanded(typed: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    match typed.strip_prefix("~/").and_then(|rest| home().map(|home| home.join(rest))) {
        Some(path) => path,
        None => PathBuf::from(typed),
    }
}
