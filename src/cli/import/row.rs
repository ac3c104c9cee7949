//! A row as the fields of a contact.

use csv::StringRecord;
use serde_json::{Map, Value};

use super::arguments::ImportOptions;
use super::ledger;
use super::mapping::{Mapping, Target, target};
use crate::client::upsert::{Criteria, Fields, plan};
use crate::schema::FieldType;
use crate::schema::unguarded_cell;
use crate::stdlib::csv::{Row, Table};
use crate::{Error, Result};

/// What is known of every row before the first is read.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) mapping: Mapping,
    /// Values that every contact gets.
    set: Map<String, Value>,
    /// The field by which contacts are found.
    pub(super) upsert: Option<String>,
    /// True where a comma may part whole numbers from fractions.
    decimal_comma: bool,
    /// The column in which an earlier import said why the row did not get in.
    error: Option<usize>,
}

impl Rules {
    /// Reads the header and the options.
    ///
    /// # Errors
    /// As [`Mapping::read`], and for a `--set` that is unknown, wrong, or a column too.
    pub(super) fn read(options: &ImportOptions, table: &Table) -> Result<Self> {
        let upsert = options.upsert.clone();
        let mapping = Mapping::read(&table.header, &options.map, upsert.as_deref())?;
        let has = |name: &str| mapping.targets.iter().flatten().any(|it| it.field.name == name);
        if let Some(name) = upsert.as_deref().filter(|name| !has(name)) {
            return Err(Error::invalid(format!("no column is the {name} to find contacts by"))
                .with_hint(format!("name it: --map \"COLUMN={name}\"")));
        }
        let error = table.column("error");
        let decimal_comma = table.delimiter != b',';
        let mut rules = Self { mapping, set: Map::new(), upsert, decimal_comma, error };
        for (name, value) in &options.set {
            let target = target(name, None)?;
            let field = target.field.name;
            if rules.mapping.targets.iter().flatten().any(|it| *it == target) {
                return Err(Error::invalid(format!("{field} is set, and a column too")).with_hint(
                    "leave the column out with --map \"COLUMN=\", or leave --set away",
                ));
            }
            let typed = rules.checked(&target, value)?;
            put(&mut rules.set, &target, typed);
        }
        Ok(rules)
    }

    /// True where nothing says which site the contacts belong to.
    pub(super) fn lacks_site(&self) -> bool {
        let by_column =
            self.mapping.targets.iter().flatten().any(|it| it.field.name == "websiteId");
        let by_id = self.upsert.as_deref() == Some("id");
        !by_column && !by_id && !self.set.contains_key("websiteId")
    }

    /// The site of every contact.
    pub(super) fn set_site(&mut self, id: &str) {
        self.set.insert("websiteId".to_owned(), id.into());
    }

    /// By what the row's contact is found, if it is to be, and what is written.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the row cannot be right.
    pub(super) fn contact(&self, row: &Row) -> Result<(Criteria, Fields)> {
        self.check(&row.cells)?;
        let mut fields = self.set.clone();
        let mut wrong = Vec::new();
        for (cell, target) in row.cells.iter().zip(&self.mapping.targets) {
            if let (Some(target), false) = (target, cell.trim().is_empty()) {
                match self.checked(target, cell) {
                    Ok(value) => put(&mut fields, target, value),
                    Err(error) => wrong.push(error),
                }
            }
        }
        together(wrong)?;
        match &self.upsert {
            Some(name) => plan(name.clone().into(), fields),
            None => {
                let criteria = Criteria::default();
                let fields = Fields::split(fields, &criteria)?;
                fields.to_create()?;
                Ok((criteria, fields))
            }
        }
    }

    fn check(&self, cells: &StringRecord) -> Result<()> {
        let columns = self.mapping.targets.len();
        if cells.iter().skip(columns).any(|cell| !cell.trim().is_empty()) {
            let message = format!("the row has {} cells, and the header {columns}", cells.len());
            return Err(Error::invalid(message).with_hint("put a cell with a delimiter in quotes"));
        }
        let said = self.error.and_then(|column| cells.get(column)).unwrap_or_default();
        if self.upsert.is_none() && ledger::may_be_in(said) {
            return Err(Error::invalid("an earlier import may have created this contact already")
                .with_hint("look it up: then drop the row, empty its error, or use --upsert"));
        }
        Ok(())
    }

    /// The cell as a value that the field takes.
    fn checked(&self, target: &Target, cell: &str) -> Result<Value> {
        let value = self.value(target, cell)?;
        match target.inside.is_empty() {
            true => target.field.kind.check(target.field.name, value),
            false => Ok(value),
        }
    }

    /// The cell as a value of the field's type; what does not fit is left for the check to name.
    fn value(&self, target: &Target, cell: &str) -> Result<Value> {
        let text = &*unguarded_cell(cell);
        if !target.inside.is_empty() {
            return Ok(text.into());
        }
        let number = |text: &str| serde_json::from_str(text).ok().map(Value::Number);
        Ok(match target.field.kind {
            FieldType::Text if !matches!(target.field.name, "email" | "phone") => text.into(),
            FieldType::Integer { .. } => number(text.trim()).unwrap_or_else(|| text.trim().into()),
            FieldType::Number => {
                let text = text.trim();
                let plain = match self.decimal_comma && !text.contains('.') {
                    true => text.replacen(',', ".", 1),
                    false => text.to_owned(),
                };
                number(&plain).unwrap_or_else(|| text.into())
            }
            FieldType::Object | FieldType::List => {
                let wrong = |error| Error::invalid(format!("{}: {error}", target.field.name));
                // No JSON begins like a formula, and what is in it was never disarmed.
                serde_json::from_str(cell).map_err(wrong)?
            }
            _ if target.field.name == "phone" && is_cut(text.trim()) => {
                return Err(Error::invalid(format!(
                    "a spreadsheet cut the phone number to {text}"
                ))
                .with_hint("make the column text in the spreadsheet, and save it again"));
            }
            _ => text.trim().into(),
        })
    }
}

/// One error of all that is wrong with a row, so that it can be mended at once.
fn together(mut wrong: Vec<Error>) -> Result<()> {
    if wrong.len() < 2 {
        return wrong.pop().map_or(Ok(()), Err);
    }
    let messages: Vec<_> = wrong.iter().map(|error| error.message.as_str()).collect();
    let hints: Vec<_> = wrong.iter().filter_map(|error| error.hint.as_deref()).collect();
    let hint = (!hints.is_empty()).then(|| hints.join("; "));
    Err(Error::invalid(messages.join("; ")).with_hint_if(hint))
}

/// Sets a field, or a name inside one.
fn put(fields: &mut Map<String, Value>, target: &Target, value: Value) {
    let Some((last, outer)) = target.inside.split_last() else {
        return drop(fields.insert(target.field.name.to_owned(), value));
    };
    let mut map = fields;
    for name in std::iter::once(target.field.name).chain(outer.iter().map(String::as_str)) {
        let inner = map.entry(name).or_insert_with(|| Value::Object(Map::new()));
        if !inner.is_object() {
            *inner = Value::Object(Map::new());
        }
        let Value::Object(inner) = inner else { return };
        map = inner;
    }
    map.insert(last.clone(), value);
}

/// `5.49116E+12` is what a spreadsheet makes of a long number.
fn is_cut(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once("E+")
        .is_some_and(|(number, power)| digits(power) && digits(&number.replacen(['.', ','], "", 1)))
}
