//! Rows of objects or lists, as columns of texts.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::api::memory;
use crate::schema::CONTACT_FIELDS;
use crate::{Error, Result};

/// A table before it is drawn.
#[derive(Debug)]
pub(super) struct Rows {
    /// The headings; none for rows that are lists, unless the script names some.
    pub(super) columns: Vec<String>,
    /// As many texts in each as there are columns.
    pub(super) cells: Vec<Vec<String>>,
    /// For each column, whether it has numbers alone, which stand at the right.
    pub(super) numbers: Vec<bool>,
}

impl Rows {
    /// Reads the rows, with these columns or all that there are.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a row that is neither an object nor a list, for
    /// both kinds together, and for a column that is no text; [`ErrorKind::Limit`](crate::ErrorKind::Limit) where
    /// there is no memory for the columns of all rows.
    pub(super) fn read(rows: &Value, columns: &Value) -> Result<Self> {
        let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
        let named = columns.as_array().map(|columns| names(columns)).transpose()?;
        let lists = rows.iter().any(|row| row.is_array() && !is_empty(row));
        let fits =
            |row: &Value| is_empty(row) || if lists { row.is_array() } else { row.is_object() };
        if let Some(odd) = rows.iter().position(|row| !fits(row)) {
            let problem = format!("row {} must be an object, or all must be lists", odd + 1);
            return Err(Error::invalid(problem));
        }
        if lists {
            Self::of_lists(rows, named.unwrap_or_default())
        } else {
            Self::of_objects(rows, named)
        }
    }

    fn of_objects(rows: &[Value], named: Option<Vec<String>>) -> Result<Self> {
        let columns = named.unwrap_or_else(|| {
            let names = rows.iter().filter_map(Value::as_object).flat_map(|row| row.keys());
            let mut names: Vec<_> = names.collect::<BTreeSet<_>>().into_iter().cloned().collect();
            names.sort_by_key(|name| place(name));
            names
        });
        let row = |row: &'_ Value| {
            memory::check()?;
            Ok(columns.iter().map(|name| row.get(name).cloned()).collect())
        };
        let values = rows.iter().map(row).collect::<Result<Vec<Vec<_>>>>()?;
        Self::of_values(columns, &values)
    }

    fn of_lists(rows: &[Value], columns: Vec<String>) -> Result<Self> {
        let lists = || rows.iter().map(|row| row.as_array().map(Vec::as_slice).unwrap_or_default());
        let count = lists().map(<[Value]>::len).max().unwrap_or(0).max(columns.len());
        let row = |row: &[Value]| {
            memory::check()?;
            Ok((0..count).map(|place| row.get(place).cloned()).collect())
        };
        let values = lists().map(row).collect::<Result<Vec<Vec<_>>>>()?;
        let mut columns = columns;
        // Either all columns have headings, or none has.
        columns.resize(if columns.is_empty() { 0 } else { count }, String::new());
        Self::of_values(columns, &values)
    }

    fn of_values(columns: Vec<String>, values: &[Vec<Option<Value>>]) -> Result<Self> {
        let count = values.first().map_or(columns.len(), Vec::len);
        let is_number = |place: usize| {
            let mut there = values
                .iter()
                .filter_map(|row| row[place].as_ref())
                .filter(|it| !it.is_null())
                .peekable();
            there.peek().is_some() && there.all(Value::is_number)
        };
        let text = |value: &Option<Value>| value.as_ref().map(text).unwrap_or_default();
        let row = |row: &Vec<_>| {
            memory::check()?;
            Ok(row.iter().map(text).collect())
        };
        Ok(Self {
            numbers: (0..count).map(is_number).collect(),
            cells: values.iter().map(row).collect::<Result<_>>()?,
            columns: columns.iter().map(|name| plain(name)).collect(),
        })
    }
}

/// Where a field stands in a contact; all others come behind, in alphabetical order.
fn place(name: &str) -> usize {
    let position = CONTACT_FIELDS.iter().position(|field| field.name == name);
    position.unwrap_or(CONTACT_FIELDS.len())
}

/// True for an empty table of Lua, which is a list and an object.
fn is_empty(row: &Value) -> bool {
    row.as_array().is_some_and(Vec::is_empty) || row.as_object().is_some_and(Map::is_empty)
}

fn names(columns: &[Value]) -> Result<Vec<String>> {
    let name = |(number, name): (usize, &Value)| {
        let name = name.as_str().map(str::to_owned);
        name.ok_or_else(|| {
            Error::invalid(format!("columns: item {} must be the name of a field", number + 1))
        })
    };
    columns.iter().enumerate().map(name).collect()
}

/// A value as a cell shows it.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => plain(text),
        other => other.to_string(),
    }
}

/// The text without what moves a terminal's cursor or changes its colours: contacts type what they like.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
