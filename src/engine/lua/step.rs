//! Calls that have a function of the script called before they give their answer.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{AnyUserData, Function, Lua, MultiValue, Table, Value as LuaValue};

use super::call::Room;
use crate::api::{Answer, ApiFn, Step};
use crate::engine::callbacks::Given;
use crate::{Error, Result};

/// What the prelude takes: a failure, a value, or a step as a token, a function and its arguments.
type Outcome = (LuaValue, LuaValue, Option<AnyUserData>, Option<Function>, Option<Table>);

/// A call that waits for the script's function. It is the collector's where the script gives up a
/// coroutine in which it waits.
struct Waiting {
    function: &'static ApiFn,
    given: Given<Function>,
    step: Step,
}

type Token = RefCell<Option<Waiting>>;

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
        let room = Rc::clone(room);
        let resume =
            lua.create_function(move |lua, (token, result): (AnyUserData, LuaValue)| {
                resume(lua, &room, &token, &result)
            })?;
        let drop = lua.create_function(|_, token: AnyUserData| {
            token.borrow::<Token>()?.take();
            Ok(())
        })?;
        Ok(Self { wrap, resume, drop, note })
    }

    pub(super) fn function(
        &self,
        lua: &Lua,
        function: &'static ApiFn,
        room: &Rc<Room>,
    ) -> mlua::Result<Function> {
        let room = Rc::clone(room);
        let native = lua.create_function(move |lua, arguments: MultiValue| {
            let (arguments, given) = match room.arguments(lua, function, &arguments) {
                Ok(arguments) => arguments,
                Err(error) => return finished(lua, &room, Err(error)),
            };
            deliver(lua, &room, function, given, room.bridge.call(function, arguments))
        })?;
        self.wrap.call((native, &self.resume, &self.drop, &self.note))
    }
}

fn deliver(
    lua: &Lua,
    room: &Room,
    function: &'static ApiFn,
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
    let token = lua.create_any_userdata(Token::new(Some(waiting)))?;
    Ok((LuaValue::Nil, LuaValue::Nil, Some(token), Some(called), Some(arguments)))
}

/// Goes on with what the script's function gave.
fn resume(lua: &Lua, room: &Room, token: &AnyUserData, result: &LuaValue) -> mlua::Result<Outcome> {
    let Some(Waiting { function, given, step }) = token.borrow::<Token>()?.take() else {
        return finished(lua, room, Err(Error::invalid("the call is over")));
    };
    let value = room.values.to_value(result);
    let value = value.map_err(|error| error.within("the function's result").within(function.path));
    let answer = value.and_then(|value| room.bridge.go_on((step.then)(value)));
    deliver(lua, room, function, given, answer)
}

fn finished(lua: &Lua, room: &Room, answer: Result<Answer>) -> mlua::Result<Outcome> {
    let (failure, value) = room.answer(lua, answer)?;
    Ok((failure, value, None, None, None))
}
