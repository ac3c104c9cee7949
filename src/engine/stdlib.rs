//! The modules that come with the program: those in both languages, and those in Rust.

#[cfg(feature = "types")]
use std::sync::LazyLock;

use super::Language;
use crate::api::ApiFn;
#[cfg(feature = "types")]
use crate::api::Registry;

/// Name, Lua, Rhai.
const MODULES: &[(&str, &str, &str)] = &[
    ("list", include_str!("../../stdlib/list.lua"), include_str!("../../stdlib/list.rhai")),
    ("retry", include_str!("../../stdlib/retry.lua"), include_str!("../../stdlib/retry.rhai")),
    ("text", include_str!("../../stdlib/text.lua"), include_str!("../../stdlib/text.rhai")),
];

/// What the file names of the standard library's modules begin with, in errors.
pub const STDLIB: &str = "stdlib/";

/// The names of the standard library's modules, in alphabetical order.
pub fn stdlib_modules() -> impl Iterator<Item = &'static str> + Clone {
    let in_script = MODULES.iter().map(|(name, _, _)| *name);
    let mut names: Vec<_> = in_script.chain(in_rust().map(|module| module.name)).collect();
    names.sort_unstable();
    names.into_iter()
}

/// The source of a module that is written in the languages themselves.
pub(crate) fn stdlib_module(name: &str, language: Language) -> Option<&'static str> {
    let (_, lua, rhai) = MODULES.iter().find(|(known, _, _)| *known == name)?;
    Some(match language {
        Language::Lua => lua,
        Language::Rhai => rhai,
    })
}

/// The functions of every module that is written in Rust, under the paths `json.decode`.
#[cfg(feature = "types")]
pub(crate) fn stdlib_registry() -> &'static Registry {
    static REGISTRY: LazyLock<Registry> =
        LazyLock::new(|| Registry::of(in_rust().flat_map(|module| module.functions)));
    &REGISTRY
}

/// What a module that is written in Rust is for, in sentences.
#[cfg(feature = "types")]
pub(crate) fn stdlib_words(name: &str) -> Option<&'static str> {
    in_rust().find(|module| module.name == name).map(|module| module.doc)
}

/// The functions of a module that is written in Rust.
pub(crate) fn stdlib_functions(name: &str) -> Option<&'static [ApiFn]> {
    in_rust().find(|module| module.name == name).map(|module| module.functions)
}

/// A module that is written in Rust, whether this build has any or none.
struct InRust {
    name: &'static str,
    #[cfg(feature = "types")]
    doc: &'static str,
    functions: &'static [ApiFn],
}

fn in_rust() -> impl Iterator<Item = InRust> {
    #[cfg(feature = "stdlib")]
    return crate::stdlib::MODULES.iter().map(|module| InRust {
        name: module.name,
        #[cfg(feature = "types")]
        doc: module.doc,
        functions: module.functions,
    });
    #[cfg(not(feature = "stdlib"))]
    std::iter::empty()
}
