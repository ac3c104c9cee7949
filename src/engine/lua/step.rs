//! Calls that have a function of the script called before they give their answer.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use mlua::{Function, Lua, MultiValue, Table, Value as LuaValue};

use super::call::Room;
use super::vm;
use crate::api::{Answer, FunctionRef, Step};
use crate::engine::callbacks::Given;
use crate::engine::failure::not_kept;
use crate::{Error, Result};

/// What the prelude takes: a failure, a value, or a step as a token, a function and its arguments.
type Outcome = (LuaValue, LuaValue, Option<u32>, Option<Function>, Option<Table>);

/// The calls that wait for a function of the script, by their tokens. A script can give up a coroutine
/// in which one waits, so the end of a run ends them all.
#[derive(Default)]
pub(super) struct Waitings(RefCell<HashMap<u32, Waiting>>);

impl Waitings {
    /// Ends the calls that still wait.
    pub(super) fn clear(&self) {
        self.0.take();
    }
}

struct Waiting {
    function: FunctionRef,
    given: Given<Function>,
    step: Step,
}

/// The prelude's part around such calls.
pub(super) struct Steps {
    wrap: Function,
    resume: Function,
    drop: Function,
    note: Function,
}

impl Steps {
    pub(super) fn new(lua: &Lua, prelude: &Table, room: &Rc<Room>) -> mlua::Result<Self> {
        let (wrap, note) = (prelude.get("steps")?, room.seen.noting(lua)?);
        let (resuming, dropping) = (Rc::clone(room), Rc::clone(room));
        let resume = lua.create_function(move |lua, (token, result): (u32, LuaValue)| {
            resume(lua, &resuming, token, &result)
        })?;
        let drop = lua.create_function(move |_, token: u32| {
            let ended = dropping.waitings.0.borrow_mut().remove(&token);
            std::mem::drop(ended);
            Ok(())
        })?;
        Ok(Self { wrap, resume, drop, note })
    }

    pub(super) fn function(
        &self,
        lua: &Lua,
        function: &FunctionRef,
        room: &Rc<Room>,
    ) -> mlua::Result<Function> {
        let (room, function) = (Rc::clone(room), function.clone());
        let native = lua.create_function(move |lua, arguments: MultiValue| {
            let (arguments, given) = match room.arguments(lua, &function, &arguments) {
                Ok(arguments) => arguments,
                Err(error) => return finished(lua, &room, Err(error)),
            };
            let answer = room.bridge.call(&function, arguments);
            deliver(lua, &room, function.clone(), given, answer)
        })?;
        vm::with_caller(lua, self.wrap.call((native, &self.resume, &self.drop, &self.note))?)
    }
}

fn deliver(
    lua: &Lua,
    room: &Room,
    function: FunctionRef,
    given: Given<Function>,
    answer: Result<Answer>,
) -> mlua::Result<Outcome> {
    match answer {
        Ok(Answer::Step(step)) => wait(lua, room, Waiting { function, given, step }),
        answer => {
            if answer.is_ok() && function.keeps_functions() {
                room.callbacks.keep_given(given);
            }
            finished(lua, room, answer)
        }
    }
}

/// Has the prelude call the script's function.
fn wait(lua: &Lua, room: &Room, waiting: Waiting) -> mlua::Result<Outcome> {
    let number = waiting.step.callback.number;
    let Some(called) = room.callbacks.of_step(&waiting.given, number) else {
        return finished(lua, room, Err(Error::invalid("the function is not there any more")));
    };
    let arguments = lua.create_table()?;
    arguments.raw_set("n", waiting.step.arguments.len())?;
    for (index, value) in (1_i64..).zip(&waiting.step.arguments) {
        match room.values.plain(lua, value) {
            Ok(value) => arguments.raw_set(index, value)?,
            Err(error) => return finished(lua, room, Err(error)),
        }
    }
    let token = room.callbacks.number();
    room.waitings.0.borrow_mut().insert(token, waiting);
    Ok((LuaValue::Nil, LuaValue::Nil, Some(token), Some(called), Some(arguments)))
}

/// Goes on with what the script's function gave.
fn resume(lua: &Lua, room: &Room, token: u32, result: &LuaValue) -> mlua::Result<Outcome> {
    let waiting = room.waitings.0.borrow_mut().remove(&token);
    let Some(Waiting { function, given, step }) = waiting else {
        return finished(lua, room, Err(Error::invalid("the call is over")));
    };
    let value = room.values.to_value(result);
    let value = value.map_err(|error| not_kept(error).within(function.path));
    let answer = value.and_then(|value| room.bridge.go_on((step.then)(value)));
    deliver(lua, room, function, given, answer)
}

fn finished(lua: &Lua, room: &Room, answer: Result<Answer>) -> mlua::Result<Outcome> {
    let (failure, value) = room.answer(lua, answer)?;
    Ok((failure, value, None, None, None))
}
