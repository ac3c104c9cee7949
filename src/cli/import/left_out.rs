//! Columns that an import would leave out although they matter.

use super::mapping::Mapping;
use crate::stdlib::csv::Table;
use crate::{Error, Result};

/// Looks for them in the rows. `updates` is true where the rows may be of contacts that are there.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where a column without a name holds something, and
/// where rows that have ids would all become new contacts.
pub(super) fn check(table: &Table, mapping: &Mapping, updates: bool) -> Result<()> {
    let filled = |column: &usize| {
        table.rows().find(|row| row.cells.get(*column).is_some_and(|cell| !cell.trim().is_empty()))
    };
    if let Some((column, row)) =
        mapping.unnamed.iter().find_map(|column| Some((column, filled(column)?)))
    {
        let (number, line) = (column + 1, row.line);
        let message = format!("column {number} has no name, and line {line} holds something there");
        return Err(Error::invalid(message)
            .with_hint("name it in the header, or leave it out: --map \"=\""));
    }
    let ids = if updates { None } else { mapping.id };
    match ids.filter(|column| filled(column).is_some()).and_then(|place| table.header.get(place)) {
        Some(name) => {
            let name = name.trim();
            Err(Error::invalid("the file has ids: its contacts are there already").with_hint(format!(
                "--upsert id updates those contacts; --map \"{name}=\" leaves the column out, and creates them again"
            )))
        }
        None => Ok(()),
    }
}
