//! What the modules of the standard library have, read from their sources.

use std::collections::BTreeSet;

use super::known::Known;
use super::tree::{Expression, Statement};
use crate::api::Registry;
use crate::engine::Source;
use crate::engine::outline::Code;

/// The functions of the module that the script finds under this name; none where it is not the standard
/// library's.
pub(super) fn functions(module: &str, known: &Known<'_>) -> Option<BTreeSet<String>> {
    let found = known.module(module).ok()?;
    if !found.is_builtin() {
        return None;
    }
    match &found.code {
        Code::Functions(functions) => {
            let names = functions.iter().map(|function| function.namespace_and_name().1);
            Some(names.map(str::to_owned).collect())
        }
        Code::Text(text) => of_source(module.rsplit('/').next()?, text, known.source),
    }
}

fn of_source(module: &str, text: &str, script: &Source) -> Option<BTreeSet<String>> {
    let place = Source { folder: None, ..Source::from_code("", script.language) };
    let source = Source { text: text.to_owned(), expression: false, ..place };
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
