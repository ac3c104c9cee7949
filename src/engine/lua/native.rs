//! The modules of the standard library that are written in Rust, as Lua sees them.

use std::rc::Rc;

use mlua::{Function, Lua, Table};

use super::call::{Room, Wrapping};
use super::guard::guard;
use crate::api::ApiFn;

/// What stands for the code of such a module: it gives the module's table.
pub(super) fn chunk(
    lua: &Lua,
    wrapping: &Rc<Wrapping>,
    room: &Rc<Room>,
    functions: &'static [ApiFn],
) -> mlua::Result<Function> {
    let (wrapping, room) = (Rc::clone(wrapping), Rc::clone(room));
    lua.create_function(move |lua, ()| table(lua, &wrapping, &room, functions))
}

fn table(
    lua: &Lua,
    wrapping: &Wrapping,
    room: &Rc<Room>,
    functions: &'static [ApiFn],
) -> mlua::Result<Table> {
    let table = lua.create_table()?;
    let mut module = "";
    for function in functions {
        let (namespace, name) = function.namespace_and_name();
        module = namespace;
        table.raw_set(name, wrapping.function(lua, &function.into(), room)?)?;
    }
    guard(lua, wrapping, room, module, &table)?;
    Ok(table)
}
