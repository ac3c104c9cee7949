//! A virtual machine that a stranger's script may have.

use mlua::chunk::{Chunk, ChunkMode};
use mlua::{Lua, LuaOptions, StdLib, Table};

/// Built-ins that would load code past the checks, reach into other functions, or meddle with the
/// collector that the memory limit rests on.
const REMOVED: [&str; 6] =
    ["loadstring", "getfenv", "setfenv", "collectgarbage", "newproxy", "gcinfo"];

/// The name of the adapter's own code in a list of calls.
pub(super) const PRELUDE: &str = "cliengo";

/// A machine without files, processes, or native code, that uses at most `memory` bytes.
pub(super) fn sandboxed(memory: Option<usize>) -> mlua::Result<Lua> {
    let lua = Lua::new_with(StdLib::ALL_SAFE, LuaOptions::default())?;
    lua.set_memory_limit(memory.unwrap_or(0))?;
    for name in REMOVED {
        lua.globals().raw_remove(name)?;
    }
    Ok(lua)
}

/// The adapter's own part in Lua.
pub(super) fn prelude(lua: &Lua) -> mlua::Result<Table> {
    chunk(lua, PRELUDE, include_str!("prelude.luau")).eval()
}

/// A chunk of source text, never of bytecode, under a name that errors show as it is.
pub(super) fn chunk<'a>(lua: &Lua, name: &str, text: &'a str) -> Chunk<'a> {
    lua.load(text).set_name(format!("={name}")).set_mode(ChunkMode::Text)
}
