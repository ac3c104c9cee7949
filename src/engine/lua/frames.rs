//! The calls that lead to an error, looked at while they still stand.

use mlua::{Lua, Table, Value as LuaValue};

use super::vm::PRELUDE;
use crate::engine::Frame;

/// More calls than these tell nothing more: a function calls itself.
const DEEPEST: usize = 64;

/// The handler of a script's errors: the problem together with the calls that led to it.
pub(super) fn catch(lua: &Lua, problem: LuaValue) -> mlua::Result<Table> {
    let frames = lua.create_table()?;
    for level in 1..DEEPEST {
        let seen = lua.inspect_stack(level, |call| {
            let file = call.source().short_src.map(|file| file.into_owned());
            let name = call.names().name.map(|name| name.into_owned());
            (file.unwrap_or_default(), call.current_line().unwrap_or(0), name)
        });
        let Some((file, line, name)) = seen else { break };
        if line > 0 && file != PRELUDE {
            let frame = lua.create_table()?;
            frame.raw_set("file", file)?;
            frame.raw_set("line", line)?;
            frame.raw_set("name", name)?;
            frames.raw_push(frame)?;
        }
    }
    let caught = lua.create_table()?;
    caught.raw_set("problem", problem)?;
    caught.raw_set("frames", frames)?;
    Ok(caught)
}

/// The calls that [`catch`] saw.
pub(super) fn frames_of(caught: &LuaValue) -> Vec<Frame> {
    let list = caught.as_table().and_then(|table| table.get::<Vec<Table>>("frames").ok());
    let frame = |frame: Table| {
        let function: Option<String> = frame.get("name").ok()?;
        Some(Frame {
            file: frame.get("file").ok()?,
            line: frame.get("line").ok()?,
            function: function.filter(|name| !name.is_empty()),
        })
    };
    list.unwrap_or_default().into_iter().filter_map(frame).collect()
}
