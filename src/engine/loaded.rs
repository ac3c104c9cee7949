//! A script that was run, and that is kept so that its functions can be called.

use std::fmt;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

#[cfg(any(feature = "lua", feature = "rhai"))]
use super::Language;
use super::bridge::Bridge;
use super::column;
use super::failure::out_of_memory;
use super::modules::Modules;
use super::{Executor, Limits, ScriptFailure, Source};
use crate::api::{Callback, Context};
use crate::{Error, ErrorKind};

/// What a language is given to load a script with.
pub(super) struct Loading<'a> {
    pub(super) source: &'a Source,
    pub(super) bridge: &'a Rc<Bridge>,
    pub(super) modules: &'a Rc<Modules>,
    pub(super) limits: Limits,
}

/// A loaded script, as its language keeps it.
pub(super) trait Script {
    /// Calls the function with this number, under the bridge's context.
    fn call(&mut self, number: u32, arguments: &[Bytes]) -> Result<Value, ScriptFailure>;

    /// The script's own global function of this name.
    fn function(&self, name: &str) -> Option<Callback>;

    /// The names of the script's own global functions, in any order.
    fn functions(&self) -> Vec<String>;
}

/// A script that was run and whose functions can be called. It lives on the thread it was loaded on.
///
/// What the script's functions know stays from call to call: its variables, and those of its modules.
///
/// ```
/// use cliengo::api::Context;
/// use cliengo::engine::{Executor, Language, Limits, Source, load};
///
/// # #[cfg(feature = "lua")] {
/// let code = "local seen = 0
///             function on_lead(lead) seen = seen + 1 return lead.name .. ' is number ' .. seen end";
/// let source = Source::from_code(code, Language::Lua);
/// let context = Context::builder().build();
/// let (mut script, _) = load(&source, &context, Limits::default(), Executor::own()).unwrap();
/// let on_lead = script.function("on_lead").unwrap();
/// for (number, name) in (1..).zip(["Ana", "Bruno"]) {
///     let lead = format!(r#"{{ "name": "{name}" }}"#).into();
///     let said = script.call(&on_lead, &[lead], &Context::builder().build()).unwrap();
///     assert_eq!(said, format!("{name} is number {number}"));
/// }
/// # }
/// ```
pub struct LoadedScript {
    script: Box<dyn Script>,
    source: Source,
    bridge: Rc<Bridge>,
    modules: Rc<Modules>,
    limits: Limits,
    usable: bool,
}

/// Runs a script to its end on this thread, and keeps it, so that its functions can be called.
///
/// Call it on a thread that is not a worker of an asynchronous runtime: the script's calls block.
///
/// # Errors
/// As [`run`].
pub fn load(
    source: &Source,
    context: &Arc<Context>,
    limits: Limits,
    executor: Executor,
) -> Result<(LoadedScript, Value), ScriptFailure> {
    let bridge = Rc::new(Bridge::new(Arc::clone(context), executor, limits.memory));
    let modules = Rc::new(Modules::new(source.clone(), Arc::clone(context.modules())));
    let loading = Loading { source, bridge: &bridge, modules: &modules, limits };
    let (script, value) =
        in_its_language(&loading).map_err(|failure| with_column(failure, source))?;
    let usable = context.cancel().reason().is_none();
    Ok((LoadedScript { script, source: source.clone(), bridge, modules, limits, usable }, value))
}

/// Runs a script to its end on this thread, and gives what it returned.
///
/// Call it on a thread that is not a worker of an asynchronous runtime: the script's calls block.
///
/// ```
/// use cliengo::api::Context;
/// use cliengo::engine::{Executor, Language, Limits, Source, run};
///
/// # #[cfg(feature = "lua")] {
/// let source = Source::from_code("1 + 1", Language::Lua);
/// let context = Context::builder().build();
/// let result = run(&source, &context, Limits::default(), Executor::own());
/// assert_eq!(result.unwrap(), 2);
/// # }
/// ```
///
/// # Errors
/// A [`ScriptFailure`] where the script does not parse, raises an error, is cancelled or goes over
/// a limit.
pub fn run(
    source: &Source,
    context: &Arc<Context>,
    limits: Limits,
    executor: Executor,
) -> Result<Value, ScriptFailure> {
    load(source, context, limits, executor).map(|(_, value)| value)
}

fn in_its_language(loading: &Loading<'_>) -> Result<(Box<dyn Script>, Value), ScriptFailure> {
    match loading.source.language {
        #[cfg(feature = "lua")]
        Language::Lua => super::lua::load(loading),
        #[cfg(feature = "rhai")]
        Language::Rhai => super::rhai::load(loading),
        #[allow(unreachable_patterns)]
        other => {
            let message = format!("this build has no {}", other.extension());
            Err(ScriptFailure::of(Error::invalid(message)))
        }
    }
}

/// The failure with its column, where that is not known and can be told from the script's text.
fn with_column(mut failure: ScriptFailure, source: &Source) -> ScriptFailure {
    let place = failure.frames.first().filter(|frame| frame.file == source.name);
    let line = place.and_then(|frame| source.text.lines().nth(frame.line.checked_sub(1)?));
    if let Some(line) = line {
        column::find(&mut failure, line);
    }
    failure
}

impl LoadedScript {
    /// Calls a function that the script gave away, with these JSON documents, and gives what it
    /// returned; null where that cannot be shown, such as another function. A function that takes
    /// fewer parameters gets the first ones.
    ///
    /// The call has a context of its own: its cancel ends it, its sink hears it, its journal notes
    /// what it writes. Time is limited through that cancel; memory and operations as when the script was
    /// loaded, in Rhai for each call anew.
    ///
    /// # Errors
    /// A [`ScriptFailure`] where the function raises an error, is cancelled or goes over a limit, where
    /// the script has no such function, and where it is not usable any more.
    pub fn call(
        &mut self,
        function: &Callback,
        arguments: &[Bytes],
        context: &Arc<Context>,
    ) -> Result<Value, ScriptFailure> {
        if !self.usable {
            return Err(ScriptFailure::of(ended()));
        }
        // A call that was over before it began has touched nothing.
        if let Some(reason) = context.cancel().reason() {
            return Err(ScriptFailure::of(reason.clone()));
        }
        self.bridge.enter(Arc::clone(context));
        let result = self.script.call(function.number, arguments);
        let full = |failure: &ScriptFailure| failure.error == out_of_memory(self.limits.memory);
        self.usable = context.cancel().reason().is_none() && !result.as_ref().is_err_and(full);
        result.map_err(|failure| with_column(failure, &self.source))
    }

    /// Waits on this thread for work beside the script, where the script's own calls are made too; until
    /// the context's cancel.
    ///
    /// # Errors
    /// What the work gives, and the cancel's reason.
    pub(crate) fn wait<T>(
        &self,
        context: &Arc<Context>,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        self.bridge.wait(context.cancel(), work)
    }

    /// A global function of the script, by its name: `function on_lead(contact)` in Lua,
    /// `fn on_lead(contact)` in Rhai. None where there is no such function.
    pub fn function(&self, name: &str) -> Option<Callback> {
        self.script.function(name)
    }

    /// The names of the script's global functions, in alphabetical order.
    pub fn functions(&self) -> Vec<String> {
        let mut names = self.script.functions();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The script's file and the modules that it has loaded so far from files.
    pub fn files(&self) -> Vec<PathBuf> {
        let own = self.source.folder.as_ref().map(|_| PathBuf::from(&self.source.name));
        own.into_iter().chain(self.modules.files()).collect()
    }

    /// False once a call was ended from outside or went over its memory: what the script knows may be
    /// half changed then. Load it anew.
    pub fn is_usable(&self) -> bool {
        self.usable
    }
}

impl fmt::Debug for LoadedScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoadedScript")
            .field("source", &self.source.name)
            .field("usable", &self.usable)
            .finish_non_exhaustive()
    }
}

fn ended() -> Error {
    Error::new(ErrorKind::Cancelled, "the script was ended in an earlier call")
        .with_hint("load it anew")
}

/// The failure of a call of a function that the script does not have.
pub(super) fn no_function() -> ScriptFailure {
    ScriptFailure::of(
        Error::invalid("the script gave away no such function")
            .with_hint("call it on the script that gave it away"),
    )
}
