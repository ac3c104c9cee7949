//! A Lua machine that stays for line after line.

mod describe;
mod function;
mod locals;
mod look;
mod unfinished;

use std::rc::Rc;

use mlua::{Function, Table, Value as LuaValue};
use serde_json::Value;

use super::failure::syntax_failure;
use super::vm::{BEFORE_TOKEN, NO_STATEMENT, RETURN};
use super::{Loaded, vm};
use crate::api::Callback;
use crate::engine::loaded::Script;
use crate::engine::session::{Lines, Look, Machine, Opening, Shape, Step, Variable};
use crate::engine::{ScriptFailure, Source};

pub(in crate::engine) use unfinished::{is_expression, is_statement, is_unfinished};

/// The name of the last result.
const LAST: &str = "_";

/// The memory that each line has, in bytes.
const LEAST_ROOM: usize = 1 << 20;

struct LuaSession {
    last: LuaValue,
    /// What the last line gave beside its first value.
    others: Vec<Shape>,
    /// Lua's own, whatever the lines call so.
    next: Function,
    lines: Rc<Lines>,
    loaded: Loaded,
}

/// Opens a session; see [`Session`](crate::engine::Session).
pub(in crate::engine) fn open(opening: &Opening<'_>) -> Result<Box<dyn Machine>, ScriptFailure> {
    let Opening { bridge, modules, lines, limits } = opening;
    let loaded = Loaded::open(bridge, modules, *limits)?;
    vm::loosen(&loaded.lua);
    let next = loaded.lua.globals().get("next");
    let next = next.map_err(|error| ScriptFailure::by_script(error.to_string()))?;
    let (lines, others) = (Rc::clone(lines), Vec::new());
    Ok(Box::new(LuaSession { last: LuaValue::Nil, others, next, lines, loaded }))
}

impl Machine for LuaSession {
    fn evaluate(&mut self, source: &Source) -> Result<Shape, ScriptFailure> {
        self.make_room();
        let main = self.compile(source)?;
        self.others.clear();
        let mut values = self.loaded.enter_for_all(&main, Vec::new())?.into_iter();
        let result = values.next().unwrap_or(LuaValue::Nil);
        self.others = values.map(|value| self.whole(&value)).collect();
        let shape = self.shape(&result);
        if !result.is_nil() {
            // Only want of memory keeps it from being set, which the next line meets again.
            drop(self.globals().raw_set(LAST, result.clone()));
            self.last = result;
        }
        Ok(shape)
    }

    fn others(&self) -> &[Shape] {
        &self.others
    }

    fn last(&self) -> Shape {
        self.shape(&self.last)
    }

    fn items(&self, from: usize, count: usize) -> Result<Vec<Value>, ScriptFailure> {
        let LuaValue::Table(list) = &self.last else { return Ok(Vec::new()) };
        let length = list.raw_len();
        let items = (from..length.min(from.saturating_add(count)))
            .map(|index| list.raw_get::<LuaValue>(index + 1).map(|item| self.item(&item)));
        let items = items.collect::<mlua::Result<_>>();
        items.map_err(|error| ScriptFailure::by_script(error.to_string()))
    }

    fn members(&self) -> Vec<Variable> {
        self.last.as_table().map(|table| self.members_of(table)).unwrap_or_default()
    }

    fn call(&mut self, number: u32, arguments: &[bytes::Bytes]) -> Result<Value, ScriptFailure> {
        self.make_room();
        self.loaded.call(number, arguments)
    }

    fn function(&self, name: &str) -> Option<Callback> {
        self.loaded.function(name)
    }

    fn last_function(&self) -> Option<Callback> {
        self.last.as_function().map(|function| self.loaded.callback(function.clone()))
    }

    fn variables(&self) -> Vec<Variable> {
        let globals = self.globals();
        let pairs = globals.pairs::<String, LuaValue>();
        let known = pairs.filter_map(Result::ok).filter(|(name, _)| name != LAST);
        let mut variables: Vec<_> =
            known.map(|(name, value)| self.variable(name, &value)).collect();
        variables.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        variables
    }

    fn look(&self, path: &[Step<'_>]) -> Look {
        self.look_at(path)
    }
}

impl LuaSession {
    /// The table of what the lines defined; what the machine came with stands behind it.
    fn globals(&self) -> Table {
        self.loaded.lua.globals()
    }

    /// Where the lines before filled half of the memory, takes back what they let go, for Luau does not at
    /// the limit; and leaves this line enough to let go of more.
    fn make_room(&self) {
        let (lua, limits) = (&self.loaded.lua, self.loaded.limits);
        let Some(most) = limits.memory else { return };
        if lua.used_memory() > most / 2 {
            // A failure to collect is one that the line meets itself.
            drop(lua.gc_collect());
        }
        drop(lua.set_memory_limit(most.max(lua.used_memory() + LEAST_ROOM)));
    }

    /// An expression is a line that returns it; else what the line calls local outlives it.
    fn compile(&self, source: &Source) -> Result<Function, ScriptFailure> {
        let chunk = |text: &str| vm::chunk(&self.loaded.lua, &source.name, text).into_function();
        let returned = match vm::expression(&self.loaded.lua, &source.name, &source.text) {
            Ok(main) => return Ok(main),
            Err(error) => error,
        };
        match chunk(&source.text) {
            // Where the rewritten line does not compile, the line as it is does.
            Ok(main) => match locals::kept(&source.text) {
                Some(text) => Ok(chunk(&text).unwrap_or(main)),
                None => Ok(main),
            },
            Err(error) if is_no_statement(&error, &returned, &source.text) => {
                let expression = format!("{RETURN}{}", source.text);
                let mut failure = syntax_failure(&source.name, &expression, &returned);
                let in_first_line = failure.frames.first().is_some_and(|frame| frame.line == 1);
                let shift = if in_first_line { RETURN.len() } else { 0 };
                failure.column = failure.column.map(|column| column.saturating_sub(shift).max(1));
                Err(failure)
            }
            Err(error) => Err(syntax_failure(&source.name, &source.text, &error)),
        }
    }
}

/// Words that only a statement begins with.
const STATEMENTS: [&str; 11] = [
    "local", "if", "while", "for", "do", "repeat", "return", "break", "continue", "type", "export",
];

/// True where Lua stopped where the text begins, or where it should do something: what it says of the
/// text as an expression tells more then.
fn is_no_statement(error: &mlua::Error, returned: &mlua::Error, text: &str) -> bool {
    let text = text.trim_start();
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let word = text.split(|letter| !is_word(letter)).next().unwrap_or_default();
    if word == "function" {
        return text[word.len()..].trim_start().starts_with('(');
    }
    if STATEMENTS.contains(&word) {
        return false;
    }
    let message = error.to_string();
    let at_first = got(&message).is_some_and(|got| match word.is_empty() {
        true => text.trim_start_matches(['\'', '"']).starts_with(got),
        false => got == word,
    });
    at_first || (message.contains(NO_STATEMENT) && !assigns(returned))
}

/// True where an expression ended before what assigns to it: the text was meant as a statement.
fn assigns(returned: &mlua::Error) -> bool {
    let message = returned.to_string();
    got(&message).is_some_and(|token| token.ends_with('=') && !token.ends_with("=="))
}

/// The token that the parser did not expect.
fn got(message: &str) -> Option<&str> {
    message.rsplit_once(BEFORE_TOKEN).map(|(_, token)| token.trim_matches(['\'', '"']))
}
