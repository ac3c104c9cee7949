//! The modules of the standard library that are written in Rust, as Lua sees them.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{Function, Lua, Table};

use super::call::{Room, Wrapping};
use super::guard::guard;
use crate::api::ApiFn;

/// The modules that were loaded, with their functions.
pub(super) type Natives = RefCell<Vec<(&'static [ApiFn], Table)>>;

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
    room.natives.borrow_mut().push((functions, table.clone()));
    Ok(table)
}
