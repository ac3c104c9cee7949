//! The modules that come with the program, and the text of those that are written in the languages themselves.

#[cfg(feature = "types")]
use std::sync::LazyLock;

use super::Language;
use crate::api::ApiFn;
#[cfg(feature = "types")]
use crate::api::Registry;
use crate::stdlib::{MODULES, module};

/// Name, Lua, Rhai.
const IN_SCRIPT: &[(&str, &str, &str)] = &[
    ("list", include_str!("../../stdlib/list.lua"), include_str!("../../stdlib/list.rhai")),
    ("retry", include_str!("../../stdlib/retry.lua"), include_str!("../../stdlib/retry.rhai")),
];

/// What the file names of the standard library's modules begin with, in errors.
pub const STDLIB: &str = "stdlib/";

/// The names of the standard library's modules, in alphabetical order.
pub fn stdlib_modules() -> impl Iterator<Item = &'static str> + Clone {
    MODULES.iter().map(|module| module.name)
}

/// The text of a module that is written in the languages themselves.
pub(crate) fn stdlib_text(name: &str, language: Language) -> Option<&'static str> {
    let (_, lua, rhai) = IN_SCRIPT.iter().find(|(known, _, _)| *known == name)?;
    Some(match language {
        Language::Lua => lua,
        Language::Rhai => rhai,
    })
}

/// True for the name of such a text, as errors show it.
pub(crate) fn is_of_stdlib(file: &str) -> bool {
    let module = file.strip_prefix(STDLIB).and_then(|name| name.split_once('.'));
    module.is_some_and(|(name, _)| IN_SCRIPT.iter().any(|(known, _, _)| *known == name))
}

/// The functions of every module, under the paths `json.decode`.
#[cfg(feature = "types")]
pub(crate) fn stdlib_registry() -> &'static Registry {
    static REGISTRY: LazyLock<Registry> =
        LazyLock::new(|| Registry::of(MODULES.iter().flat_map(|module| module.functions)));
    &REGISTRY
}

/// The functions of a module.
pub(crate) fn stdlib_functions(name: &str) -> Option<&'static [ApiFn]> {
    module(name).map(|module| module.functions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Handler;

    #[test]
    fn what_is_written_in_the_languages_has_its_text() {
        for module in MODULES {
            let in_script = |it: &ApiFn| matches!(it.handler, Handler::Script(_));
            let text = stdlib_text(module.name, Language::Lua);
            assert_eq!(module.functions.iter().any(in_script), text.is_some(), "{}", module.name);
        }
    }
}
