//! What is kept of every contact: enough to order and to filter it.

use std::collections::HashMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::emulator::clock::{Millis, read_date};
use crate::emulator::contacts::search::search_text;
use crate::emulator::id::ContactId;
use crate::emulator::seed::{SeededRow, UNASSIGNED};
use crate::{Error, Result};

/// Stands before all dates: a contact without one comes last in the list.
pub(crate) const NO_DATE: Millis = Millis::MIN;

/// A word that many contacts share, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Symbol(u32);

/// The words behind the symbols.
#[derive(Debug, Default)]
pub(crate) struct Symbols {
    numbers: HashMap<Box<str>, u32>,
}

impl Symbols {
    /// The symbol of a word.
    pub(crate) fn intern(&mut self, word: &str) -> Symbol {
        if let Some(number) = self.numbers.get(word) {
            return Symbol(*number);
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(word.into(), number);
        Symbol(number)
    }

    /// The symbol of a word that some contact has had.
    pub(crate) fn get(&self, word: &str) -> Option<Symbol> {
        self.numbers.get(word).copied().map(Symbol)
    }
}

/// What is kept of every contact.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: ContactId,
    pub(crate) created: Millis,
    pub(crate) updated: Millis,
    pub(crate) status: Symbol,
    pub(crate) website: Symbol,
    pub(crate) assignee: Symbol,
}

impl Row {
    pub(crate) fn seeded(row: SeededRow, symbols: &mut Symbols) -> Self {
        Self {
            id: row.id,
            created: row.created,
            updated: row.updated,
            status: symbols.intern(row.status),
            website: symbols.intern(row.website),
            assignee: symbols.intern(row.assignee),
        }
    }

    /// Reads the row, and the text that searches look in, out of a contact's JSON.
    pub(crate) fn read(raw: &RawValue, symbols: &mut Symbols) -> Result<(Self, Box<str>)> {
        let fields: Map<String, Value> = serde_json::from_str(raw.get())
            .map_err(|error| Error::invalid(format!("a contact must be an object: {error}")))?;
        let text = |name: &str| fields.get(name).and_then(Value::as_str);
        let id = text("id").filter(|id| !id.is_empty());
        let row = Self {
            id: ContactId::parse(id.ok_or_else(|| Error::invalid("a contact needs an id"))?),
            created: date(fields.get("creationDate")),
            updated: date(fields.get("lastUpdateDate")),
            status: symbols.intern(text("status").unwrap_or_default()),
            website: symbols.intern(text("websiteId").unwrap_or_default()),
            assignee: symbols.intern(text("assignedTo").unwrap_or(UNASSIGNED)),
        };
        Ok((row, search_text(text)))
    }

    /// What the order compares.
    pub(crate) fn key(&self) -> (Millis, &ContactId) {
        (self.created, &self.id)
    }
}

/// A date as RFC 3339, as a day, or as milliseconds since 1970.
fn date(value: Option<&Value>) -> Millis {
    match value {
        Some(Value::String(text)) => read_date(text).unwrap_or(NO_DATE),
        Some(Value::Number(number)) => number.as_i64().unwrap_or(NO_DATE),
        _ => NO_DATE,
    }
}
