//! The modules of the standard library as Lua sees them: their arguments are checked, whichever language they are
//! written in.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{Function, Lua, Table};

use super::call::{Room, Wrapping};
use super::checked::{checked, raising};
use super::guard::guard;
use crate::api::ApiFn;

/// The modules that were loaded, with their functions.
pub(super) type Natives = RefCell<Vec<(&'static [ApiFn], Table)>>;

/// What stands for the code of a module that is written in Rust: it gives the module's table.
pub(super) fn chunk(
    lua: &Lua,
    wrapping: &Rc<Wrapping>,
    room: &Rc<Room>,
    functions: &'static [ApiFn],
) -> mlua::Result<Function> {
    let (wrapping, room) = (Rc::clone(wrapping), Rc::clone(room));
    lua.create_function(move |lua, ()| {
        let bind = |function: &'static ApiFn| wrapping.function(lua, &function.into(), &room);
        table(lua, &wrapping, &room, functions, bind)
    })
}

/// The same for one that is written in Lua. Its own code is told how to raise an error, and gives the functions
/// that stand behind the checks.
pub(super) fn checked_chunk(
    lua: &Lua,
    wrapping: &Rc<Wrapping>,
    room: &Rc<Room>,
    functions: &'static [ApiFn],
    code: Function,
) -> mlua::Result<Function> {
    let (wrapping, room) = (Rc::clone(wrapping), Rc::clone(room));
    lua.create_function(move |lua, ()| {
        let behind: Table = code.call(raising(lua, &wrapping, &room)?)?;
        let bind = |function: &'static ApiFn| {
            let doing: Function = behind.raw_get(function.namespace_and_name().1)?;
            checked(lua, &wrapping, &room, function, doing)
        };
        table(lua, &wrapping, &room, functions, bind)
    })
}

fn table(
    lua: &Lua,
    wrapping: &Wrapping,
    room: &Rc<Room>,
    functions: &'static [ApiFn],
    bind: impl Fn(&'static ApiFn) -> mlua::Result<Function>,
) -> mlua::Result<Table> {
    let table = lua.create_table()?;
    let mut module = "";
    for function in functions {
        let (namespace, name) = function.namespace_and_name();
        module = namespace;
        table.raw_set(name, bind(function)?)?;
    }
    guard(lua, wrapping, room, module, &table)?;
    room.natives.borrow_mut().push((functions, table.clone()));
    Ok(table)
}
