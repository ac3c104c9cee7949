//! The registry as Lua sees it: `cliengo` with its namespaces, `print` and `require`.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{Function, Lua, MultiValue, Table, Value as LuaValue};
use serde_json::Value;

use super::values::Values;
use super::vm;
use crate::api::{Answer, ApiFn, Sequence, VALUES, ValueKind, functions};
use crate::engine::bridge::Bridge;
use crate::engine::{Source, modules};
use crate::schema::did_you_mean;
use crate::{Error, Result};

type Shared<T> = Rc<T>;

/// A failure or a value: the prelude raises the one and returns the other.
type FailureOr = (LuaValue, LuaValue);

/// What all bindings of a run share.
struct Binder<'a> {
    lua: &'a Lua,
    wrap: Function,
    rows: Function,
    bridge: Shared<Bridge>,
    values: Shared<Values>,
}

/// Sets the globals of a run.
pub(super) fn globals(
    lua: &Lua,
    prelude: &Table,
    source: &Source,
    bridge: Shared<Bridge>,
    values: &Shared<Values>,
) -> mlua::Result<()> {
    let (wrap, rows) = (prelude.get("wrap")?, prelude.get("rows")?);
    let binder = Binder { lua, wrap, rows, bridge, values: Rc::clone(values) };
    let globals = lua.globals();
    globals.raw_set("cliengo", binder.root()?)?;
    globals.raw_set("print", binder.print(prelude)?)?;
    globals.raw_set("require", binder.require(prelude, source)?)
}

impl Binder<'_> {
    /// `cliengo`, with every function and value of the registry in its namespace.
    fn root(&self) -> mlua::Result<Table> {
        let root = self.lua.create_table()?;
        let mut namespaces = vec![("", root.clone())];
        for function in functions() {
            let (namespace, name) = function.namespace_and_name();
            let known = namespaces.iter().find(|(known, _)| *known == namespace);
            let table = match known {
                Some((_, table)) => table.clone(),
                None => {
                    let table = self.lua.create_table()?;
                    root.raw_set(namespace, table.clone())?;
                    namespaces.push((namespace, table.clone()));
                    table
                }
            };
            let bound = self.function(function)?;
            table.raw_set(name, bound.clone())?;
            if let Some(alias) = function.alias {
                table.raw_set(alias, bound)?;
            }
        }
        for value in VALUES {
            root.raw_set(value.path, self.value(value.kind)?)?;
        }
        for (namespace, table) in namespaces {
            self.guard(namespace, &table)?;
        }
        Ok(root)
    }

    fn value(&self, kind: ValueKind) -> mlua::Result<LuaValue> {
        match kind {
            ValueKind::Null => Ok(LuaValue::NULL),
            ValueKind::Arguments => {
                let arguments = self.bridge.context.arguments();
                let list = self.lua.create_sequence_from(arguments.iter().cloned())?;
                list.set_metatable(Some(self.values.lists.clone()))?;
                Ok(LuaValue::Table(list))
            }
        }
    }

    /// Makes the namespace read-only, and a name that it does not have an error that says which
    /// one was meant.
    fn guard(&self, namespace: &'static str, table: &Table) -> mlua::Result<()> {
        let names = table.pairs::<String, LuaValue>().map(|pair| pair.map(|(name, _)| name));
        let mut names: Vec<String> = names.collect::<mlua::Result<_>>()?;
        names.sort_unstable();
        let values = Rc::clone(&self.values);
        let missing = self.lua.create_function(move |lua, (_, name): (LuaValue, LuaValue)| {
            let name = name.to_string()?;
            let place = if namespace.is_empty() { String::new() } else { format!(".{namespace}") };
            let hint = did_you_mean(&name, names.iter().map(String::as_str))
                .unwrap_or_else(|| format!("it has {}", names.join(", ")));
            let error = Error::invalid(format!("cliengo{place} has no \"{name}\"")).with_hint(hint);
            Ok((values.error(lua, &error)?, LuaValue::Nil))
        })?;
        let guard = self.lua.create_table()?;
        guard.raw_set("__index", self.wrap.call::<Function>(missing)?)?;
        table.set_metatable(Some(guard))?;
        table.set_readonly(true);
        Ok(())
    }

    fn function(&self, function: &'static ApiFn) -> mlua::Result<Function> {
        let (bridge, values) = (Rc::clone(&self.bridge), Rc::clone(&self.values));
        let rows = self.rows.clone();
        let native = self.lua.create_function(move |lua, arguments: MultiValue| {
            let call = || -> Result<Answer> {
                refuse_colon(function, arguments.front())?;
                let plain = arguments.iter().map(|argument| values.to_value(argument));
                let plain = plain.collect::<Result<Vec<Value>>>();
                bridge.call(function, plain.map_err(|error| error.within(function.path))?)
            };
            let answer = match call() {
                Ok(Answer::Sequence(sequence)) => {
                    let pages = pages(lua, &bridge, &values, sequence)?;
                    let next = rows.call::<Function>(pages)?;
                    return Ok((LuaValue::Nil, LuaValue::Function(next)));
                }
                Ok(Answer::List(mut sequence)) => {
                    values.list(lua, || bridge.next_page(&mut sequence))
                }
                Ok(answer) => values.answer(lua, answer),
                Err(error) => Err(error),
            };
            failure_or(lua, &values, answer)
        })?;
        self.wrap.call(native)
    }

    fn print(&self, prelude: &Table) -> mlua::Result<Function> {
        let bridge = Rc::clone(&self.bridge);
        let write = self.lua.create_function(move |_, line: mlua::LuaString| {
            bridge.context.sink().print(&line.to_string_lossy());
            Ok(())
        })?;
        prelude.get::<Function>("print")?.call(write)
    }

    fn require(&self, prelude: &Table, source: &Source) -> mlua::Result<Function> {
        let (values, script) = (Rc::clone(&self.values), source.clone());
        let load = self.lua.create_function(move |lua, name: String| {
            let module = match modules::find(&script, &name) {
                Ok(module) => module,
                Err(error) => return Ok((values.error(lua, &error)?, None, None)),
            };
            match vm::chunk(lua, &module.name, &module.text).into_function() {
                Ok(chunk) => Ok((LuaValue::Nil, Some(module.name), Some(chunk))),
                Err(error) => {
                    let source = Source { name: module.name, ..script.clone() };
                    let failure = super::syntax_failure(&source, &error);
                    let error = Error::invalid(format!("{failure}"));
                    Ok((values.error(lua, &error)?, None, None))
                }
            }
        })?;
        prelude.get::<Function>("require")?.call(load)
    }
}

/// `cliengo.contacts:list()` passes the namespace itself, which holds the function.
fn refuse_colon(function: &ApiFn, first: Option<&LuaValue>) -> Result<()> {
    let (_, name) = function.namespace_and_name();
    let holds =
        |table: &Table| table.raw_get::<LuaValue>(name).is_ok_and(|held| held.is_function());
    if !first.and_then(LuaValue::as_table).is_some_and(holds) {
        return Ok(());
    }
    Err(Error::invalid(format!("{} is called with a colon", function.path))
        .with_hint(format!("call it with a dot: cliengo.{}", function.signature())))
}

/// Gives the next page of rows as a list, and nothing at the end. The prelude hands its rows out one by
/// one: a call from Lua to here for each row would cost as much as the row's decoding.
fn pages(
    lua: &Lua,
    bridge: &Shared<Bridge>,
    values: &Shared<Values>,
    sequence: Sequence,
) -> mlua::Result<Function> {
    let (bridge, values) = (Rc::clone(bridge), Rc::clone(values));
    let sequence = RefCell::new(sequence);
    lua.create_function(move |lua, ()| {
        let page = match bridge.next_page(&mut sequence.borrow_mut()) {
            Ok(Some(rows)) => {
                let mut page = Some(rows);
                values.list(lua, || Ok(page.take()))
            }
            Ok(None) => Ok(LuaValue::Nil),
            Err(error) => Err(error),
        };
        failure_or(lua, &values, page)
    })
}

fn failure_or(lua: &Lua, values: &Values, result: Result<LuaValue>) -> mlua::Result<FailureOr> {
    match result {
        Ok(value) => Ok((LuaValue::Nil, value)),
        Err(error) => Ok((values.error(lua, &error)?, LuaValue::Nil)),
    }
}
