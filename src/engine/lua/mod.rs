//! Lua, in its dialect Luau, as an adapter over the registry.

#[cfg(feature = "bench")]
mod bench;
mod bind;
mod decode;
mod encode;
mod failure;
mod frames;
mod interrupt;
mod names;
mod values;
mod vm;

use std::rc::Rc;

use mlua::{Function, Lua, Table, Value as LuaValue};
use serde_json::Value;

use self::failure::{failure_of, syntax_failure};
use self::interrupt::Interrupter;
use self::values::Values;
use super::bridge::Bridge;
use super::{Limits, ScriptFailure, Source};
use crate::api::Cancel;

#[cfg(feature = "bench")]
pub use bench::LuaDecoder;

/// Runs a Lua script to its end. See [`run`](super::run).
pub(super) fn run(source: &Source, bridge: Bridge, limits: Limits) -> Result<Value, ScriptFailure> {
    let cancel = bridge.context.cancel().clone();
    let attempt = || -> mlua::Result<Result<Value, ScriptFailure>> {
        let lua = vm::sandboxed(limits.memory)?;
        let prelude: Table = vm::prelude(&lua)?;
        let values = Rc::new(Values::new(&lua, &prelude)?);
        bind::globals(&lua, &prelude, source, Rc::new(bridge), &values)?;
        let protected: Function = lua.globals().get("xpcall")?;
        lua.sandbox(true)?;
        let main = match compile(&lua, source) {
            Ok(main) => main,
            Err(error) => return Ok(Err(syntax_failure(source, &error))),
        };
        let interrupter = Interrupter::install(&lua, &cancel);
        if let Some(most) = limits.operations {
            count_operations(&lua, most, cancel.clone());
        }
        let handler = lua.create_function(frames::catch)?;
        // Called from here and not from Lua, as the handler is native: the end of a run interrupts any
        // Lua code that is still to come, and with it the list of calls.
        let ran = protected.call::<(bool, LuaValue)>((main, handler));
        let outcome = outcome(ran, &values, &cancel, limits.memory);
        drop(interrupter);
        Ok(outcome)
    };
    attempt().unwrap_or_else(|error| Err(failure::of_vm(&error, &cancel, limits.memory)))
}

/// Compiles the script; at a prompt, an expression alone is a script that returns it.
fn compile(lua: &Lua, source: &Source) -> mlua::Result<Function> {
    let chunk = |text: String| vm::chunk(lua, &source.name, &text).into_function();
    if source.expression
        && let Ok(main) = chunk(format!("return {}", source.text))
    {
        return Ok(main);
    }
    chunk(source.text.clone())
}

fn outcome(
    ran: mlua::Result<(bool, LuaValue)>,
    values: &Values,
    cancel: &Cancel,
    memory: Option<usize>,
) -> Result<Value, ScriptFailure> {
    match ran {
        Ok((true, result)) => {
            values.to_value(&result).map_err(|error| ScriptFailure::of(error.within("the result")))
        }
        Ok((false, problem)) => Err(failure_of(&problem, cancel, memory)),
        Err(error) => Err(failure::of_vm(&error, cancel, memory)),
    }
}

/// Ends the run after this many calls and turns of loops. The count costs time, so it is kept only
/// where a limit asks for it.
fn count_operations(lua: &Lua, most: u64, cancel: Cancel) {
    let done = std::cell::Cell::new(0_u64);
    lua.set_interrupt(move |_| {
        done.set(done.get() + 1);
        if done.get() > most {
            cancel.cancel(super::failure::out_of_operations(most));
        }
        Ok(mlua::VmState::Continue)
    });
}
