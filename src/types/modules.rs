//! The modules of the standard library, with the types of their functions.

use super::parameter::Signature;
use crate::api::ApiFn;
use crate::engine::stdlib_registry;
use crate::stdlib::MODULES;

/// A module.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    pub(super) functions: Vec<ModuleFunction>,
}

/// A function of a module.
#[derive(Debug)]
pub(super) struct ModuleFunction {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    pub(super) signature: Signature,
}

/// Every module. What their functions give and take is among the objects of the registry.
pub(super) fn modules() -> Vec<Module> {
    MODULES.iter().map(module).collect()
}

fn module(module: &crate::stdlib::Module) -> Module {
    let function = |function: &'static ApiFn| ModuleFunction {
        name: function.namespace_and_name().1,
        doc: function.doc,
        signature: Signature::of(stdlib_registry(), function),
    };
    let functions = module.functions.iter().map(function).collect();
    Module { name: module.name, doc: module.doc, functions }
}

/// What a module's type is called where it needs a name: `ListModule`.
pub(super) fn type_name(module: &str) -> String {
    let (first, rest) = module.split_at(module.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}Module", first.to_uppercase())
}
