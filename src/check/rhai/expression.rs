//! Expressions.

use rhai::{ASTFlags, BinaryExpr, Dynamic, Expr, FnCallExpr, FnPtr, Position};
use serde_json::Value;

use super::{Lowering, name, place};
use crate::check::tree::{Call, Expression, Function, Name, Table};
use crate::engine::outline;

impl Lowering {
    pub(super) fn expression(&self, node: &Expr) -> Expression {
        let at = place(node.start_position(), 0);
        match node {
            Expr::Variable(it, _, position) => match it.2.path.first() {
                Some(module) => {
                    let module = Expression::Module(name(&module.name, module.pos));
                    Expression::Field(Box::new(module), name(&it.1, *position))
                }
                None => Expression::Name(name(&it.1, *position)),
            },
            Expr::Dot(it, ..) => self.chain(self.expression(&it.lhs), &it.rhs),
            Expr::Index(it, flags, _) => self.indexed(self.expression(&it.lhs), it, *flags),
            Expr::FnCall(call, position) => self.function_call(call, *position),
            Expr::Map(it, position) => self.map(&it.0, *position),
            Expr::Array(items, position) => Expression::List(self.all(items), place(*position, 0)),
            Expr::InterpolatedString(parts, _) => Expression::Other(self.all(parts), at),
            Expr::And(parts, _) | Expr::Or(parts, _) | Expr::Coalesce(parts, _) => {
                Expression::Other(self.all(parts.iter()), at)
            }
            Expr::Stmt(block) => self.statements_as_expression(block),
            Expr::DynamicConstant(value, position) => self.constant(value, *position),
            other => literal(other).map_or(Expression::Other(Vec::new(), at), |value| {
                let length = source_length(other);
                Expression::Literal(value, place(other.start_position(), length))
            }),
        }
    }

    fn all<'a>(&self, nodes: impl IntoIterator<Item = &'a Expr>) -> Vec<Expression> {
        nodes.into_iter().map(|node| self.expression(node)).collect()
    }

    /// Rhai keeps `a.b.c` as `a` and the rest.
    fn chain(&self, of: Expression, rest: &Expr) -> Expression {
        match rest {
            Expr::Property(it, position) => Expression::Field(Box::new(of), name(&it.2, *position)),
            Expr::MethodCall(call, position) => {
                let callee = Expression::Field(Box::new(of), name(&call.name, *position));
                self.called(callee, &call.args, *position)
            }
            Expr::Dot(it, ..) => self.chain(self.chain(of, &it.lhs), &it.rhs),
            Expr::Index(it, flags, _) => self.indexed(self.chain(of, &it.lhs), it, *flags),
            other => Expression::Item(Box::new(of), Box::new(self.expression(other))),
        }
    }

    /// `a[b]`, and what follows it: where the chain goes on, that stands in the index.
    fn indexed(&self, of: Expression, node: &BinaryExpr, flags: ASTFlags) -> Expression {
        match &node.rhs {
            Expr::Dot(rest, ..) if !flags.contains(ASTFlags::BREAK) => {
                self.chain(self.item(of, &rest.lhs), &rest.rhs)
            }
            Expr::Index(rest, next, _) if !flags.contains(ASTFlags::BREAK) => {
                self.indexed(self.item(of, &rest.lhs), rest, *next)
            }
            key => self.item(of, key),
        }
    }

    fn item(&self, of: Expression, key: &Expr) -> Expression {
        match self.expression(key) {
            Expression::Literal(Value::String(text), place) => {
                Expression::Field(Box::new(of), Name { text, place })
            }
            key => Expression::Item(Box::new(of), Box::new(key)),
        }
    }

    pub(super) fn function_call(&self, call: &FnCallExpr, position: Position) -> Expression {
        if call.is_operator_call() {
            return Expression::Other(self.all(&call.args), place(position, 0));
        }
        let name = name(&call.name, position);
        let callee = match call.namespace.path.first() {
            Some(module) => {
                let module = Expression::Module(super::name(&module.name, module.pos));
                Expression::Field(Box::new(module), name)
            }
            None => Expression::Name(name),
        };
        self.called(callee, &call.args, position)
    }

    fn called(&self, callee: Expression, arguments: &[Expr], _: Position) -> Expression {
        let (arguments, place) = (self.all(arguments), callee.place());
        let (open, colon) = (false, false);
        Expression::Call(Box::new(Call { callee, arguments, open, colon, place }))
    }

    fn map(&self, entries: &[(rhai::Ident, Expr)], position: Position) -> Expression {
        let entry =
            |(key, value): &(rhai::Ident, Expr)| (name(&key.name, key.pos), self.expression(value));
        let entries = entries.iter().map(entry).collect();
        Expression::Table(Table { entries, others: Vec::new(), place: place(position, 0) })
    }

    /// A function without a name.
    fn constant(&self, value: &Dynamic, position: Position) -> Expression {
        let pointer = value.read_lock::<FnPtr>();
        let function = pointer.and_then(|it| self.function(it.fn_name(), 0, position));
        function.unwrap_or(Expression::Other(Vec::new(), place(position, 0)))
    }

    /// A function without a name that takes variables along.
    pub(super) fn curried(&self, call: &FnCallExpr, position: Position) -> Option<Expression> {
        let Some(Expr::DynamicConstant(value, _)) = call.args.first() else { return None };
        let pointer = value.read_lock::<FnPtr>()?;
        self.function(pointer.fn_name(), call.args.len() - 1, position)
    }

    /// The variables that it takes along are its first parameters; they are those of the scope around it.
    fn function(&self, name: &str, taken: usize, position: Position) -> Option<Expression> {
        let (parameters, body) = self.anonymous.get(name)?;
        let place = place(position, 0);
        let parameters = parameters.iter().skip(taken);
        let parameters = parameters.map(|text| Name { text: text.clone(), place }).collect();
        let body = self.body(body);
        Some(Expression::Function(Function { parameters, body, place }))
    }
}

fn literal(node: &Expr) -> Option<Value> {
    Some(match node {
        Expr::BoolConstant(truth, _) => (*truth).into(),
        Expr::IntegerConstant(number, _) => (*number).into(),
        Expr::FloatConstant(number, _) => outline::number(**number)?,
        Expr::CharConstant(letter, _) => letter.to_string().into(),
        Expr::StringConstant(text, _) => text.as_str().into(),
        Expr::Unit(_) => Value::Null,
        _ => return None,
    })
}

/// How long the literal is in the source, where that is known: an escape is longer than what it means.
fn source_length(node: &Expr) -> usize {
    match node {
        Expr::BoolConstant(truth, _) => truth.to_string().len(),
        Expr::IntegerConstant(number, _) => number.to_string().len(),
        _ => 0,
    }
}
