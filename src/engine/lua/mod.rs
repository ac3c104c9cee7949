//! Lua, in its dialect Luau or as Lua 5.4, as an adapter over the registry.

mod account;
#[cfg(feature = "bench")]
mod bench;
mod bind;
mod call;
mod checked;
mod decode;
mod encode;
mod failure;
mod frames;
mod guard;
mod names;
mod native;
#[cfg(feature = "check")]
mod outline;
#[cfg(feature = "repl")]
mod session;
mod step;
mod syntax;
mod values;
mod vm;

use std::rc::Rc;

use bytes::Bytes;
use mlua::{Function, Lua, Table, Value as LuaValue, Variadic};
use serde_json::Value;

use self::account::Account;
use self::call::Room;
use self::decode::decode;
use self::failure::{failure_of, syntax_failure};
use self::frames::Seen;
use self::native::Natives;
use self::step::Waitings;
use self::values::Values;
use self::vm::Interrupter;
use super::bridge::Bridge;
use super::callbacks::Callbacks;
use super::failure::out_of_memory;
use super::loaded::{Loading, Script, no_function};
use super::modules::Modules;
use super::{Limits, ScriptFailure, Source};
use crate::api::Callback;
use crate::{Error, ErrorKind};

#[cfg(feature = "bench")]
pub use bench::LuaDecoder;
#[cfg(feature = "check")]
pub(super) use outline::{names, refusal};
#[cfg(feature = "repl")]
pub(super) use session::{is_expression, is_statement, is_unfinished, open};

/// A machine with what was loaded into it. The machine itself comes last, for it is dropped last.
struct Loaded {
    room: Rc<Room>,
    /// `xpcall`. It is called from here and not from Lua, as the handler is native: the end of a run
    /// interrupts any Lua code that is still to come, and with it the list of calls.
    protected: Function,
    handler: Function,
    limits: Limits,
    /// Names that were global before the script.
    given: Vec<String>,
    lua: Lua,
}

/// Runs a Lua script to its end, and keeps it. See [`load`](super::load).
pub(super) fn load(loading: &Loading<'_>) -> Result<(Box<dyn Script>, Value), ScriptFailure> {
    let Loading { source, bridge, modules, limits } = loading;
    let loaded = Loaded::open(bridge, modules, *limits)?;
    let main = compile(&loaded.lua, source);
    let main = main.map_err(|error| syntax_failure(&source.name, &source.text, &error))?;
    let result = loaded.enter(&main, Vec::new())?;
    let value = loaded.room.values.to_value(&result);
    let value = value.map_err(|error| ScriptFailure::of(error.within("the result")))?;
    Ok((Box::new(loaded), value))
}

impl Loaded {
    fn open(
        bridge: &Rc<Bridge>,
        modules: &Rc<Modules>,
        limits: Limits,
    ) -> Result<Self, ScriptFailure> {
        Self::new(bridge, modules, limits)
            .map_err(|error| failure::of_vm(&error, bridge.context().cancel(), limits.memory))
    }

    fn new(bridge: &Rc<Bridge>, modules: &Rc<Modules>, limits: Limits) -> mlua::Result<Self> {
        let lua = vm::sandboxed(limits.memory)?;
        let prelude: Table = vm::prelude(&lua)?;
        let values = Values::new(&lua, &prelude)?;
        let (bridge, seen) = (Rc::clone(bridge), Seen::default());
        let (callbacks, waitings) = (Callbacks::default(), Waitings::default());
        let natives = Natives::default();
        let account = Account::of(limits.memory);
        let room = Rc::new(Room { bridge, values, callbacks, seen, waitings, natives, account });
        bind::globals(&lua, &prelude, modules, &room)?;
        let protected = lua.globals().get("xpcall")?;
        let handler = room.seen.catching(&lua)?;
        let bridge = Rc::clone(&room.bridge);
        vm::seal(&lua, move || bridge.context().cancel().reason().is_some())?;
        let given = function_names(&lua);
        Ok(Self { room, protected, handler, limits, given, lua })
    }

    /// Calls a function, until it ends or is ended, and gives the first of its values.
    fn enter(
        &self,
        function: &Function,
        arguments: Vec<LuaValue>,
    ) -> Result<LuaValue, ScriptFailure> {
        let values = self.enter_for_all(function, arguments)?;
        Ok(values.into_iter().next().unwrap_or(LuaValue::Nil))
    }

    /// The same, with all of its values.
    fn enter_for_all(
        &self,
        function: &Function,
        arguments: Vec<LuaValue>,
    ) -> Result<Variadic<LuaValue>, ScriptFailure> {
        let (context, memory) = (self.room.bridge.context(), self.limits.memory);
        let cancel = context.cancel();
        self.room.account.open(&self.lua);
        let interrupter = Interrupter::install(&self.lua, cancel, self.limits.operations)
            .map_err(|error| failure::of_vm(&error, cancel, memory))?;
        let arguments = Variadic::from_iter(arguments);
        type Ran = (bool, Variadic<LuaValue>);
        let ran = self.protected.call::<Ran>((function, &self.handler, arguments));
        drop(interrupter);
        self.room.seen.clear();
        self.room.waitings.clear();
        match ran {
            Ok((true, _)) if vm::ENDS_LATE && cancel.reason().is_some() => {
                Err(failure_of(&LuaValue::Nil, cancel, memory))
            }
            Ok((true, values)) => Ok(values),
            Ok((false, problem)) => {
                let problem = problem.first().unwrap_or(&LuaValue::Nil);
                Err(failure_of(problem, cancel, memory))
            }
            Err(error) => Err(failure::of_vm(&error, cancel, memory)),
        }
    }

    /// The function as one that can be called later.
    fn callback(&self, function: Function) -> Callback {
        let place = frames::definition(&function).unwrap_or_default();
        let callbacks = &self.room.callbacks;
        let known = callbacks.find(|known| *known == function);
        Callback { number: known.unwrap_or_else(|| callbacks.keep(function)), place }
    }
}

impl Script for Loaded {
    fn call(&mut self, number: u32, arguments: &[Bytes]) -> Result<Value, ScriptFailure> {
        let function = self.room.callbacks.get(number).ok_or_else(no_function)?;
        let arguments = arguments.iter().map(|json| decode(&self.lua, &self.room.values, json));
        // What the script holds leaves no room for a contact: that does not pass with this call.
        let full = |error: Error| match error.kind {
            ErrorKind::Limit => out_of_memory(self.limits.memory),
            _ => error,
        };
        let arguments = arguments.collect::<crate::Result<_>>();
        let arguments = arguments.map_err(|error| ScriptFailure::of(full(error)))?;
        let result = self.enter(&function, arguments)?;
        Ok(self.room.values.to_value(&result).unwrap_or_default())
    }

    fn function(&self, name: &str) -> Option<Callback> {
        let function: Function = self.lua.globals().raw_get(name).ok()?;
        Some(self.callback(function))
    }

    fn functions(&self) -> Vec<String> {
        let mut names = function_names(&self.lua);
        names.retain(|name| !self.given.contains(name));
        names
    }
}

/// The names of the global functions.
fn function_names(lua: &Lua) -> Vec<String> {
    let globals = lua.globals();
    let named = globals.pairs::<LuaValue, LuaValue>().flatten();
    let names = named.filter(|(_, value)| value.is_function());
    names.filter_map(|(name, _)| Some(name.as_string()?.to_string_lossy())).collect()
}

/// Compiles the script; at a prompt, an expression alone is a script that returns it.
fn compile(lua: &Lua, source: &Source) -> mlua::Result<Function> {
    if source.expression
        && let Ok(main) = vm::expression(lua, &source.name, &source.text)
    {
        return Ok(main);
    }
    vm::chunk(lua, &source.name, &source.text).into_function()
}
