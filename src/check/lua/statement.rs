//! Statements.

use full_moon::ast::luau::IfConditionBinding;
use full_moon::ast::punctuated::Punctuated;
use full_moon::ast::{
    Block, Expression as Node, FunctionDeclaration, GenericFor, If, LastStmt, Stmt,
};
use full_moon::tokenizer::TokenReference;

use super::expression::{call, expression, expressions, function, variable};
use super::place::{name, of};
use crate::check::tree::{Call, Expression, Loop, Name, Statement};

pub(super) fn block(block: &Block) -> Vec<Statement> {
    let mut statements: Vec<_> = block.stmts().flat_map(statement).collect();
    if let Some(LastStmt::Return(last)) = block.last_stmt() {
        statements.push(Statement::Evaluate(expressions(last.returns())));
    }
    statements
}

fn statement(node: &Stmt) -> Vec<Statement> {
    let one = match node {
        Stmt::Assignment(it) => {
            let targets = it.variables().iter().map(variable).collect();
            Statement::Assign { targets, values: expressions(it.expressions()) }
        }
        Stmt::CompoundAssignment(it) => {
            let read = Statement::Evaluate(vec![variable(it.lhs())]);
            let values = vec![expression(it.rhs())];
            return vec![read, Statement::Assign { targets: vec![variable(it.lhs())], values }];
        }
        Stmt::FunctionCall(it) => Statement::Discard(call(it)),
        Stmt::LocalAssignment(it) => local(it.names(), it.expressions()),
        Stmt::ConstAssignment(it) => local(it.names(), it.expressions()),
        Stmt::LocalFunction(it) => {
            Statement::LocalFunction { name: name(it.name()), function: function(it.body(), &**it) }
        }
        Stmt::ConstFunction(it) => {
            Statement::LocalFunction { name: name(it.name()), function: function(it.body(), &**it) }
        }
        Stmt::FunctionDeclaration(it) => declaration(it),
        Stmt::Do(it) => Statement::Block(block(it.block())),
        Stmt::GenericFor(it) => generic_for(it),
        Stmt::NumericFor(it) => {
            let bounds = [Some(it.start()), Some(it.end()), it.step()];
            Statement::Loop(Loop {
                names: vec![name(it.index_variable())],
                over: bounds.into_iter().flatten().map(expression).collect(),
                item_of_list: None,
                item_of_sequence: None,
                body: block(it.block()),
            })
        }
        Stmt::If(it) => return branches(it),
        Stmt::While(it) => {
            let condition = Statement::Evaluate(vec![expression(it.condition())]);
            return vec![condition, Statement::Block(block(it.block()))];
        }
        // What `until` asks sees the variables of the loop.
        Stmt::Repeat(it) => {
            let mut body = block(it.block());
            body.push(Statement::Evaluate(vec![expression(it.until())]));
            Statement::Block(body)
        }
        _ => return Vec::new(),
    };
    vec![one]
}

fn local(names: &Punctuated<TokenReference>, values: &Punctuated<Node>) -> Statement {
    Statement::Local { names: names.iter().map(name).collect(), values: expressions(values) }
}

/// `function a.b:c()`, whose function sees `self`.
fn declaration(node: &FunctionDeclaration) -> Statement {
    let mut function = function(node.body(), node);
    let mut names = node.name().names().iter();
    let first = names.next().map(name);
    let first = first.unwrap_or(Name { text: String::new(), place: of(node) });
    let mut target = Expression::Name(first);
    for part in names.chain(node.name().method_name()) {
        target = Expression::Field(Box::new(target), name(part));
    }
    if node.name().method_name().is_some() {
        let place = of(node.name());
        function.parameters.insert(0, Name { text: "self".into(), place });
    }
    Statement::Assign { targets: vec![target], values: vec![Expression::Function(function)] }
}

/// `for _, item in ipairs(list)`, `for _, item in list` and `for item in sequence`.
fn generic_for(node: &GenericFor) -> Statement {
    let mut over = expressions(node.expressions());
    let mut item_of_sequence = Some(0);
    let counted = matches!(
        over.as_slice(),
        [Expression::Call(call)] if is_named(call, &["ipairs", "pairs"]) && call.arguments.len() == 1
    );
    if counted && let Some(Expression::Call(call)) = over.pop() {
        let Call { callee, mut arguments, .. } = *call;
        over = vec![callee];
        over.splice(0..0, arguments.drain(..));
        item_of_sequence = None;
    }
    Statement::Loop(Loop {
        names: node.names().iter().map(name).collect(),
        over,
        item_of_list: Some(1),
        item_of_sequence,
        body: block(node.block()),
    })
}

fn is_named(call: &Call, names: &[&str]) -> bool {
    matches!(&call.callee, Expression::Name(name) if names.contains(&name.text.as_str()))
}

fn branches(node: &If) -> Vec<Statement> {
    let mut statements = condition(node.binding(), node.condition(), node.block());
    for other in node.else_if().into_iter().flatten() {
        statements.extend(condition(other.binding(), other.condition(), other.block()));
    }
    statements.extend(node.else_block().map(|it| Statement::Block(block(it))));
    statements
}

/// A condition and what is done where it holds. With a binding, `if local x = …`, the other branches see
/// its variable too; so it is declared beside them.
fn condition(binding: Option<&IfConditionBinding>, asked: &Node, done: &Block) -> Vec<Statement> {
    let asked = vec![expression(asked)];
    let first = match binding {
        Some(binding) => Statement::Local { names: vec![name(binding.name())], values: asked },
        None => Statement::Evaluate(asked),
    };
    vec![first, Statement::Block(block(done))]
}
