//! What the modules of the standard library have.

use std::collections::BTreeSet;

use super::known::Known;
use crate::engine::outline::Code;

/// The functions of the module that the script finds under this name; none where it is not the standard
/// library's.
pub(super) fn functions(module: &str, known: &Known<'_>) -> Option<BTreeSet<&'static str>> {
    match known.module(module).ok()?.code {
        Code::Functions(functions) | Code::Checked(functions, _) => {
            Some(functions.iter().map(|function| function.namespace_and_name().1).collect())
        }
        Code::Text(_) => None,
    }
}
