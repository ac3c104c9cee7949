//! Tables that a script can read and not write to. Lua 5.4 knows no such thing: the script gets an empty table
//! that reads what it lacks from another one.

use mlua::{Function, Lua, Table, Value as LuaValue};

use super::library;

/// Where the metatable of a guarded table keeps the table that it reads from.
const CONTENTS: &str = "contents";

/// Makes a table read-only. What it does not have is left to this metatable's `__index`.
pub(in crate::engine::lua) fn guard(
    lua: &Lua,
    table: &Table,
    metatable: Table,
) -> mlua::Result<()> {
    let contents = lua.create_table()?;
    for pair in table.pairs::<LuaValue, LuaValue>() {
        let (name, value) = pair?;
        contents.raw_set(name, value)?;
    }
    table.clear()?;
    contents.set_metatable(Some(metatable))?;
    front(lua, table, contents)
}

/// Puts each library behind a table that cannot be written to.
pub(super) fn libraries(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    for name in library::NAMES {
        let contents: Table = globals.raw_get(name)?;
        let table = lua.create_table()?;
        front(lua, &table, contents)?;
        globals.raw_set(name, table)?;
    }
    Ok(())
}

/// The table that holds what is read through this one.
pub(in crate::engine::lua) fn contents(table: &Table) -> Table {
    let behind = table.metatable().and_then(|mark| mark.raw_get::<Table>(CONTENTS).ok());
    behind.unwrap_or_else(|| table.clone())
}

fn front(lua: &Lua, table: &Table, contents: Table) -> mlua::Result<()> {
    library::own(lua)?.get::<Function>("front")?.call((table, contents))
}
