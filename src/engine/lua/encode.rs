//! Lua values as plain ones.

use mlua::{Table, Value as LuaValue};
use serde_json::{Map, Value};

use super::values::Values;
use crate::engine::numbers;
use crate::engine::weight::{Weight, at};
use crate::{Error, Result};

/// Deeper than this a table surely contains itself.
const DEEPEST: usize = 64;

impl Values {
    /// The value as JSON knows it; see [`to_value`].
    ///
    /// # Errors
    /// As [`to_value`].
    pub(super) fn to_value(&self, value: &LuaValue) -> Result<Value> {
        to_value(&self.lists, value)
    }
}

/// The value as JSON knows it: nil and `cliengo.null` are null, a table with positions or with the
/// metatable `lists` is a list, any other an object.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for what JSON does not know (a function, a
/// table with both positions and names, not a number, text that is not UTF-8), naming where it is;
/// [`ErrorKind::Limit`](crate::ErrorKind::Limit) where it would take more memory than is left.
pub(super) fn to_value(lists: &Table, value: &LuaValue) -> Result<Value> {
    Encoder { lists, weight: Weight::left() }.encode(value, 0)
}

struct Encoder<'a> {
    lists: &'a Table,
    weight: Weight,
}

impl Encoder<'_> {
    fn encode(&self, value: &LuaValue, depth: usize) -> Result<Value> {
        match value {
            LuaValue::Nil => Ok(Value::Null),
            LuaValue::LightUserData(pointer) if pointer.0.is_null() => Ok(Value::Null),
            LuaValue::Boolean(value) => Ok((*value).into()),
            LuaValue::Integer(value) => Ok((*value).into()),
            LuaValue::Number(value) => numbers::to_json(*value),
            LuaValue::String(text) => match text.to_str() {
                Ok(text) => self.weight.text(text.len()).map(|()| (*text).into()),
                Err(_) => Err(Error::invalid("a text is not UTF-8")),
            },
            LuaValue::Table(table) => self.table(table, depth),
            other => {
                let kind = other.type_name();
                Err(Error::invalid(format!("a {kind} cannot be sent or shown as a result")))
            }
        }
    }

    fn table(&self, table: &Table, depth: usize) -> Result<Value> {
        if depth >= DEEPEST {
            return Err(Error::invalid("a table is nested too deep; perhaps it contains itself"));
        }
        let length = table.raw_len();
        if length > 0 || table.metatable().is_some_and(|mark| mark == *self.lists) {
            return self.list(table, length, depth);
        }
        let mut map = Map::new();
        for pair in table.pairs::<LuaValue, LuaValue>() {
            let (name, value) = pair.map_err(|error| Error::invalid(error.to_string()))?;
            let name = match self.encode(&name, depth)? {
                Value::String(name) => name,
                Value::Number(number) => number.to_string(),
                _ => return Err(Error::invalid("a table has a name that is no text")),
            };
            self.weight.entry(map.len(), &name)?;
            let value = self.encode(&value, depth + 1).map_err(|error| at(error, &name))?;
            map.insert(name, value);
        }
        Ok(Value::Object(map))
    }

    fn list(&self, table: &Table, length: usize, depth: usize) -> Result<Value> {
        self.weight.list(length)?;
        let mut list = Vec::with_capacity(length);
        for (index, value) in table.sequence_values::<LuaValue>().enumerate() {
            let value = value.map_err(|error| Error::invalid(error.to_string()))?;
            let place = |error: Error| at(error, format_args!("[{}]", index + 1));
            list.push(self.encode(&value, depth + 1).map_err(place)?);
        }
        if table.pairs::<LuaValue, LuaValue>().count() != list.len() {
            return Err(Error::invalid("a table has both positions and names, or holes")
                .with_hint("give a list { a, b } or an object { x = 1 }, not both in one"));
        }
        Ok(Value::Array(list))
    }
}
