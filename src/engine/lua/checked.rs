//! A function of the standard library that is written in Lua, behind the checks of its arguments.

use std::rc::Rc;

use mlua::{Function, Lua, MultiValue, Table, Value as LuaValue};
use serde_json::{Map, Value};

use super::call::{Room, Wrapping};
use super::vm;
use crate::api::{ApiFn, Arguments};
use crate::engine::callbacks::Given;
use crate::{Error, Result};

/// The function as scripts call it.
pub(super) fn checked(
    lua: &Lua,
    wrapping: &Wrapping,
    room: &Rc<Room>,
    function: &'static ApiFn,
    doing: Function,
) -> mlua::Result<Function> {
    let room = Rc::clone(room);
    let check = lua.create_function(move |lua, given: MultiValue| {
        Ok(match ready(lua, &room, function, &given) {
            Ok(values) => std::iter::once(LuaValue::Nil).chain(values).collect(),
            Err(error) => MultiValue::from_iter([room.values.error(lua, &error)?]),
        })
    })?;
    vm::with_caller(lua, wrapping.checked.call((check, doing))?)
}

/// What the module's own code calls with a function's path and what is wrong: it raises that as an error.
pub(super) fn raising(lua: &Lua, wrapping: &Wrapping, room: &Rc<Room>) -> mlua::Result<Function> {
    let room = Rc::clone(room);
    let raise = lua.create_function(move |lua, (path, problem): (String, String)| {
        let error = Error::invalid(problem).within(path);
        Ok((room.values.error(lua, &error)?, LuaValue::Nil))
    })?;
    wrapping.plainly(lua, raise)
}

/// One value for each parameter. What goes on to functions of the script is the very value that was given.
fn ready(
    lua: &Lua,
    room: &Room,
    function: &'static ApiFn,
    given: &MultiValue,
) -> Result<Vec<LuaValue>> {
    let (outlines, _) = outlines(lua, room, function, given)?;
    let Arguments { values, functions } = function.ready(outlines)?;
    let each = values.iter().enumerate().map(|(index, value)| {
        let given = given.get(index).unwrap_or(&LuaValue::Nil);
        // A number is the same one on both sides of the checks.
        if function.params[index].kind.stays_in_the_script() || given.is_number() {
            let is_there = !value.is_null() || given.is_function();
            return Ok(if is_there { given.clone() } else { LuaValue::Nil });
        }
        let value = room.values.plain(lua, value)?;
        let names = functions.iter().filter(|it| it.parameter == index);
        for name in names.filter_map(|it| it.name.as_deref()) {
            put_back(&value, given, name).map_err(|error| Error::invalid(error.to_string()))?;
        }
        Ok(value)
    });
    each.collect()
}

/// The function of this name goes into the object that was made of the one that it was given in.
fn put_back(object: &LuaValue, given: &LuaValue, name: &str) -> mlua::Result<()> {
    let (Some(object), Some(given)) = (object.as_table(), given.as_table()) else { return Ok(()) };
    object.raw_set(name, given.get::<LuaValue>(name)?)
}

/// The arguments as far as the checks look at them.
fn outlines(
    lua: &Lua,
    room: &Room,
    function: &'static ApiFn,
    given: &MultiValue,
) -> Result<(Arguments, Given<Function>)> {
    room.gathered(lua, function, given, |index, argument, gathered| {
        let kind = function.params.get(index).map(|param| param.kind);
        let (Some(kind), LuaValue::Table(table)) = (kind, argument) else { return false };
        let stays = kind.stays_in_the_script();
        if stays {
            gathered.value(outline(room, table), Vec::new());
        }
        stays
    })
}

/// A list without its items, or an object with none of its values.
fn outline(room: &Room, table: &Table) -> Value {
    let is_list = table.raw_len() > 0
        || table.metatable().is_some_and(|mark| mark == room.values.lists)
        || table.is_empty();
    if is_list {
        Value::Array(Vec::new())
    } else {
        Map::from_iter([(String::new(), Value::Null)]).into()
    }
}
