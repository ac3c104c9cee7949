//! A machine that stays for line after line, as at a prompt.

mod brief;
mod explain;
mod lines;
mod paths;
mod shape;
mod syntax;

use std::fmt;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use super::bridge::Bridge;
use super::column;
use super::modules::Modules;
use super::{Executor, Language, Limits, ScriptFailure, Source};
use crate::Error;
use crate::api::{Callback, Context};

pub(crate) use brief::MODULE;
pub(in crate::engine) use brief::{LAZY, MOST, MOST_MEMBERS, beginning, brief, kind, listed};
pub(in crate::engine) use explain::Look;
pub(in crate::engine) use lines::Lines;
pub(in crate::engine) use paths::Step;
pub use shape::{Shape, Variable};
pub use syntax::Syntax;

/// What a language is given to open a session with.
pub(super) struct Opening<'a> {
    pub(super) bridge: &'a Rc<Bridge>,
    pub(super) modules: &'a Rc<Modules>,
    #[cfg_attr(not(feature = "lua"), allow(dead_code))]
    pub(super) lines: &'a Rc<Lines>,
    pub(super) limits: Limits,
}

/// A session, as its language keeps it. Each call is made under the bridge's context.
pub(super) trait Machine {
    /// Runs the code, and keeps what it gave as the last result, unless that is nothing.
    fn evaluate(&mut self, source: &Source) -> Result<Shape, ScriptFailure>;

    /// What the last code that was run gave beside its first value.
    fn others(&self) -> &[Shape] {
        &[]
    }

    /// What the last result is.
    fn last(&self) -> Shape;

    /// Some items of the last result, where it is a list.
    fn items(&self, from: usize, count: usize) -> Result<Vec<Value>, ScriptFailure>;

    /// What is in the last result, where it is an object: its first members, sorted.
    fn members(&self) -> Vec<Variable>;

    /// Calls the function with this number.
    fn call(&mut self, number: u32, arguments: &[Bytes]) -> Result<Value, ScriptFailure>;

    /// The global function of this name.
    fn function(&self, name: &str) -> Option<Callback>;

    /// The last result, where it is a function.
    fn last_function(&self) -> Option<Callback>;

    /// What the lines so far defined, by name.
    fn variables(&self) -> Vec<Variable>;

    /// What stands at a path, without running anything; see [`Look`].
    fn look(&self, path: &[Step<'_>]) -> Look;
}

/// A machine that stays for line after line: what a line defines, the next one sees. It lives on the
/// thread it was opened on.
///
/// The last result that was not nothing is kept as `_`. A call that is ended by its context's cancel
/// leaves everything else as it was.
pub struct Session {
    machine: Box<dyn Machine>,
    bridge: Rc<Bridge>,
    modules: Rc<Modules>,
    language: Language,
    lines: Rc<Lines>,
    remark: Option<String>,
}

impl Session {
    /// Opens a session on this thread. It is not to be a worker of an asynchronous runtime: calls block.
    /// Modules are looked for in `folder`, and in the standard library.
    ///
    /// # Errors
    /// A [`ScriptFailure`] where this build does not have the language.
    pub fn open(
        language: Language,
        context: &Arc<Context>,
        limits: Limits,
        executor: Executor,
        folder: Option<PathBuf>,
    ) -> Result<Self, ScriptFailure> {
        let bridge = Rc::new(Bridge::new(Arc::clone(context), executor, limits.memory));
        let place = Source { folder, ..Source::from_code("", language) };
        let modules = Rc::new(Modules::new(place, Arc::clone(context.modules())));
        let lines = Rc::default();
        let opening = Opening { bridge: &bridge, modules: &modules, lines: &lines, limits };
        let machine = machine(language, &opening)?;
        Ok(Self { machine, bridge, modules, language, lines, remark: None })
    }

    /// Runs code under this context, and says what it gave.
    ///
    /// # Errors
    /// A [`ScriptFailure`] where it does not parse, raises an error, is cancelled or goes over a limit.
    pub fn evaluate(
        &mut self,
        source: &Source,
        context: &Arc<Context>,
    ) -> Result<Shape, ScriptFailure> {
        self.remark = None;
        self.enter(context)?;
        self.lines.add(source);
        let shape = self.machine.evaluate(source).map_err(|failure| self.explained(failure))?;
        if shape == Shape::Nothing {
            let look = |path: &[Step<'_>]| self.machine.look(path);
            self.remark = explain::remark(self.language, &source.text, &look);
        }
        Ok(shape)
    }

    /// A hint on the last line, which gave nothing where a misspelt name may be why:
    /// `did you mean "name"?`.
    pub fn remark(&self) -> Option<String> {
        self.remark.clone()
    }

    /// What the last line gave beside its first value, as a line of Lua can: `return 1, 2`. A list is given
    /// as a value.
    pub fn others(&self) -> &[Shape] {
        self.machine.others()
    }

    /// The code that this name stands for in the place of an error: an earlier line, or a module.
    pub fn text_of(&self, name: &str) -> Option<String> {
        let line = self.lines.text_of(name);
        line.or_else(|| self.modules.text_of(name))
    }

    /// What the last result is; [`Shape::Nothing`] before there was one.
    pub fn last(&self) -> Shape {
        self.machine.last()
    }

    /// `count` items of the last result from number `from` on, counted from 0; fewer where it has no more,
    /// none where it is no list.
    ///
    /// # Errors
    /// A [`ScriptFailure`] where an item cannot be shown as JSON.
    pub fn items(&self, from: usize, count: usize) -> Result<Vec<Value>, ScriptFailure> {
        self.machine.items(from, count)
    }

    /// What is in the last result, member by member, where it is an object: also where it has no form as JSON
    /// ([`Shape::Other`]), for it holds functions or itself. Of a large one the first 256.
    pub fn members(&self) -> Vec<Variable> {
        self.machine.members()
    }

    /// Calls a function of the session with these JSON documents; fewer where it takes fewer.
    ///
    /// # Errors
    /// As [`evaluate`](Self::evaluate).
    pub fn call(
        &mut self,
        function: &Callback,
        arguments: &[Bytes],
        context: &Arc<Context>,
    ) -> Result<Value, ScriptFailure> {
        self.enter(context)?;
        let result = self.machine.call(function.number, arguments);
        result.map_err(|failure| self.explained(failure))
    }

    /// The function that has this name now.
    pub fn function(&self, name: &str) -> Option<Callback> {
        self.machine.function(name)
    }

    /// The last result, where it is a function.
    pub fn last_function(&self) -> Option<Callback> {
        self.machine.last_function()
    }

    /// What the lines so far defined, by name.
    pub fn variables(&self) -> Vec<Variable> {
        self.machine.variables()
    }

    /// The failure with all that can be told of its place.
    fn explained(&self, mut failure: ScriptFailure) -> ScriptFailure {
        let place = failure.frames.first().map(|frame| (frame.file.clone(), frame.line));
        let Some((file, number)) = place else { return failure };
        let Some(text) = self.text_of(&file) else { return failure };
        if let Some(line) = text.lines().nth(number.saturating_sub(1)) {
            let look = |path: &[Step<'_>]| self.machine.look(path);
            explain::explain(&mut failure, self.language, (&text, line), &look);
            column::find(&mut failure, line);
        }
        failure
    }

    fn enter(&self, context: &Arc<Context>) -> Result<(), ScriptFailure> {
        if let Some(reason) = context.cancel().reason() {
            return Err(ScriptFailure::of(reason.clone()));
        }
        self.bridge.enter(Arc::clone(context));
        Ok(())
    }
}

fn machine(language: Language, opening: &Opening<'_>) -> Result<Box<dyn Machine>, ScriptFailure> {
    match language {
        #[cfg(feature = "lua")]
        Language::Lua => super::lua::open(opening),
        #[cfg(feature = "rhai")]
        Language::Rhai => super::rhai::open(opening),
        #[allow(unreachable_patterns)]
        other => {
            let message = format!("this build has no {}", other.extension());
            Err(ScriptFailure::of(Error::invalid(message)))
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("last", &self.last()).finish_non_exhaustive()
    }
}
