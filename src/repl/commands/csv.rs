//! `.csv`: the last result in a file for a spreadsheet.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::data::GROUP;
use super::{Entry, Flow, Outcome, entry, usage};
use crate::Error;
use crate::engine::Shape;
use crate::repl::command::Arguments;
use crate::repl::shell::Shell;
use crate::repl::trouble::Trouble;
use crate::terminal::{self, CsvTable, counted, harmless};

pub(super) const ENTRIES: &[Entry] = &[entry(
    "csv",
    GROUP,
    Arguments::File,
    (".csv FILE", "Writes the last result into a file, for a spreadsheet."),
    csv,
)];

fn csv(shell: &mut Shell, file: &str) -> Outcome {
    if file.is_empty() {
        return Err(usage("csv").into());
    }
    let path = expanded(file);
    let failed = |error: std::io::Error| Trouble::from(cannot_write(&path, &error));
    // Beside its place first, and moved there when it is complete: whole or not at all.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    let rows = match shell.result_of("")? {
        Shape::List(total) => list(shell, total, &mut file, &failed)?,
        Shape::Value(value) => {
            terminal::csv(&value, file.as_file_mut()).map_err(failed)?;
            1
        }
        _ => 0,
    };
    file.persist(&path).map_err(|error| failed(error.error))?;
    let shown = harmless(&path.display().to_string());
    shell.shared.screen.note(&format!("wrote {} to {shown}", counted(rows, "row")));
    Ok(Flow::On)
}

/// The list is gone through twice, piece by piece: for its columns, and for its rows.
fn list(
    shell: &mut Shell,
    total: usize,
    file: &mut NamedTempFile,
    failed: &impl Fn(std::io::Error) -> Trouble,
) -> Result<usize, Trouble> {
    let mut table = CsvTable::default();
    shell.in_pieces(total, |_, _, piece| {
        table.look_at(&piece);
        Ok(())
    })?;
    let columns = table.columns(&[]);
    let mut output = BufWriter::new(file.as_file_mut());
    CsvTable::write_header(&columns, &mut output).map_err(failed)?;
    shell.in_pieces(total, |_, _, piece| {
        table.write(&columns, &piece, &mut output).map_err(failed)
    })?;
    output.flush().map_err(failed)?;
    Ok(total)
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
