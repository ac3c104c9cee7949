//! The modules of the standard library: `require "json"` in Lua, `import "json" as json` in Rhai. Each is a list of
//! functions like those of the registry, and both languages bind it from that.
//!
//! What calls functions of the script is written in the languages themselves, in the folder `stdlib/` of the
//! repository; what it takes and gives is said here too. `list`, `retry` and `text` need no other crate, and are in
//! every build.

#[cfg(feature = "stdlib")]
pub(crate) mod csv;
#[cfg(feature = "stdlib")]
mod dedupe;
#[cfg(feature = "stdlib")]
mod email;
#[cfg(feature = "stdlib")]
mod fs;
#[cfg(feature = "stdlib")]
mod http;
#[cfg(feature = "stdlib")]
mod json;
mod list;
#[cfg(feature = "stdlib")]
mod phone;
#[cfg(feature = "stdlib")]
mod report;
mod retry;
mod shape;
#[cfg(test)]
mod testing;
mod text;
#[cfg(feature = "stdlib")]
mod time;

use crate::api::ApiFn;

/// A module of the standard library.
#[derive(Debug)]
pub struct Module {
    /// The name that scripts load it by.
    pub name: &'static str,
    /// What it is for, in sentences.
    pub doc: &'static str,
    /// Its functions. The path of each is the module's name, a dot, and its own name.
    pub functions: &'static [ApiFn],
}

/// Every module, by name.
pub const MODULES: &[Module] = &[
    #[cfg(feature = "stdlib")]
    csv::MODULE,
    #[cfg(feature = "stdlib")]
    dedupe::MODULE,
    #[cfg(feature = "stdlib")]
    email::MODULE,
    #[cfg(feature = "stdlib")]
    fs::MODULE,
    #[cfg(feature = "stdlib")]
    http::MODULE,
    #[cfg(feature = "stdlib")]
    json::MODULE,
    list::MODULE,
    #[cfg(feature = "stdlib")]
    phone::MODULE,
    #[cfg(feature = "stdlib")]
    report::MODULE,
    retry::MODULE,
    text::MODULE,
    #[cfg(feature = "stdlib")]
    time::MODULE,
];

/// The module of this name.
pub fn module(name: &str) -> Option<&'static Module> {
    MODULES.iter().find(|module| module.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_stands_in_its_module_and_has_its_words() {
        for module in MODULES {
            assert!(module.doc.ends_with('.'), "{}", module.name);
            for function in module.functions {
                let (namespace, _) = function.namespace_and_name();
                assert_eq!(namespace, module.name, "{}", function.path);
                assert!(function.is_module() && function.doc.ends_with('.'), "{}", function.path);
                for param in function.params {
                    assert!(param.doc.ends_with('.'), "{}: {}", function.path, param.name);
                }
            }
        }
    }

    #[test]
    fn modules_are_in_order() {
        assert!(MODULES.is_sorted_by_key(|module| module.name));
    }
}
