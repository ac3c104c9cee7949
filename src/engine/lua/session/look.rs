//! What stands at a path, without running any Lua.

use mlua::{Table, Value as LuaValue};

use super::LuaSession;
use super::describe::names;
use crate::engine::lua::vm::contents;
use crate::engine::session::{Look, Step};
use crate::schema::camel_case;

impl LuaSession {
    pub(super) fn look_at(&self, path: &[Step<'_>]) -> Look {
        let Some((Step::Name(first), rest)) = path.split_first() else {
            return self.globals_known();
        };
        let Ok(mut value) = self.globals().get::<LuaValue>(*first) else { return Look::Other };
        for step in rest {
            value = match self.below(&value, step) {
                Some(value) => value,
                None => return Look::Other,
            };
        }
        match value {
            LuaValue::Nil => Look::Nothing,
            LuaValue::Table(table) => Look::Names(names(&table)),
            LuaValue::String(_) => self
                .globals()
                .get::<Table>("string")
                .map_or(Look::Other, |text| Look::Names(names(&text))),
            _ => Look::Other,
        }
    }

    /// The value in this one; nil where there is none, and none where that cannot be told.
    fn below(&self, value: &LuaValue, step: &Step<'_>) -> Option<LuaValue> {
        let table = match value {
            LuaValue::Table(table) => contents(table),
            LuaValue::String(_) => contents(&self.globals().get::<Table>("string").ok()?),
            _ => return None,
        };
        let values = &self.loaded.room.values;
        let found: LuaValue = match step {
            Step::Index(index) => table.raw_get(*index).ok()?,
            Step::Name(name) => table.raw_get(*name).ok()?,
            Step::Module(_) => return None,
        };
        let Some(mark) = table.metatable().filter(|_| found.is_nil()) else { return Some(found) };
        match step {
            Step::Name(name) if mark == values.rows => match camel_case(name) {
                Some(camel) => table.raw_get(camel).ok(),
                None => Some(found),
            },
            _ if mark == values.lists || mark == values.rows => Some(found),
            // Its metatable may know more.
            _ => None,
        }
    }

    /// What the lines defined, and what was there before them.
    fn globals_known(&self) -> Look {
        let globals = self.globals();
        let before = globals.metatable().and_then(|mark| mark.raw_get::<Table>("__index").ok());
        let mut known = names(&globals);
        known.extend(before.iter().flat_map(names));
        Look::Names(known)
    }
}
