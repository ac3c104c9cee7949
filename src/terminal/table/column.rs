//! One column of a table: its cells, and how narrow it may be.

use crate::terminal::cell::Cell;
use crate::terminal::rows::Row;
use crate::terminal::text::{one_line, width};
use crate::terminal::{Role, View};

/// The longest text in a cell where no terminal sets a bound.
const LONGEST: usize = 40;
/// Words and nested values may be cut down to this.
const NARROW: usize = 16;

/// A column with all its cells.
pub(super) struct Column {
    pub(super) title: String,
    /// The fields that are shown in it.
    pub(super) fields: Vec<String>,
    pub(super) cells: Vec<Cell>,
    /// Its place in the order of importance: where there is no room for all, the highest goes first.
    pub(super) rank: usize,
    /// The columns of the terminal that it needs at least.
    pub(super) least: usize,
    /// True where it holds numbers and nothing else, whose ends belong below each other.
    pub(super) to_the_right: bool,
}

impl Column {
    /// The column of these fields, those after the first joined to it by a space.
    pub(super) fn new(fields: &[&str], rank: usize, rows: &[Row<'_>], view: &View) -> Self {
        let cells: Vec<Cell> = rows.iter().map(|row| cell(row, fields, view)).collect();
        let title = one_line(fields.first().copied().unwrap_or_default(), " ");
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        let mut column = Self { title, fields, cells, rank, least: 0, to_the_right: false };
        let words = column.cells.iter().any(|cell| matches!(cell.role, Role::Text | Role::Dim));
        column.least = column.natural().min(if words { NARROW } else { usize::MAX });
        column.to_the_right = column.all(|cell| cell.role == Role::Number);
        column
    }

    /// The same, which is only dropped where it has not so much room.
    pub(super) fn at_least(mut self, columns: usize) -> Self {
        self.least = self.natural().min(columns);
        self
    }

    /// The columns that it takes where nothing is cut.
    pub(super) fn natural(&self) -> usize {
        self.cells.iter().map(Cell::width).chain([width(&self.title)]).max().unwrap_or(0)
    }

    /// True where it holds ids as the API gives them and nothing else, which say little to a person.
    pub(super) fn is_of_ids(&self) -> bool {
        self.all(|cell| {
            cell.text.len() == 24 && cell.text.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    }

    /// True where no row has anything in it.
    pub(super) fn is_empty(&self) -> bool {
        self.filled().next().is_none()
    }

    /// True where there are values, and all of them are so.
    fn all(&self, is_so: impl FnMut(&Cell) -> bool) -> bool {
        !self.is_empty() && self.filled().all(is_so)
    }

    fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| !cell.text.is_empty())
    }
}

fn cell(row: Row<'_>, fields: &[&str], view: &View) -> Cell {
    if view.width.is_none() {
        let cell = fields.first().map_or_else(Cell::nothing, |name| Cell::on_row(name, row));
        return cell.cut(LONGEST);
    }
    let cells = fields.iter().map(|name| Cell::short(name, row));
    cells.filter(|cell| !cell.text.is_empty()).reduce(Cell::and).unwrap_or_else(Cell::nothing)
}
