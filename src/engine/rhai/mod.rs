//! Rhai as an adapter over the registry.

#[cfg(feature = "bench")]
mod bench;
mod bind;
#[cfg(feature = "repl")]
mod builtins;
mod call;
mod checked;
mod decode;
mod enclosed;
mod encode;
mod failure;
mod function;
mod import;
mod maps;
mod native;
#[cfg(feature = "check")]
mod outline;
#[cfg(feature = "repl")]
mod session;
mod tokens;
mod values;
mod vm;

use std::rc::Rc;

use bytes::Bytes;
use rhai::{AST, Caches, Dynamic, Engine, EvalAltResult, FnPtr, GlobalRuntimeState, Scope};
use serde_json::Value;

use self::call::Room;
use self::failure::Failures;
use self::function::Kept;
use self::native::Natives;
use super::loaded::{Loading, Script, no_function};
use super::{Limits, ScriptFailure, Source};
use crate::api::{Callback, Cancel};

#[cfg(feature = "bench")]
pub use bench::decode_rhai;
#[cfg(feature = "check")]
pub(super) use outline::{names, tree};
#[cfg(feature = "repl")]
pub(super) use session::{is_expression, is_unfinished, open};

/// A loaded Rhai script.
struct Loaded {
    engine: Engine,
    program: AST,
    /// What the script's top level left behind: what it imported, and its constants.
    global: GlobalRuntimeState,
    room: Rc<Room>,
    source: Source,
    limits: Limits,
}

/// Runs a Rhai script to its end, and keeps it. See [`load`](super::load).
pub(super) fn load(loading: &Loading<'_>) -> Result<(Box<dyn Script>, Value), ScriptFailure> {
    let Loading { source, bridge, modules, limits } = loading;
    let (context, limits) = (bridge.context(), *limits);
    let mut engine = vm::sandboxed(bridge, limits);
    let tokens = Rc::default();
    let room = bind::globals(&mut engine, bridge, &tokens);
    engine.set_module_resolver(import::Importer::new(modules, &Natives::new(&room, &tokens)));
    vm::begin(&mut engine, context.cancel(), limits.memory);
    let failures = Failures { source, cancel: context.cancel(), limits, homes: None };
    let mut program = engine.compile(&source.text).map_err(|error| failures.of_syntax(&error))?;
    program.set_source(source.name.as_str());
    let mut global = engine.new_global_runtime_state();
    let result = top_level(&engine, &mut global, &program);
    let result = ended(result, context.cancel(), &failures)?;
    let value = encode::to_value(&result);
    let value = value.map_err(|error| ScriptFailure::of(error.within("the result")))?;
    let source = (*source).clone();
    Ok((Box::new(Loaded { engine, program, global, room, source, limits }), value))
}

/// Runs the script's own statements. `global` keeps what it imports, which `Engine::eval_ast` would
/// throw away, and which its functions need later.
#[allow(deprecated, reason = "rhai offers no other way to keep the state")]
fn top_level(
    engine: &Engine,
    global: &mut GlobalRuntimeState,
    program: &AST,
) -> Result<Dynamic, Box<EvalAltResult>> {
    global.source = program.source().map(Into::into);
    global.lib.push(program.shared_lib().clone());
    let (mut caches, mut scope) = (Caches::new(), Scope::new());
    engine.eval_statements_raw(global, &mut caches, &mut scope, program.statements())
}

fn ended(
    result: Result<Dynamic, Box<EvalAltResult>>,
    cancel: &Cancel,
    failures: &Failures<'_>,
) -> Result<Dynamic, ScriptFailure> {
    let value = match result.map_err(|error| *error) {
        Ok(value) | Err(EvalAltResult::Exit(value, _)) => value,
        Err(error) => return Err(failures.of(error)),
    };
    // Some built-ins, such as a sort, go on when the function that they call is ended.
    match cancel.reason() {
        Some(reason) => Err(ScriptFailure::of(reason.clone())),
        None => Ok(value),
    }
}

/// Calls a function with these JSON documents, until it ends or is ended. `global` is the state that the
/// script's top level left behind.
fn called(
    engine: &mut Engine,
    global: &GlobalRuntimeState,
    function: &Kept,
    arguments: &[Bytes],
    failures: &Failures<'_>,
) -> Result<Value, ScriptFailure> {
    vm::begin(engine, failures.cancel, failures.limits.memory);
    let arguments = arguments.iter().map(|json| decode::decode(json));
    let arguments = arguments.collect::<crate::Result<_>>().map_err(ScriptFailure::of)?;
    let result = function.call(engine, global, arguments);
    let result = ended(result, failures.cancel, failures)?;
    Ok(encode::to_value(&result).unwrap_or_default())
}

impl Script for Loaded {
    fn call(&mut self, number: u32, arguments: &[Bytes]) -> Result<Value, ScriptFailure> {
        let function = self.room.callbacks.get(number).ok_or_else(no_function)?;
        let context = self.room.bridge.context();
        let (source, limits) = (&self.source, self.limits);
        let failures = Failures { source, cancel: context.cancel(), limits, homes: None };
        called(&mut self.engine, &self.global, &function, arguments, &failures)
    }

    fn function(&self, name: &str) -> Option<Callback> {
        let definition = self.program.iter_fn_def().find(|known| known.name == name)?;
        let line = definition.body.start_position().line().unwrap_or(0);
        let place = format!("{}:{line}", self.source.name);
        let callbacks = &self.room.callbacks;
        let known = callbacks.find(|kept| kept.is(&self.global, name));
        let keep = || {
            let pointer = FnPtr::from(definition.clone());
            callbacks.keep(Kept::of_script(&self.global, pointer))
        };
        Some(Callback { number: known.unwrap_or_else(keep), place })
    }

    fn functions(&self) -> Vec<String> {
        let names = self.program.iter_fn_def().map(|definition| definition.name.to_string());
        // Closures are functions too, under names that no script can write.
        names.filter(|name| !name.contains('$')).collect()
    }
}
