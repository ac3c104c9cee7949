//! What the modules of the standard library have, read from their sources.

use std::collections::BTreeSet;

use super::tree::{Expression, Statement};
use crate::api::Registry;
use crate::engine::{Language, Source, outline, stdlib_functions, stdlib_modules};

/// The functions of a module of the standard library; none where it is no such module.
pub(super) fn functions(module: &str, language: Language) -> Option<BTreeSet<String>> {
    if let Some(functions) = stdlib_functions(module) {
        let names = functions.iter().map(|function| function.namespace_and_name().1.to_owned());
        return Some(names.collect());
    }
    if !stdlib_modules().any(|known| known == module) {
        return None;
    }
    let place = Source { folder: None, ..Source::from_code("", language) };
    let text = outline::module_text(&place, module).ok()??;
    let source = Source { text, expression: false, ..place };
    let program = super::lower(&source, &Registry::builtin()).ok()?;
    let set = program.body.iter().filter_map(|statement| member(statement, module));
    let defined = program.functions.iter().map(|(name, _)| name.text.clone());
    Some(set.chain(defined).collect())
}

/// `function list.map(…)`
fn member(statement: &Statement, module: &str) -> Option<String> {
    let Statement::Assign { targets, .. } = statement else { return None };
    match targets.first()? {
        Expression::Field(of, name) => match &**of {
            Expression::Name(of) if of.text == module => Some(name.text.clone()),
            _ => None,
        },
        _ => None,
    }
}
