//! The help of functions.

use crate::api::{FunctionRef, Registry};
use crate::engine::Language;
use crate::terminal::{self, Paint};
use crate::types::Page;

/// What is written behind the heading of an example.
const EXAMPLE_HINT: &str = ".example runs it on a playground";

/// A function that was shown, and whose example `.example` runs.
#[derive(Debug, Clone)]
pub(in crate::repl) struct Shown {
    pub(in crate::repl) path: String,
    pub(in crate::repl) code: &'static str,
}

/// The help of one function, and its example.
pub(in crate::repl) fn function(
    function: &FunctionRef,
    registry: &Registry,
    language: Language,
    paint: Paint,
) -> (String, Shown) {
    let page = Page::of(registry, function);
    let text = terminal::page(&page, language, Some(EXAMPLE_HINT), paint);
    let code = match language {
        Language::Lua => page.example.lua,
        Language::Rhai => page.example.rhai,
    };
    (text, Shown { path: page.path, code })
}

/// The functions of a namespace; none where there is no such one.
pub(in crate::repl) fn namespace(name: &str, registry: &Registry, paint: Paint) -> Option<String> {
    let name = name.trim_start_matches("cliengo.").trim_end_matches('.');
    let is_all = name == "cliengo";
    let own: Vec<&FunctionRef> = registry
        .functions()
        .filter(|function| is_all && !function.is_own() || function.namespace_and_name().0 == name)
        .collect();
    if own.is_empty() || name.is_empty() {
        return None;
    }
    Some(terminal::function_list(&own, paint))
}
