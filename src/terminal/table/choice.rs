//! Which columns a list of objects is shown with.

use super::column::Column;
use crate::terminal::View;
use crate::terminal::cell::is_empty;
use crate::terminal::rows::{Row, is_contact};

/// The columns shown of contacts without a terminal, where there are more than [`MOST`].
const PLAIN: [&str; 8] =
    ["id", "name", "lastName", "email", "phone", "status", "assignedTo", "creationDate"];
/// Rows with more columns than these are cut down to those that matter.
const MOST: usize = 8;
/// What a person reads of a contact, from left to right: the fields of the column, its rank where there is
/// no room for all, and how narrow it may be. A phone number or an id that is cut is of no use.
const CONTACT: [(&[&str], usize, usize); 8] = [
    (&["name", "lastName"], 0, 18),
    (&["phone"], 1, usize::MAX),
    (&["email"], 2, 28),
    (&["status"], 3, usize::MAX),
    (&["assignedTo"], 6, usize::MAX),
    (&["websiteName"], 5, 14),
    (&["creationDate"], 4, usize::MAX),
    (&["id"], 7, usize::MAX),
];

/// The columns for rows of anybody's that have these names, from left to right.
pub(super) fn columns(mut names: Vec<String>, rows: &[Row<'_>], view: &View) -> Vec<Column> {
    if view.width.is_none() {
        if names.len() > MOST && names.iter().any(|name| name == "creationDate") {
            names.retain(|name| PLAIN.contains(&name.as_str()));
        }
        return each(&names, 0, rows, view);
    }
    let mut columns = Vec::new();
    if rows.iter().all(|row| is_contact(row)) {
        let of_contact = |(fields, rank, least): &(&[&str], _, _)| {
            Column::new(fields, *rank, rows, view).at_least(*least)
        };
        columns.extend(CONTACT.iter().map(of_contact));
        let many = names.len() > MOST;
        names.retain(|name| !many && !CONTACT.iter().any(|it| it.0.contains(&name.as_str())));
    }
    columns.extend(each(&names, CONTACT.len(), rows, view));
    columns.retain(|column| !column.is_empty());
    columns
}

/// The columns of ours with these names; by the first one a person names the row in the next command.
pub(super) fn given(names: &[&str], rows: &[Row<'_>], view: &View) -> Vec<Column> {
    let column = |(rank, name): (usize, &&str)| {
        let column = Column::new(&[name], rank, rows, view);
        if rank == 0 { column.at_least(usize::MAX) } else { column }
    };
    names.iter().enumerate().map(column).collect()
}

fn each(names: &[String], rank: usize, rows: &[Row<'_>], view: &View) -> Vec<Column> {
    let column = |(place, name): (usize, &String)| {
        let mut column = Column::new(&[name], rank + place, rows, view);
        if column.is_of_ids() {
            // Whole, or not at all, and after everything that can be read.
            column.rank += names.len();
            column = column.at_least(usize::MAX);
        }
        column
    };
    names.iter().enumerate().map(column).collect()
}

/// What one of the rows is called.
pub(super) fn noun(rows: &[Row<'_>]) -> &'static str {
    if rows.iter().all(|row| is_contact(row)) { "contact" } else { "row" }
}

/// Those of the fields that say something in these rows, and that none of the columns shows.
pub(super) fn left_out(
    mut names: Vec<String>,
    columns: &[Column],
    rows: &[Row<'_>],
) -> Vec<String> {
    names.retain(|name| {
        !columns.iter().any(|column| column.fields.contains(name))
            && rows.iter().any(|row| row.get(name).is_some_and(|value| !is_empty(value)))
    });
    names
}
