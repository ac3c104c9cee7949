//! One function of the registry as Lua calls it: its arguments there, its answer back.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{Function, Lua, MultiValue, Table, Value as LuaValue};

use super::account::Account;
use super::decode::decode;
use super::frames::{Seen, definition, place};
use super::native::Natives;
use super::step::{Steps, Waitings};
use super::values::Values;
use super::vm;
use crate::api::{Answer, ApiFn, Arguments, FunctionRef, Sequence};
use crate::engine::bridge::Bridge;
use crate::engine::callbacks::{Callbacks, Gathered, Given};
use crate::{Error, Result};

/// What all bound functions of a script share.
pub(super) struct Room {
    pub(super) bridge: Rc<Bridge>,
    pub(super) values: Values,
    pub(super) callbacks: Callbacks<Function>,
    pub(super) seen: Seen,
    pub(super) waitings: Waitings,
    pub(super) natives: Natives,
    pub(super) account: Account,
}

/// A failure or a value: the prelude raises the one and returns the other. Both where the value is a list with
/// a number in it.
pub(super) type FailureOr = (LuaValue, LuaValue);

/// The prelude's part around native functions.
pub(super) struct Wrapping {
    wrap: Function,
    rows: Function,
    pub(super) checked: Function,
    steps: Steps,
}

impl Wrapping {
    pub(super) fn new(lua: &Lua, prelude: &Table, room: &Rc<Room>) -> mlua::Result<Self> {
        let (wrap, rows) = (prelude.get("wrap")?, prelude.get("rows")?);
        let checked = prelude.get("checked")?;
        Ok(Self { wrap, rows, checked, steps: Steps::new(lua, prelude, room)? })
    }

    /// The native function as scripts call it.
    pub(super) fn plainly(&self, lua: &Lua, native: Function) -> mlua::Result<Function> {
        vm::with_caller(lua, self.wrap.call(native)?)
    }

    /// A function of the registry as scripts call it.
    pub(super) fn function(
        &self,
        lua: &Lua,
        function: &FunctionRef,
        room: &Rc<Room>,
    ) -> mlua::Result<Function> {
        if function.takes_functions() {
            return self.steps.function(lua, function, room);
        }
        let (room, rows, function) = (Rc::clone(room), self.rows.clone(), function.clone());
        let native = lua.create_function(move |lua, arguments: MultiValue| {
            let call = || -> Result<Answer> {
                let (arguments, _) = room.arguments(lua, &function, &arguments)?;
                room.bridge.call(&function, arguments)
            };
            match call() {
                Ok(Answer::Sequence(sequence)) => {
                    let next = rows.call::<Function>(pages(lua, &room, sequence)?)?;
                    Ok((LuaValue::Nil, LuaValue::Function(next)))
                }
                answer => room.answer(lua, answer),
            }
        })?;
        self.plainly(lua, native)
    }
}

impl Room {
    /// The arguments as the registry takes them, and the functions among them.
    pub(super) fn arguments(
        &self,
        lua: &Lua,
        function: &ApiFn,
        arguments: &MultiValue,
    ) -> Result<(Arguments, Given<Function>)> {
        self.gathered(lua, function, arguments, |_, _, _| false)
    }

    /// The same, where `taken` takes some of the arguments in a way of its own.
    pub(super) fn gathered(
        &self,
        lua: &Lua,
        function: &ApiFn,
        arguments: &MultiValue,
        taken: impl Fn(usize, &LuaValue, &mut Gathered<Function>) -> bool,
    ) -> Result<(Arguments, Given<Function>)> {
        refuse_colon(function, arguments.front())?;
        self.account.open(lua);
        let mut gathered = Gathered::of(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            if !taken(index, argument, &mut gathered) {
                self.gather(lua, argument, &mut gathered).map_err(|it| it.within(function.path))?;
            }
        }
        Ok(gathered.finish(&self.callbacks, |function| {
            place(lua).or_else(|| definition(function)).unwrap_or_default()
        }))
    }

    fn gather(
        &self,
        lua: &Lua,
        argument: &LuaValue,
        gathered: &mut Gathered<Function>,
    ) -> Result<()> {
        match (argument, self.values.to_value(argument)) {
            (LuaValue::Function(function), _) => gathered.function(function.clone()),
            (LuaValue::Table(table), Err(error)) => {
                let (rest, functions) = apart(lua, table, error)?;
                gathered.value(self.values.to_value(&LuaValue::Table(rest))?, functions);
            }
            (_, value) => gathered.value(value?, Vec::new()),
        }
        Ok(())
    }

    /// The answer of a call as what the prelude takes. A lazy list is not one, nor is a step.
    pub(super) fn answer(&self, lua: &Lua, answer: Result<Answer>) -> mlua::Result<FailureOr> {
        let value = match answer {
            Ok(Answer::List(mut sequence)) => {
                self.values.list(lua, || self.bridge.next_page(&mut sequence))
            }
            Ok(answer) => self.values.answer(lua, answer),
            Err(error) => Err(error),
        };
        self.failure_or(lua, value)
    }

    fn failure_or(&self, lua: &Lua, result: Result<LuaValue>) -> mlua::Result<FailureOr> {
        match result {
            Ok(LuaValue::Integer(number)) if !vm::carries(number) => {
                let list = decode(lua, &self.values, format!("[{number}]").as_bytes());
                Ok((LuaValue::Boolean(true), list.map_err(mlua::Error::external)?))
            }
            Ok(value) => Ok((LuaValue::Nil, value)),
            Err(error) => Ok((self.values.error(lua, &error)?, LuaValue::Nil)),
        }
    }
}

/// An object without the functions that are its members, and those; the error where there are none.
fn apart(lua: &Lua, table: &Table, error: Error) -> Result<(Table, Vec<(String, Function)>)> {
    let split = || -> mlua::Result<(Table, Vec<(String, Function)>)> {
        let (rest, mut functions) = (lua.create_table()?, Vec::new());
        for pair in table.pairs::<LuaValue, LuaValue>() {
            match pair? {
                (LuaValue::String(name), LuaValue::Function(function)) => {
                    functions.push((name.to_string_lossy(), function));
                }
                (name, value) => rest.raw_set(name, value)?,
            }
        }
        Ok((rest, functions))
    };
    match split() {
        Ok((rest, functions)) if !functions.is_empty() && table.raw_len() == 0 => {
            Ok((rest, functions))
        }
        _ => Err(error),
    }
}

/// `cliengo.contacts:list()` passes the namespace itself, which holds the function.
fn refuse_colon(function: &ApiFn, first: Option<&LuaValue>) -> Result<()> {
    let (_, name) = function.namespace_and_name();
    let holds = |table: &Table| {
        vm::contents(table).raw_get::<LuaValue>(name).is_ok_and(|held| held.is_function())
    };
    if !first.and_then(LuaValue::as_table).is_some_and(holds) {
        return Ok(());
    }
    Err(Error::invalid(format!("{} is called with a colon", function.path))
        .with_hint(format!("call it with a dot: {}", function.usage())))
}

/// Gives the next page of rows as a list, and nothing at the end. The prelude hands its rows out one by
/// one: a call from Lua to here for each row would cost as much as the row's decoding.
fn pages(lua: &Lua, room: &Rc<Room>, sequence: Sequence) -> mlua::Result<Function> {
    let room = Rc::clone(room);
    let sequence = RefCell::new(sequence);
    lua.create_function(move |lua, ()| {
        let page = match room.bridge.next_page(&mut sequence.borrow_mut()) {
            Ok(Some(rows)) => {
                let mut page = Some(rows);
                room.values.list(lua, || Ok(page.take()))
            }
            Ok(None) => Ok(LuaValue::Nil),
            Err(error) => Err(error),
        };
        room.failure_or(lua, page)
    })
}
