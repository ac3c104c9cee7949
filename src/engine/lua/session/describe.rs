//! What Lua values are, told without converting them whole.

use mlua::{Table, Value as LuaValue};
use serde_json::{Map, Value};

use super::LuaSession;
use crate::engine::lua::vm::contents;
use crate::engine::session::{self, MOST, MOST_MEMBERS, Shape, Variable, beginning, listed};

/// A text of more bytes is not copied whole for one line of it.
const LONG: usize = 1_000;

impl LuaSession {
    pub(super) fn shape(&self, value: &LuaValue) -> Shape {
        match value {
            LuaValue::Nil => Shape::Nothing,
            LuaValue::Table(table) => match self.length(table) {
                Some(length) => Shape::List(length),
                None => self.object(table),
            },
            other => match self.loaded.room.values.to_value(other) {
                Ok(value) => Shape::Value(value),
                Err(_) => Shape::Other(self.describe(other)),
            },
        }
    }

    /// The same; a list with all of its items.
    pub(super) fn whole(&self, value: &LuaValue) -> Shape {
        match value {
            LuaValue::Table(table) => self.object(table),
            other => self.shape(other),
        }
    }

    fn object(&self, table: &Table) -> Shape {
        match self.loaded.room.values.to_value(&LuaValue::Table(table.clone())) {
            Ok(value) => Shape::Value(value),
            Err(_) => Shape::Other(self.table_in_words(table)),
        }
    }

    /// An item as JSON; what has no such form is told in words.
    pub(super) fn item(&self, item: &LuaValue) -> Value {
        let value = self.loaded.room.values.to_value(item);
        value.unwrap_or_else(|_| self.describe(item).into())
    }

    /// The length of a table that is a list.
    pub(super) fn length(&self, table: &Table) -> Option<usize> {
        let length = table.raw_len();
        if table.metatable().is_some_and(|mark| mark == self.loaded.room.values.lists) {
            return Some(length);
        }
        if length == 0 {
            return None;
        }
        // Lua goes through the positions in order, and then through the names.
        let next = |key: LuaValue| self.next.call::<LuaValue>((table, key)).ok();
        let at = |number: usize| LuaValue::Number(number as f64);
        if next(LuaValue::Nil) == Some(at(1)) && next(at(length)).is_some_and(|key| key.is_nil()) {
            return Some(length);
        }
        let all = table.pairs::<LuaValue, LuaValue>().take(length + 1).count();
        (all == length).then_some(length)
    }

    /// In words, what has no form as JSON.
    pub(super) fn describe(&self, value: &LuaValue) -> String {
        match value {
            LuaValue::Function(function) => self.function_in_words(function),
            LuaValue::Table(table) => self.table_in_words(table),
            LuaValue::Thread(_) => "coroutine".to_owned(),
            LuaValue::Number(number) => number.to_string(),
            LuaValue::Integer(number) => number.to_string(),
            LuaValue::String(text) => text.to_string_lossy(),
            other => other.type_name().to_owned(),
        }
    }

    fn table_in_words(&self, table: &Table) -> String {
        let names = listed(&names(table));
        match self.namespace(table) {
            Some(namespace) => format!("{namespace}: {names}"),
            None => format!("table with {names}"),
        }
    }

    /// What is in a table that is no list and no namespace: numbers first, then names.
    pub(super) fn members_of(&self, table: &Table) -> Vec<Variable> {
        if self.length(table).is_some() || self.namespace(table).is_some() {
            return Vec::new();
        }
        let contents = contents(table);
        let pairs = contents.pairs::<LuaValue, LuaValue>().filter_map(Result::ok);
        let member = |(name, value): (LuaValue, LuaValue)| {
            (name.as_f64(), self.variable(self.describe(&name), &value))
        };
        let mut members: Vec<_> = pairs.take(MOST_MEMBERS).map(member).collect();
        members.sort_by(|(one, first), (other, second)| {
            let numbers = one.unwrap_or(f64::INFINITY).total_cmp(&other.unwrap_or(f64::INFINITY));
            numbers.then_with(|| first.name.cmp(&second.name))
        });
        members.into_iter().map(|(_, member)| member).collect()
    }

    pub(super) fn variable(&self, name: String, value: &LuaValue) -> Variable {
        let length = value.as_table().and_then(|table| self.length(table));
        let members = match (value, length) {
            (LuaValue::Table(list), Some(_)) => {
                list.raw_get::<Table>(1).as_ref().map_or_else(|_| Vec::new(), names)
            }
            (LuaValue::Table(table), None) => names(table),
            _ => Vec::new(),
        };
        let (kind, shown, parameters) = match value {
            LuaValue::Function(function) => {
                let parameters = self.parameters(function).unwrap_or_default();
                ("function".to_owned(), self.describe(value), parameters)
            }
            LuaValue::Table(_) => {
                let pruned = self.pruned(value, 0);
                (session::kind(&pruned, &members), session::brief(&pruned), Vec::new())
            }
            LuaValue::String(text) if text.as_bytes().len() > LONG => {
                ("text".to_owned(), session::brief(&cut(text)), Vec::new())
            }
            other => match self.loaded.room.values.to_value(other) {
                Ok(value) => (session::kind(&value, &[]), session::brief(&value), Vec::new()),
                Err(_) => (other.type_name().to_owned(), self.describe(other), Vec::new()),
            },
        };
        let kind = length.map_or(kind, |length| format!("list of {length}"));
        Variable { name, kind, shown, members, parameters }
    }

    /// The value as JSON, as much of it as fits on a line.
    fn pruned(&self, value: &LuaValue, depth: usize) -> Value {
        let table = match value {
            LuaValue::Table(table) => table,
            LuaValue::String(text) if text.as_bytes().len() > LONG => return cut(text),
            other => return self.item(other),
        };
        if depth > 2 {
            return "…".into();
        }
        if let Some(length) = self.length(table) {
            let item = |index| table.raw_get::<LuaValue>(index).unwrap_or(LuaValue::Nil);
            return (1..=length.min(MOST))
                .map(|index| self.pruned(&item(index), depth + 1))
                .collect();
        }
        let mut object = Map::new();
        for pair in table.pairs::<LuaValue, LuaValue>().take(MOST) {
            let Ok((name, value)) = pair else { break };
            object.insert(self.describe(&name), self.pruned(&value, depth + 1));
        }
        Value::Object(object)
    }
}

/// The beginning of a long text.
fn cut(text: &mlua::LuaString) -> Value {
    let bytes = text.as_bytes();
    beginning(&String::from_utf8_lossy(&bytes[..bytes.len().min(LONG)]))
}

/// The names in a table, sorted.
pub(super) fn names(table: &Table) -> Vec<String> {
    let contents = contents(table);
    let pairs = contents.pairs::<LuaValue, LuaValue>().filter_map(Result::ok);
    let texts = pairs.filter_map(|(name, _)| Some(name.as_string()?.to_string_lossy()));
    let mut names: Vec<_> = texts.take(256).collect();
    names.sort_unstable();
    names
}
