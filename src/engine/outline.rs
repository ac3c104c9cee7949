//! What the languages say of a script without running it: whether it parses, and which names are theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[cfg(any(feature = "lua", feature = "rhai"))]
use super::ScriptFailure;
use super::Source;
use super::modules::Modules;
pub(crate) use super::modules::{Code, Module};
use crate::Result;
use crate::api::ModuleSources;
#[cfg(feature = "rhai")]
use crate::api::Registry;

/// Names of the language, each with what is in it.
pub(crate) type Names = BTreeMap<String, BTreeSet<String>>;

/// The names that a Lua script finds beside those of the registry.
pub(crate) fn lua_names() -> Names {
    #[cfg(feature = "lua")]
    return super::lua::names();
    #[cfg(not(feature = "lua"))]
    Names::new()
}

/// The functions that a Rhai script finds beside those of the registry.
pub(crate) fn rhai_names() -> Names {
    #[cfg(feature = "rhai")]
    return super::rhai::names();
    #[cfg(not(feature = "rhai"))]
    Names::new()
}

/// Why Lua would not load the script; none where it would.
#[cfg(feature = "lua")]
pub(crate) fn lua_refusal(source: &Source) -> Option<ScriptFailure> {
    super::lua::refusal(source)
}

/// The script as Rhai reads it, with nothing left out.
///
/// # Errors
/// Where it does not parse.
#[cfg(feature = "rhai")]
pub(crate) fn rhai_tree(source: &Source, registry: &Registry) -> Result<rhai::AST, ScriptFailure> {
    super::rhai::tree(source, registry)
}

/// The number as a call gets it: in either language 5.0 is 5.
pub(crate) fn number(value: f64) -> Option<serde_json::Value> {
    super::numbers::to_json(value).ok()
}

/// The module that a script names.
///
/// # Errors
/// Where there is none, or where it is outside the folders that it may be in.
pub(crate) fn module(source: &Source, sources: &Arc<ModuleSources>, name: &str) -> Result<Module> {
    Modules::new(source.clone(), Arc::clone(sources)).find(name)
}
