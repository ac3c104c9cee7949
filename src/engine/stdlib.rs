//! The modules that come with the program, in both languages.

use super::Language;

/// Name, Lua, Rhai.
const MODULES: &[(&str, &str, &str)] = &[
    ("list", include_str!("../../stdlib/list.lua"), include_str!("../../stdlib/list.rhai")),
    ("text", include_str!("../../stdlib/text.lua"), include_str!("../../stdlib/text.rhai")),
];

/// What the file names of the standard library's modules begin with, in errors.
pub const STDLIB: &str = "stdlib/";

/// The names of the standard library's modules.
pub fn stdlib_modules() -> impl Iterator<Item = &'static str> {
    MODULES.iter().map(|(name, _, _)| *name)
}

pub(crate) fn stdlib_module(name: &str, language: Language) -> Option<&'static str> {
    let (_, lua, rhai) = MODULES.iter().find(|(known, _, _)| *known == name)?;
    Some(match language {
        Language::Lua => lua,
        Language::Rhai => rhai,
    })
}
