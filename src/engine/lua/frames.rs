//! The calls that lead to an error, looked at while they still stand.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{Function, Lua, Table, Value as LuaValue};

use super::vm::PRELUDE;
use crate::engine::Frame;
use crate::engine::stdlib::is_of_stdlib;

/// More calls than these tell nothing more: a function calls itself.
const DEEPEST: usize = 64;

/// The last error of a function that a call had called, and the calls that led to it. The call raises
/// that error again, from further out.
#[derive(Clone, Default)]
pub(super) struct Seen(Rc<RefCell<Option<Noted>>>);

type Noted = (LuaValue, Vec<Frame>);

impl Seen {
    /// A handler of errors that notes the calls, and leaves the error as it is.
    pub(super) fn noting(&self, lua: &Lua) -> mlua::Result<Function> {
        let seen = self.clone();
        lua.create_function(move |lua, problem: LuaValue| {
            seen.0.replace(Some((problem.clone(), standing(lua))));
            Ok(problem)
        })
    }

    /// The handler of a script's errors: the problem together with the calls that led to it.
    pub(super) fn catching(&self, lua: &Lua) -> mlua::Result<Function> {
        let seen = self.clone();
        lua.create_function(move |lua, problem: LuaValue| {
            let outer = standing(lua);
            let noted = seen
                .0
                .take()
                .filter(|(known, frames)| *known == problem && frames.ends_with(&outer));
            let frames = noted.map_or(outer, |(_, frames)| frames);
            let caught = lua.create_table()?;
            caught.raw_set("problem", problem)?;
            caught.raw_set("frames", as_list(lua, &frames)?)?;
            Ok(caught)
        })
    }

    /// Forgets the error, and with it all that it holds.
    pub(super) fn clear(&self) {
        self.0.take();
    }
}

/// The place of the script's innermost call that stands: `leads.lua:3`.
pub(super) fn place(lua: &Lua) -> Option<String> {
    (0..DEEPEST).find_map(|level| frame(lua, level)?).map(|frame| at(&frame.file, frame.line))
}

/// Where the function is defined.
pub(super) fn definition(function: &Function) -> Option<String> {
    let info = function.info();
    Some(at(file(&info.source?), info.line_defined?))
}

/// The name of a chunk, without the mark that it is a name. Lua's own short form may be cut off.
pub(super) fn file(source: &str) -> &str {
    source.strip_prefix('=').unwrap_or(source)
}

fn at(file: &str, line: usize) -> String {
    format!("{file}:{line}")
}

/// The script's calls that stand, the innermost first.
fn standing(lua: &Lua) -> Vec<Frame> {
    (1..DEEPEST).map_while(|level| frame(lua, level)).flatten().collect()
}

/// The call at this level; within, none where it is not the script's: the standard library's own calls tell
/// nobody anything.
fn frame(lua: &Lua, level: usize) -> Option<Option<Frame>> {
    lua.inspect_stack(level, |call| {
        let file = file(&call.source().source.unwrap_or_default()).to_owned();
        let line = call.current_line().unwrap_or(0);
        let function = call.names().name.map(|name| name.into_owned());
        let is_ours = file == PRELUDE || is_of_stdlib(&file);
        (line > 0 && !is_ours).then_some(Frame { file, line, function })
    })
}

fn as_list(lua: &Lua, frames: &[Frame]) -> mlua::Result<Table> {
    let list = lua.create_table()?;
    for Frame { file, line, function } in frames {
        let frame = lua.create_table()?;
        frame.raw_set("file", file.as_str())?;
        frame.raw_set("line", *line)?;
        frame.raw_set("name", function.as_deref())?;
        list.raw_push(frame)?;
    }
    Ok(list)
}

/// The calls that the handler saw.
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
