//! The modules that come with the program: those in both languages, and those in Rust.

use super::Language;
use crate::api::ApiFn;

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
    let mut names: Vec<_> = in_script.chain(in_rust().map(|(name, _)| name)).collect();
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

/// The functions of a module that is written in Rust.
pub(crate) fn stdlib_functions(name: &str) -> Option<&'static [ApiFn]> {
    in_rust().find(|(known, _)| *known == name).map(|(_, functions)| functions)
}

/// Each module that is written in Rust, with its functions.
fn in_rust() -> impl Iterator<Item = (&'static str, &'static [ApiFn])> {
    #[cfg(feature = "stdlib")]
    return crate::stdlib::MODULES.iter().map(|module| (module.name, module.functions));
    #[cfg(not(feature = "stdlib"))]
    std::iter::empty()
}
