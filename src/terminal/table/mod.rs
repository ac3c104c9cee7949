//! Lists as tables that fit the terminal.

mod choice;
mod column;
mod draw;
mod fit;
mod footer;
mod items;

use serde_json::Value;

use self::column::Column;
use crate::terminal::View;
use crate::terminal::rows::{Row, columns};

/// Rows of a list of `total`, of which the first one here is number `first`, from 0. Objects are a table
/// of chosen columns, anything else is a line each. Shows the view's `rows` at most.
pub(crate) fn table(rows: &[Value], total: usize, first: usize, view: &View) -> String {
    let shown = &rows[..rows.len().min(view.rows)];
    let objects: Option<Vec<Row<'_>>> = shown.iter().map(Value::as_object).collect();
    let (mut text, noun) = match objects.filter(|rows| !rows.is_empty()) {
        Some(rows) => (body(&rows, view), choice::noun(&rows)),
        None => (items::lines(shown, view), "row"),
    };
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(&footer::counts(shown.len(), total, first, noun, view));
    text
}

/// Rows of ours with these columns in this order, and their number.
pub(crate) fn table_of(rows: &[Value], columns: &[&str], view: &View) -> String {
    let rows: Vec<Row<'_>> = rows.iter().filter_map(Value::as_object).collect();
    let count = footer::counts(rows.len(), rows.len(), 0, "row", view);
    if rows.is_empty() {
        return count;
    }
    let names = columns.iter().map(|name| (*name).to_owned()).collect();
    let columns = choice::given(columns, &rows, view);
    format!("{}\n{count}", fitted(columns, names, &rows, view))
}

/// The rows of any objects under the columns that are chosen for them.
pub(super) fn body(rows: &[Row<'_>], view: &View) -> String {
    let names = columns(rows);
    fitted(choice::columns(names.clone(), rows, view), names, rows, view)
}

/// The columns that have room, and a word on those of the fields that have none.
fn fitted(columns: Vec<Column>, names: Vec<String>, rows: &[Row<'_>], view: &View) -> String {
    let (columns, widths) = fit::fit(columns, view.width);
    let mut text = draw::lines(&columns, &widths, view.paint);
    if let Some(width) = view.width {
        let left_out = choice::left_out(names, &columns, rows);
        text.push_str(&footer::left_out(&left_out, width, view.paint));
    }
    text
}

#[cfg(test)]
mod tests;
