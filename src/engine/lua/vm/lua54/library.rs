//! What a script may use of Lua 5.4's own functions, and in which form.

use mlua::{Function, Lua, LuaString, Table, Value as LuaValue};

use crate::engine::lua::vm::{PRELUDE, chunk};

/// Where the machine keeps our own part of its library, out of a script's reach.
const OWN: &str = "cliengo.library";

/// The functions of the language itself, without those that load code or meddle with the collector.
const GLOBALS: &[&str] = &[
    "_VERSION",
    "assert",
    "error",
    "getmetatable",
    "ipairs",
    "next",
    "pairs",
    "pcall",
    "rawequal",
    "rawget",
    "rawlen",
    "rawset",
    "select",
    "setmetatable",
    "tonumber",
    "tostring",
    "type",
    "xpcall",
];
/// The libraries: they are left out of the machine whole, or lose what reaches out of it, or loads code.
pub(super) const NAMES: [&str; 7] = ["coroutine", "debug", "math", "os", "string", "table", "utf8"];
const OS: &[&str] = &["clock", "date", "difftime", "time"];
const TEXTS: &[&str] = &[
    "byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "pack",
    "packsize", "rep", "reverse", "sub", "unpack", "upper",
];

/// Removes what is not in these lists.
pub(super) fn allow(lua: &Lua) -> mlua::Result<()> {
    let globals = lua.globals();
    keep(&globals, &[GLOBALS, &NAMES].concat())?;
    keep(&globals.raw_get("os")?, OS)?;
    keep(&globals.raw_get("string")?, TEXTS)?;
    // The methods of texts would else be a way to the table of them all.
    if let Some(texts) = lua.type_metatable::<LuaString>() {
        texts.raw_set("__metatable", false)?;
    }
    let own: Table = chunk(lua, PRELUDE, include_str!("library.lua")).eval()?;
    lua.set_named_registry_value(OWN, own)
}

fn keep(table: &Table, names: &[&str]) -> mlua::Result<()> {
    for pair in table.pairs::<String, LuaValue>() {
        let (name, _) = pair?;
        if !names.contains(&name.as_str()) {
            table.raw_remove(name)?;
        }
    }
    Ok(())
}

/// Our own part of the library.
pub(super) fn own(lua: &Lua) -> mlua::Result<Table> {
    lua.named_registry_value(OWN)
}

/// Replaces the functions with which a script could run past the end of its run or write where it may not,
/// and adds the one of `debug` that only tells.
pub(super) fn replace(lua: &Lua, ended: impl Fn() -> bool + 'static) -> mlua::Result<()> {
    let (globals, own) = (lua.globals(), own(lua)?);
    let ended = lua.create_function(move |_, ()| Ok(ended()))?;
    for name in ["rawset", "setmetatable", "xpcall"] {
        let plain: Function = globals.raw_get(name)?;
        let with: Function = own.get(name)?;
        globals.raw_set(name, with.call::<Function>((plain, &ended))?)?;
    }
    let debug = lua.create_table()?;
    debug.raw_set("traceback", lua.create_function(traceback)?)?;
    globals.raw_set("debug", debug)
}

/// The text, and the calls that stand; anything else as it is.
fn traceback(lua: &Lua, message: LuaValue) -> mlua::Result<LuaValue> {
    match &message {
        LuaValue::Nil => lua.traceback(None, 1).map(LuaValue::String),
        LuaValue::String(text) => {
            lua.traceback(Some(&text.to_string_lossy()), 1).map(LuaValue::String)
        }
        _ => Ok(message),
    }
}
