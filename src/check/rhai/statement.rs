//! Statements.

use rhai::{ASTFlags, Expr, FlowControl, Ident, Stmt, StmtBlock};

use super::{Lowering, name};
use crate::check::tree::{Expression, Loop, Name, Statement};

/// The value of a block's last statement is the block's own.
pub(super) fn with_value(mut statements: Vec<Statement>) -> Vec<Statement> {
    if let Some(Statement::Discard(last)) =
        statements.pop_if(|last| matches!(last, Statement::Discard(_)))
    {
        statements.push(Statement::Evaluate(vec![last]));
    }
    statements
}

impl Lowering {
    pub(super) fn block(&self, block: &StmtBlock) -> Vec<Statement> {
        block.iter().flat_map(|statement| self.statement(statement)).collect()
    }

    pub(super) fn statement(&self, node: &Stmt) -> Vec<Statement> {
        match node {
            Stmt::Expr(it) => vec![Statement::Discard(self.expression(it))],
            Stmt::FnCall(call, position) => {
                vec![Statement::Discard(self.function_call(call, *position))]
            }
            Stmt::Var(it, flags, _) => vec![self.variable(&it.0, &it.1, *flags)],
            Stmt::Assignment(it) => self.assignment(it.0.is_op_assignment(), &it.1.lhs, &it.1.rhs),
            Stmt::Block(it) => vec![Statement::Block(with_value(self.block(it)))],
            Stmt::If(it, _) => self.branches(it),
            Stmt::While(it, _) => self.repeated(it),
            Stmt::Do(it, ..) => self.repeated(it).into_iter().rev().collect(),
            Stmt::For(it, _) => vec![self.for_loop(&it.0, it.1.as_ref(), &it.2)],
            Stmt::TryCatch(it, _) => self.try_catch(it),
            Stmt::Switch(it, _) => {
                let (expressions, cases) = (&it.0, &it.1);
                let arms = cases.expressions.iter().flat_map(|arm| [&arm.lhs, &arm.rhs]);
                let parts = std::iter::once(expressions).chain(arms);
                vec![Statement::Evaluate(parts.map(|part| self.expression(part)).collect())]
            }
            Stmt::Return(Some(it), ..) | Stmt::BreakLoop(Some(it), ..) => {
                vec![Statement::Evaluate(vec![self.expression(it)])]
            }
            Stmt::Import(it, _) => {
                let alias = Some(&it.1).filter(|alias| !alias.name.is_empty());
                vec![Statement::Import { module: self.expression(&it.0), name: alias.map(named) }]
            }
            _ => Vec::new(),
        }
    }

    fn variable(&self, variable: &Ident, value: &Expr, _: ASTFlags) -> Statement {
        Statement::Local { names: vec![named(variable)], values: vec![self.expression(value)] }
    }

    fn assignment(&self, reads: bool, target: &Expr, value: &Expr) -> Vec<Statement> {
        let read = reads.then(|| Statement::Evaluate(vec![self.expression(target)]));
        let (targets, values) = (vec![self.expression(target)], vec![self.expression(value)]);
        read.into_iter().chain([Statement::Assign { targets, values }]).collect()
    }

    fn branches(&self, node: &FlowControl) -> Vec<Statement> {
        vec![
            Statement::Evaluate(vec![self.expression(&node.expr)]),
            Statement::Block(with_value(self.block(&node.body))),
            Statement::Block(with_value(self.block(&node.branch))),
        ]
    }

    fn repeated(&self, node: &FlowControl) -> Vec<Statement> {
        vec![
            Statement::Evaluate(vec![self.expression(&node.expr)]),
            Statement::Block(self.block(&node.body)),
        ]
    }

    fn for_loop(&self, item: &Ident, counter: Option<&Ident>, node: &FlowControl) -> Statement {
        Statement::Loop(Loop {
            names: std::iter::once(item).chain(counter).map(named).collect(),
            over: vec![self.expression(&node.expr)],
            item_of_list: Some(0),
            item_of_sequence: Some(0),
            body: self.block(&node.body),
        })
    }

    /// What was caught is a variable of the second block.
    fn try_catch(&self, node: &FlowControl) -> Vec<Statement> {
        let mut caught = Vec::new();
        if let Expr::Variable(it, _, position) = &node.expr {
            let names = vec![name(&it.1, *position)];
            caught.push(Statement::Local { names, values: Vec::new() });
        }
        caught.extend(with_value(self.block(&node.branch)));
        vec![Statement::Block(with_value(self.block(&node.body))), Statement::Block(caught)]
    }

    /// `{ … }` and closures that take variables along, where an expression is wanted.
    pub(super) fn statements_as_expression(&self, block: &StmtBlock) -> Expression {
        let closure = block.iter().find_map(|statement| match statement {
            Stmt::Expr(it) => match &**it {
                Expr::FnCall(call, position) if call.name == "curry" => {
                    self.curried(call, *position)
                }
                _ => None,
            },
            _ => None,
        });
        let shares = block.iter().any(|statement| matches!(statement, Stmt::Share(_)));
        match closure.filter(|_| shares) {
            Some(closure) => closure,
            None => {
                Expression::Block(with_value(self.block(block)), super::place(block.position(), 0))
            }
        }
    }
}

fn named(identifier: &Ident) -> Name {
    name(&identifier.name, identifier.pos)
}
