//! What Rhai says of a script without running it.

use std::rc::Rc;

use rhai::{AST, Engine, OptimizationLevel};

use super::failure::Failures;
use super::{bind, vm};
use crate::api::{Context, Registry};
use crate::engine::bridge::Bridge;
use crate::engine::outline::Names;
use crate::engine::{Executor, Limits, ScriptFailure, Source};

/// The script as Rhai reads it, with nothing left out and nothing computed.
///
/// # Errors
/// Where it does not parse.
pub(in crate::engine) fn tree(source: &Source, registry: &Registry) -> Result<AST, ScriptFailure> {
    let (mut engine, bridge) = engine(registry);
    bind::globals(&mut engine, &bridge, &Rc::default());
    engine.set_optimization_level(OptimizationLevel::None);
    let context = bridge.context();
    let failures =
        Failures { source, cancel: context.cancel(), limits: Limits::default(), homes: None };
    engine.compile(&source.text).map_err(|error| failures.of_syntax(&error))
}

/// The functions that a script finds beside those of the registry.
pub(in crate::engine) fn names() -> Names {
    let name = |function: rhai::FuncInfo| Some(function.metadata.name.to_string());
    let (mut engine, _) = engine(&Registry::builtin());
    bind::types(&mut engine);
    let names = engine.collect_fn_metadata(None, name, true);
    // These are part of the language, and no functions that anybody registers.
    let words = ["print", "debug", "type_of", "Fn", "call", "curry", "is_shared", "is_def_var"];
    let words = words.into_iter().chain(["is_def_fn"]).map(str::to_owned);
    names.into_iter().chain(words).map(|name| (name, Default::default())).collect()
}

fn engine(registry: &Registry) -> (Engine, Rc<Bridge>) {
    let context = Context::builder().registry(registry.clone()).build();
    let bridge = Rc::new(Bridge::new(context, Executor::own(), None));
    (vm::sandboxed(&bridge, Limits::default()), bridge)
}
