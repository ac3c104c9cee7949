//! What there is to say of a module of the standard library, as data.

use super::modules::{Module, ModuleFunction, modules};
use super::{luau, rhai};

/// What there is to say of a module.
///
/// ```
/// use cliengo::types::ModulePage;
///
/// let list = ModulePage::of("list").unwrap();
/// assert!(list.functions.iter().any(|function| function.rhai.starts_with("list::map(")));
/// ```
#[derive(Debug)]
pub struct ModulePage {
    /// The name that scripts load it by.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its functions.
    pub functions: Vec<ModuleLine>,
}

/// What there is to say of a function of a module.
#[derive(Debug)]
pub struct ModuleLine {
    /// Its name in the module.
    pub name: &'static str,
    /// The signature in Lua.
    pub lua: String,
    /// The signature in Rhai.
    pub rhai: String,
    /// What it does.
    pub doc: &'static str,
}

impl ModulePage {
    /// Every module, by name.
    pub fn all() -> Vec<Self> {
        modules().into_iter().map(page).collect()
    }

    /// The module of this name.
    pub fn of(name: &str) -> Option<Self> {
        modules().into_iter().find(|module| module.name == name).map(page)
    }
}

fn page(module: Module) -> ModulePage {
    let Module { name, doc, functions, .. } = module;
    let line = |it: ModuleFunction| ModuleLine {
        name: it.name,
        lua: format!("{name}.{}{}", it.name, luau::signature(&it.signature)),
        rhai: format!("{name}::{}{}", it.name, rhai::signature(&it.signature)),
        doc: it.doc,
    };
    ModulePage { name, doc, functions: functions.into_iter().map(line).collect() }
}
