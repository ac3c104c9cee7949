//! Rhai, lowered to the tree.

mod expression;
mod statement;

use std::collections::HashMap;

use rhai::{AST, ASTNode, Position};

use super::tree::{Function, Name, Place, Program, Statement};
use super::{Code, Finding};
use crate::api::Registry;
use crate::engine::{Source, outline};

/// The functions of the script that have no name, by the name that Rhai gives them.
type Anonymous = HashMap<String, (Vec<String>, AST)>;

/// What lowering a part of the script needs of the whole.
pub(super) struct Lowering {
    anonymous: Anonymous,
}

/// The script as a tree, or what is wrong with its syntax; Rhai tells the first error alone.
pub(super) fn program(source: &Source, registry: &Registry) -> Result<Program, Vec<Finding>> {
    let tree = outline::rhai_tree(source, registry).map_err(|failure| {
        let line = failure.frames.first().map_or(1, |frame| frame.line);
        let place = Place { line, column: failure.column.unwrap_or(1), end: None };
        vec![Finding::of(Code::Syntax, place, &failure.error)]
    })?;
    let lowering = Lowering { anonymous: anonymous(&tree) };
    let mut program = Program::default();
    for definition in tree.iter_fn_def().filter(|it| !is_anonymous(&it.name)) {
        let place = place(definition.body.start_position(), 0);
        let name = Name { text: definition.name.to_string(), place };
        let parameters =
            definition.params.iter().map(|text| Name { text: text.to_string(), place });
        let parameters: Vec<_> = parameters.collect();
        let own = body_of(&tree, &definition.name, parameters.len());
        program.functions.push((name, Function { parameters, body: lowering.body(&own), place }));
    }
    program.body = lowering.body(&tree.clone_statements_only());
    Ok(program)
}

fn anonymous(tree: &AST) -> Anonymous {
    let definitions = tree.iter_fn_def().filter(|it| is_anonymous(&it.name));
    let entry = |name: &str, parameters: Vec<String>| {
        let own = body_of(tree, name, parameters.len());
        (name.to_owned(), (parameters, own))
    };
    definitions
        .map(|it| entry(&it.name, it.params.iter().map(ToString::to_string).collect()))
        .collect()
}

/// Rhai shows the statements of a function only to who walks over them.
fn body_of(tree: &AST, name: &str, parameters: usize) -> AST {
    let mut own = tree.clone_functions_only();
    own.retain_functions(|_, _, known, count| known == name && count == parameters);
    own
}

fn is_anonymous(name: &str) -> bool {
    name.starts_with("anon$")
}

pub(super) fn place(position: Position, length: usize) -> Place {
    let column = position.position().unwrap_or(1);
    let end = (length > 0).then_some(column + length);
    Place { line: position.line().unwrap_or(1), column, end }
}

pub(super) fn name(text: &str, position: Position) -> Name {
    // The mark of a name that is a reserved word of Rhai.
    let text = text.trim_end_matches('′');
    Name { text: text.to_owned(), place: place(position, text.chars().count()) }
}

impl Lowering {
    /// The statements that stand at the top of the tree; the value of the last one is used.
    fn body(&self, tree: &AST) -> Vec<Statement> {
        let mut statements = Vec::new();
        tree.walk(&mut |path: &[ASTNode<'_>]| {
            if let [ASTNode::Stmt(statement)] = path {
                statements.extend(self.statement(statement));
            }
            true
        });
        statement::with_value(statements)
    }
}
