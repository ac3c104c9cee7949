//! Luau, which brings its own sandbox.

mod interrupt;

use mlua::chunk::Compiler;
use mlua::{Function, Lua, LuaOptions, StdLib, Table, Value as LuaValue};

pub(in crate::engine::lua) use interrupt::Interrupter;

/// Whether a script may come to its end without noticing that it was ended before.
pub(in crate::engine::lua) const ENDS_LATE: bool = false;
/// Makes a statement of an expression.
pub(in crate::engine::lua) const RETURN: &str = "return ";
/// Stands before the token that the parser did not expect.
pub(in crate::engine::lua) const BEFORE_TOKEN: &str = "got ";
/// What the parser says of an expression that stands alone.
#[cfg(feature = "repl")]
pub(in crate::engine::lua) const NO_STATEMENT: &str = "Incomplete statement";

/// Built-ins that would load code past the checks, reach into other functions, or meddle with the
/// collector that the memory limit rests on.
const REMOVED: [&str; 6] =
    ["loadstring", "getfenv", "setfenv", "collectgarbage", "newproxy", "gcinfo"];

/// A machine that has nothing but what a script may use.
pub(super) fn machine() -> mlua::Result<Lua> {
    let lua = Lua::new_with(StdLib::ALL_SAFE, LuaOptions::default())?;
    for name in REMOVED {
        lua.globals().raw_remove(name)?;
    }
    Ok(lua)
}

/// Makes what the machine has by now read-only; what a script sets from here on is its own.
pub(in crate::engine::lua) fn seal(lua: &Lua, _: impl Fn() -> bool + 'static) -> mlua::Result<()> {
    lua.sandbox(true)
}

/// Makes a table read-only, with this metatable.
pub(in crate::engine::lua) fn guard(_: &Lua, table: &Table, metatable: Table) -> mlua::Result<()> {
    table.set_metatable(Some(metatable))?;
    lock(table);
    Ok(())
}

/// Whether a whole number that a native function returns arrives as it is. mlua hands it over as a double.
pub(in crate::engine::lua) fn carries(number: i64) -> bool {
    number.unsigned_abs() <= 1 << 53
}

/// The same function, whose caller can be told while it runs. Luau always can.
pub(in crate::engine::lua) fn with_caller(_: &Lua, function: Function) -> mlua::Result<Function> {
    Ok(function)
}

/// Makes a table read-only that other tables have as their mark.
pub(in crate::engine::lua) fn lock(mark: &Table) {
    mark.set_readonly(true);
}

/// The table that holds what is read through this one.
pub(in crate::engine::lua) fn contents(table: &Table) -> Table {
    table.clone()
}

/// A chunk of a script that runs already. Luau takes a global that it finds while it loads a function for
/// constant, unless the same chunk assigns it. What the script has set by now may be set again, so the chunk
/// gets an assignment that is never made; lines stay.
///
/// # Errors
/// What the parser says where the text does not parse.
pub(in crate::engine::lua) fn module(lua: &Lua, name: &str, text: &str) -> mlua::Result<Function> {
    let plain = || super::chunk(lua, name, text).into_function();
    let globals = lua.globals();
    let own = globals.pairs::<String, LuaValue>().filter_map(|pair| Some(pair.ok()?.0));
    let assigned: String =
        own.filter(|own| text.contains(own.as_str())).map(|own| format!("{own}=nil ")).collect();
    if assigned.is_empty() {
        return plain();
    }
    let begin = behind_directives(text);
    let (directives, code) = text.split_at(begin);
    let changed = format!("{directives}if false then {assigned}end; {code}");
    // A global may have a name that no code can have.
    super::chunk(lua, name, &changed).into_function().or_else(|_| plain())
}

/// Where the code begins: lines such as `--!optimize 2` count only in front of it.
fn behind_directives(text: &str) -> usize {
    let directives = text.split_inclusive('\n').take_while(|line| line.starts_with("--!"));
    directives.map(str::len).sum()
}

/// The text as an expression whose value is given.
pub(in crate::engine::lua) fn expression(
    lua: &Lua,
    name: &str,
    text: &str,
) -> mlua::Result<Function> {
    super::chunk(lua, name, &format!("{RETURN}{text}")).into_function()
}

/// Lets every chunk see every change of a global, at the price of speed.
#[cfg(feature = "repl")]
pub(in crate::engine::lua) fn loosen(lua: &Lua) {
    lua.globals().set_safeenv(false);
}

/// Whether the text parses.
///
/// # Errors
/// What the parser says where it does not.
pub(in crate::engine::lua) fn parse(text: &str) -> mlua::Result<()> {
    Compiler::new().set_optimization_level(0).compile(text).map(drop)
}

/// Has values built on the machine's stack. An error for want of memory unwinds, so that nothing is left
/// behind on its way.
pub(in crate::engine::lua) fn building<T>(
    _: &Lua,
    work: impl FnOnce() -> mlua::Result<T>,
) -> mlua::Result<T> {
    work()
}
