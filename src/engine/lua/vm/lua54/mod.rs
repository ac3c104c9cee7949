//! Lua 5.4, for programs that have it already. It has no sandbox of its own, so this is one: a few libraries,
//! behind tables that cannot be written to. What is weaker than with Luau is told in
//! `docs/guide/lua54.md`.

mod caller;
mod guard;
mod interrupt;
mod library;

use mlua::{Error as VmError, Function, Lua, LuaOptions, StdLib, Table};

pub(in crate::engine::lua) use caller::with_caller;
pub(in crate::engine::lua) use guard::{contents, guard};
pub(in crate::engine::lua) use interrupt::Interrupter;

/// Whether a script may come to its end without noticing that it was ended before.
pub(in crate::engine::lua) const ENDS_LATE: bool = true;
/// Makes a statement of an expression.
pub(in crate::engine::lua) const RETURN: &str = "return ";
/// Stands before the token that the parser did not expect.
pub(in crate::engine::lua) const BEFORE_TOKEN: &str = "near ";
/// What the parser says of an expression that stands alone.
#[cfg(feature = "repl")]
pub(in crate::engine::lua) const NO_STATEMENT: &str = "syntax error near";

/// A machine that has nothing but what a script may use.
pub(super) fn machine() -> mlua::Result<Lua> {
    let libraries = StdLib::COROUTINE
        | StdLib::TABLE
        | StdLib::OS
        | StdLib::STRING
        | StdLib::UTF8
        | StdLib::MATH;
    let lua = Lua::new_with(libraries, LuaOptions::default())?;
    library::allow(&lua)?;
    Ok(lua)
}

/// Makes what the machine has by now read-only; what a script sets from here on is its own. `ended` tells
/// whether the run is over.
pub(in crate::engine::lua) fn seal(
    lua: &Lua,
    ended: impl Fn() -> bool + 'static,
) -> mlua::Result<()> {
    library::replace(lua, ended)?;
    let globals = lua.globals();
    guard::libraries(lua, &globals)?;
    let own = lua.create_table()?;
    globals.raw_set("_G", &own)?;
    library::own(lua)?.get::<Function>("globals")?.call::<()>((&own, globals))?;
    lua.set_globals(own)
}

/// Lua 5.4 cannot keep a script from changing a mark, which spoils nothing but that script's own values.
pub(in crate::engine::lua) fn lock(_: &Table) {}

/// Whether a whole number that a native function returns arrives as it is.
pub(in crate::engine::lua) fn carries(_: i64) -> bool {
    true
}

/// A chunk of a script that runs already.
///
/// # Errors
/// What the parser says where the text does not parse.
pub(in crate::engine::lua) fn module(lua: &Lua, name: &str, text: &str) -> mlua::Result<Function> {
    super::chunk(lua, name, text).into_function()
}

/// The text as an expression whose value is given. In parentheses, for a call that is returned as it is leaves
/// no trace of the line that it stands in.
pub(in crate::engine::lua) fn expression(
    lua: &Lua,
    name: &str,
    text: &str,
) -> mlua::Result<Function> {
    let chunk = |text: String| super::chunk(lua, name, &text).into_function();
    chunk(format!("return ({text}\n)")).or_else(|_| chunk(format!("{RETURN}{text}")))
}

/// Every chunk sees every change of a global in any case.
#[cfg(feature = "repl")]
pub(in crate::engine::lua) fn loosen(_: &Lua) {}

/// Whether the text parses.
///
/// # Errors
/// What the parser says where it does not.
pub(in crate::engine::lua) fn parse(text: &str) -> mlua::Result<()> {
    let lua = Lua::new_with(StdLib::NONE, LuaOptions::default())?;
    super::chunk(&lua, "text", text).into_function().map(drop)
}

/// Has values built on the machine's stack. An error for want of memory would jump over Rust's frames, so
/// the limit is looked at afterwards; what is built is no larger than an answer may be.
pub(in crate::engine::lua) fn building<T>(
    lua: &Lua,
    work: impl FnOnce() -> mlua::Result<T>,
) -> mlua::Result<T> {
    let limit = lua.set_memory_limit(0)?;
    let built = work();
    lua.set_memory_limit(limit)?;
    if limit > 0 && lua.used_memory() > limit {
        return Err(VmError::MemoryError("not enough memory".to_owned()));
    }
    built
}
