//! What both directions between Lua and plain values share.

use bytes::Bytes;
use mlua::{Lua, Table, Value as LuaValue};
use serde_json::Value;

use super::decode::{Hints, decode, decode_onto};
use super::encode::to_value;
use super::names::Names;
use super::vm;
use crate::api::Answer;
use crate::engine::failure::answer_too_large;
use crate::{Error, Result};

/// The marks that values carry in Lua, and what is known of their sizes.
pub(super) struct Values {
    /// The metatable of lists, so that an empty one goes back as a list, and prints as JSON.
    pub(super) lists: Table,
    /// The metatable of rows, which reads snake_case names and prints as JSON.
    pub(super) rows: Table,
    /// The metatable of errors.
    pub(super) errors: Table,
    pub(super) hints: Hints,
    pub(super) names: Names,
}

impl Values {
    pub(super) fn new(lua: &Lua, prelude: &Table) -> mlua::Result<Self> {
        let (lists, rows) = (lua.create_table()?, lua.create_table()?);
        rows.raw_set("__index", lua.create_function(read_snake_case)?)?;
        let mark = lists.clone();
        let show = lua.create_function(move |_, value: LuaValue| {
            Ok(to_value(&mark, &value)
                .map_or_else(|error| error.to_string(), |json| json.to_string()))
        })?;
        rows.raw_set("__tostring", show.clone())?;
        lists.raw_set("__tostring", show)?;
        let names = Names::new(lua)?;
        vm::lock(&lists);
        vm::lock(&rows);
        Ok(Self { lists, rows, errors: prelude.get("error")?, hints: Hints::default(), names })
    }

    /// The answer of a call as a Lua value. What comes in pages or steps is not one: see `bind`.
    pub(super) fn answer(&self, lua: &Lua, answer: Answer) -> Result<LuaValue> {
        match answer {
            Answer::Value(value) => self.plain(lua, &value),
            Answer::Json(json) => decode(lua, self, &json),
            Answer::Outcomes(outcomes) => self.outcomes(lua, outcomes),
            Answer::List(_) | Answer::Sequence(_) | Answer::Step(_) => Ok(LuaValue::Nil),
        }
    }

    /// The list of all rows of these pages.
    pub(super) fn list(
        &self,
        lua: &Lua,
        mut next_page: impl FnMut() -> Result<Option<Vec<Bytes>>>,
    ) -> Result<LuaValue> {
        let list = lua.create_table().map_err(|_| answer_too_large())?;
        list.set_metatable(Some(self.lists.clone())).map_err(|_| answer_too_large())?;
        let mut length = 0;
        while let Some(rows) = next_page()? {
            decode_onto(lua, self, &list, length, &rows)?;
            length += rows.len();
        }
        Ok(LuaValue::Table(list))
    }

    /// `{ ok, value }` or `{ ok, error }` for each item.
    fn outcomes(&self, lua: &Lua, outcomes: Vec<Result<Bytes>>) -> Result<LuaValue> {
        let full = |_| answer_too_large();
        let list = lua.create_table().map_err(full)?;
        for outcome in outcomes {
            let entry = lua.create_table().map_err(full)?;
            entry.raw_set("ok", outcome.is_ok()).map_err(full)?;
            match outcome {
                Ok(json) => entry.raw_set("value", decode(lua, self, &json)?),
                Err(error) => self.error(lua, &error).and_then(|it| entry.raw_set("error", it)),
            }
            .and_then(|()| entry.set_metatable(Some(self.rows.clone())))
            .and_then(|()| list.raw_push(entry))
            .map_err(full)?;
        }
        list.set_metatable(Some(self.lists.clone())).map_err(full)?;
        Ok(LuaValue::Table(list))
    }

    /// A value made here: small, and not worth a way of its own.
    pub(super) fn plain(&self, lua: &Lua, value: &Value) -> Result<LuaValue> {
        match value {
            Value::Null => Ok(LuaValue::Nil),
            Value::Bool(value) => Ok(LuaValue::Boolean(*value)),
            other => decode(lua, self, other.to_string().as_bytes()),
        }
    }

    /// An error as the table that scripts see.
    pub(super) fn error(&self, lua: &Lua, error: &Error) -> mlua::Result<LuaValue> {
        let table = lua.create_table()?;
        table.raw_set("kind", error.kind.as_str())?;
        table.raw_set("message", error.message.as_str())?;
        table.raw_set("hint", error.hint.as_deref())?;
        table.raw_set("status", error.status)?;
        table.raw_set("retryable", error.retryable)?;
        table.raw_set("method", error.method)?;
        table.raw_set("path", error.path.as_deref())?;
        table.set_metatable(Some(self.errors.clone()))?;
        Ok(LuaValue::Table(table))
    }
}

/// `contact.website_id` reads `websiteId`.
fn read_snake_case(_: &Lua, (row, name): (Table, LuaValue)) -> mlua::Result<LuaValue> {
    let Some(name) = name.as_string().and_then(|name| Some(name.to_str().ok()?.to_owned())) else {
        return Ok(LuaValue::Nil);
    };
    match crate::schema::camel_case(&name) {
        Some(camel) => row.raw_get(camel),
        None => Ok(LuaValue::Nil),
    }
}
