//! A virtual machine that a stranger's script may have. What the two dialects do in ways of their own is in
//! the folder of each; the rest of the adapter does not know which of them it is built with.

#[cfg(feature = "lua54")]
mod lua54;
#[cfg(feature = "luau")]
mod luau;

use mlua::chunk::{Chunk, ChunkMode};
use mlua::{Lua, Table};

#[cfg(feature = "lua54")]
pub(super) use lua54::*;
#[cfg(feature = "luau")]
pub(super) use luau::*;

/// The name of the adapter's own code in a list of calls.
pub(super) const PRELUDE: &str = "cliengo";

/// A machine without files, processes, or native code, that uses at most `memory` bytes.
pub(super) fn sandboxed(memory: Option<usize>) -> mlua::Result<Lua> {
    let lua = machine()?;
    lua.set_memory_limit(memory.unwrap_or(0))?;
    Ok(lua)
}

/// The adapter's own part in Lua.
pub(super) fn prelude(lua: &Lua) -> mlua::Result<Table> {
    chunk(lua, PRELUDE, include_str!("../prelude.lua")).eval()
}

/// A chunk of source text, never of bytecode, under a name that errors show as it is.
pub(super) fn chunk<'a>(lua: &Lua, name: &str, text: &'a str) -> Chunk<'a> {
    lua.load(text).set_name(format!("={name}")).set_mode(ChunkMode::Text)
}
