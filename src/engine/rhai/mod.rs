//! Rhai as an adapter over the registry.

#[cfg(feature = "bench")]
mod bench;
mod bind;
mod decode;
mod encode;
mod failure;
mod import;
mod maps;
mod memory;
mod values;
mod vm;

use std::rc::Rc;

use rhai::{Dynamic, Scope};
use serde_json::Value;

use self::failure::Failures;
use super::bridge::Bridge;
use super::{Limits, ScriptFailure, Source};

#[cfg(feature = "bench")]
pub use bench::decode_rhai;
pub use memory::CountingAllocator;

/// Runs a Rhai script to its end. See [`run`](super::run).
pub(super) fn run(source: &Source, bridge: Bridge, limits: Limits) -> Result<Value, ScriptFailure> {
    let bridge = Rc::new(bridge);
    let mut engine = vm::sandboxed(&bridge.context, limits);
    bind::globals(&mut engine, &bridge);
    engine.set_module_resolver(import::Modules::new(source.clone()));
    let failures = Failures { source, cancel: bridge.context.cancel(), limits };
    let mut program = engine.compile(&source.text).map_err(|error| failures.of_syntax(&error))?;
    program.set_source(source.name.as_str());
    let result = engine
        .eval_ast_with_scope::<Dynamic>(&mut Scope::new(), &program)
        .map_err(|error| failures.of(*error))?;
    // Some built-ins, such as a sort, go on when the function that they call is ended.
    if let Some(reason) = failures.cancel.reason() {
        return Err(ScriptFailure::of(reason.clone()));
    }
    encode::to_value(&result).map_err(|error| ScriptFailure::of(error.within("the result")))
}
