//! The registry as Lua sees it: `cliengo` with its namespaces, `print` and `require`.

use std::rc::Rc;

use mlua::{Function, Lua, Table, Value as LuaValue};

use super::call::{Room, Wrapping};
use super::decode::decode;
use super::guard::guard;
use super::{native, vm};
use crate::Error;
use crate::api::{Namespace, ValueKind};
use crate::engine::modules::{Code, Modules};

/// Sets the globals of a script.
pub(super) fn globals(
    lua: &Lua,
    prelude: &Table,
    modules: &Rc<Modules>,
    room: &Rc<Room>,
) -> mlua::Result<()> {
    let wrapping = Wrapping::new(lua, prelude, room)?;
    let binder = Binder { lua, wrapping: Rc::new(wrapping), room };
    let globals = lua.globals();
    globals.raw_set("cliengo", binder.root()?)?;
    globals.raw_set("print", binder.print(prelude)?)?;
    globals.raw_set("require", binder.require(prelude, modules)?)
}

struct Binder<'a> {
    lua: &'a Lua,
    wrapping: Rc<Wrapping>,
    room: &'a Rc<Room>,
}

impl Binder<'_> {
    /// `cliengo`, with every function and value of the registry in its namespace; a program's own functions
    /// are beside it.
    fn root(&self) -> mlua::Result<Table> {
        let root = self.lua.create_table()?;
        let mut namespaces =
            vec![(Namespace::CLIENGO, root.clone()), (Namespace::GLOBAL, self.lua.globals())];
        let context = self.room.bridge.context();
        for function in context.registry().functions() {
            let (namespace, (_, name)) = (function.namespace(), function.namespace_and_name());
            let table = self.namespace(namespace, &mut namespaces)?;
            let bound = self.wrapping.function(self.lua, function, self.room)?;
            table.raw_set(name, bound.clone())?;
            if let Some(alias) = function.alias {
                table.raw_set(alias, bound)?;
            }
        }
        for value in context.registry().values() {
            root.raw_set(value.path, self.value(value.kind)?)?;
        }
        for value in context.registry().own_values() {
            let (namespace, name) = value.namespace_and_name();
            let read = decode(self.lua, &self.room.values, value.json());
            let read = read.map_err(mlua::Error::external)?;
            self.namespace(namespace, &mut namespaces)?.raw_set(name, read)?;
        }
        for (namespace, table) in namespaces {
            if namespace != Namespace::GLOBAL {
                guard(self.lua, &self.wrapping, self.room, &namespace.to_string(), &table)?;
            }
        }
        Ok(root)
    }

    /// The namespace's table, made where it is not there yet.
    fn namespace(
        &self,
        namespace: Namespace,
        namespaces: &mut Vec<(Namespace, Table)>,
    ) -> mlua::Result<Table> {
        let find = |wanted| namespaces.iter().find(|(known, _)| *known == wanted);
        if let Some((_, table)) = find(namespace) {
            return Ok(table.clone());
        }
        let below = namespace.is_below_cliengo();
        let above = if below { Namespace::CLIENGO } else { Namespace::GLOBAL };
        let table = self.lua.create_table()?;
        if let Some((_, above)) = find(above) {
            above.raw_set(namespace.name(), table.clone())?;
        }
        namespaces.push((namespace, table.clone()));
        Ok(table)
    }

    fn value(&self, kind: ValueKind) -> mlua::Result<LuaValue> {
        match kind {
            ValueKind::Null => Ok(LuaValue::NULL),
            ValueKind::Arguments => {
                let context = self.room.bridge.context();
                let arguments = context.arguments();
                let list = self.lua.create_sequence_from(arguments.iter().cloned())?;
                list.set_metatable(Some(self.room.values.lists.clone()))?;
                Ok(LuaValue::Table(list))
            }
        }
    }

    fn print(&self, prelude: &Table) -> mlua::Result<Function> {
        let room = Rc::clone(self.room);
        let write = self.lua.create_function(move |_, line: mlua::LuaString| {
            room.bridge.context().sink().print(&line.to_string_lossy());
            Ok(())
        })?;
        prelude.get::<Function>("print")?.call(write)
    }

    fn require(&self, prelude: &Table, modules: &Rc<Modules>) -> mlua::Result<Function> {
        let (room, modules) = (Rc::clone(self.room), Rc::clone(modules));
        let wrapping = Rc::clone(&self.wrapping);
        let load = self.lua.create_function(move |lua, name: String| {
            let module = match modules.find(&name) {
                Ok(module) => module,
                Err(error) => return Ok((room.values.error(lua, &error)?, None, None)),
            };
            let chunk = match module.code {
                Code::Functions(functions) => native::chunk(lua, &wrapping, &room, functions)?,
                Code::Checked(functions, text) => {
                    let code = vm::module(lua, &module.name, text)?;
                    native::checked_chunk(lua, &wrapping, &room, functions, code)?
                }
                Code::Text(text) => match vm::module(lua, &module.name, &text) {
                    Ok(chunk) => chunk,
                    Err(error) => {
                        let failure = super::syntax_failure(&module.name, &text, &error);
                        let error = Error::invalid(format!("{failure}"));
                        return Ok((room.values.error(lua, &error)?, None, None));
                    }
                },
            };
            Ok((LuaValue::Nil, Some(module.name), Some(chunk)))
        })?;
        vm::with_caller(self.lua, prelude.get::<Function>("require")?.call(load)?)
    }
}
