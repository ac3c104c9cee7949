//! Tables of functions that scripts can only read, and where a misspelt name is an error.

use std::rc::Rc;

use mlua::{Lua, Table, Value as LuaValue};

use super::call::{Room, Wrapping};
use super::vm;
use crate::Error;
use crate::schema::did_you_mean;

/// Makes the table read-only, and a name that it does not have an error that says which one was meant.
/// Errors call the table by this name.
pub(super) fn guard(
    lua: &Lua,
    wrapping: &Wrapping,
    room: &Rc<Room>,
    called: &str,
    table: &Table,
) -> mlua::Result<()> {
    let names = table.pairs::<String, LuaValue>().map(|pair| pair.map(|(name, _)| name));
    let mut names: Vec<String> = names.collect::<mlua::Result<_>>()?;
    names.sort_unstable();
    let (room, called) = (Rc::clone(room), called.to_owned());
    let missing = lua.create_function(move |lua, (_, name): (LuaValue, LuaValue)| {
        let name = name.to_string()?;
        let hint = did_you_mean(&name, names.iter().map(String::as_str))
            .unwrap_or_else(|| format!("it has {}", names.join(", ")));
        let error = Error::invalid(format!("{called} has no \"{name}\"")).with_hint(hint);
        Ok((room.values.error(lua, &error)?, LuaValue::Nil))
    })?;
    let guard = lua.create_table()?;
    guard.raw_set("__index", wrapping.plainly(lua, missing)?)?;
    vm::guard(lua, table, guard)
}
