//! Expressions.

use full_moon::ast::luau::IfExpression;
use full_moon::ast::punctuated::Punctuated;
use full_moon::ast::{
    Call as CallNode, Expression as Node, Field, FunctionArgs, FunctionBody, FunctionCall, Index,
    Parameter, Prefix, Suffix, TableConstructor, UnOp, Var,
};
use full_moon::tokenizer::{StringLiteralQuoteType, TokenReference, TokenType};
use serde_json::{Number, Value};

use super::place::{name, of};
use super::statement::block;
use crate::check::tree::{Call, Expression, Function, Name, Place, Table};
use crate::engine::outline;

pub(super) fn expressions(list: &Punctuated<Node>) -> Vec<Expression> {
    list.iter().map(expression).collect()
}

pub(super) fn expression(node: &Node) -> Expression {
    let place = of(node);
    match node {
        Node::Parentheses { expression: inner, .. } => expression(inner),
        Node::TypeAssertion { expression: inner, .. } => expression(inner),
        Node::UnaryOperator { unop, expression: inner } => unary(unop, inner, place),
        Node::BinaryOperator { lhs, rhs, .. } => {
            Expression::Other(vec![expression(lhs), expression(rhs)], place)
        }
        Node::Function(it) => Expression::Function(function(it.body(), &**it)),
        Node::FunctionCall(it) => call(it),
        Node::IfExpression(it) => if_expression(it, place),
        Node::InterpolatedString(it) => {
            Expression::Other(it.expressions().map(expression).collect(), place)
        }
        Node::TableConstructor(it) => table(it),
        Node::Number(token) | Node::String(token) | Node::Symbol(token) => literal(token),
        Node::Var(it) => variable(it),
        _ => Expression::Other(Vec::new(), place),
    }
}

pub(super) fn variable(node: &Var) -> Expression {
    match node {
        Var::Name(token) => Expression::Name(name(token)),
        Var::Expression(it) => chain(it.prefix(), it.suffixes()),
        _ => Expression::Other(Vec::new(), of(node)),
    }
}

pub(super) fn call(node: &FunctionCall) -> Expression {
    chain(node.prefix(), node.suffixes())
}

/// `a.b["c"](d):e()`
fn chain<'a>(prefix: &Prefix, suffixes: impl Iterator<Item = &'a Suffix>) -> Expression {
    let first = match prefix {
        Prefix::Name(token) => Expression::Name(name(token)),
        Prefix::Expression(it) => expression(it),
        _ => Expression::Other(Vec::new(), of(prefix)),
    };
    suffixes.fold(first, |of, suffix| match suffix {
        Suffix::Index(Index::Dot { name: token, .. }) => {
            Expression::Field(Box::new(of), name(token))
        }
        Suffix::Index(Index::Brackets { expression: key, .. }) => indexed(of, expression(key)),
        Suffix::Call(CallNode::AnonymousCall(arguments)) => called(of, arguments, false),
        Suffix::Call(CallNode::MethodCall(it)) => {
            let callee = Expression::Field(Box::new(of), name(it.name()));
            called(callee, it.args(), true)
        }
        _ => of,
    })
}

/// `a["b"]` is `a.b`.
fn indexed(of: Expression, key: Expression) -> Expression {
    match key {
        Expression::Literal(Value::String(text), place) => {
            Expression::Field(Box::new(of), Name { text, place })
        }
        key => Expression::Item(Box::new(of), Box::new(key)),
    }
}

fn called(callee: Expression, arguments: &FunctionArgs, colon: bool) -> Expression {
    let (arguments, open) = match arguments {
        FunctionArgs::Parentheses { arguments, .. } => {
            (expressions(arguments), arguments.iter().last().is_some_and(may_be_several))
        }
        FunctionArgs::String(token) => (vec![literal(token)], false),
        FunctionArgs::TableConstructor(it) => (vec![table(it)], false),
        _ => (Vec::new(), true),
    };
    let place = callee.place();
    Expression::Call(Box::new(Call { callee, arguments, open, colon, place }))
}

/// A call and `...` stand for as many values as there are, unless something is around them.
fn may_be_several(node: &Node) -> bool {
    match node {
        Node::FunctionCall(_) => true,
        Node::Symbol(token) => token.token().to_string() == "...",
        _ => false,
    }
}

pub(super) fn function(body: &FunctionBody, around: &impl full_moon::node::Node) -> Function {
    let parameter = |parameter: &Parameter| match parameter {
        Parameter::Name(token) => Some(name(token)),
        _ => None,
    };
    let place = around.start_position().map(|start| super::place::place(start, start));
    Function {
        parameters: body.parameters().iter().filter_map(parameter).collect(),
        body: block(body.block()),
        place: place.unwrap_or(Place::START),
    }
}

fn if_expression(node: &IfExpression, place: Place) -> Expression {
    let mut parts = vec![node.condition(), node.if_expression(), node.else_expression()];
    for other in node.else_if_expressions().into_iter().flatten() {
        parts.extend([other.condition(), other.expression()]);
    }
    Expression::Other(parts.into_iter().map(expression).collect(), place)
}

fn unary(operator: &UnOp, inner: &Node, place: Place) -> Expression {
    let inner = expression(inner);
    let negative = match (&inner, operator) {
        (Expression::Literal(Value::Number(number), _), UnOp::Minus(_)) => match number.as_i64() {
            Some(integer) => integer.checked_neg().map(Number::from),
            None => number.as_f64().and_then(|number| Number::from_f64(-number)),
        },
        _ => None,
    };
    match negative {
        Some(number) => Expression::Literal(number.into(), place),
        None => Expression::Other(vec![inner], place),
    }
}

fn table(node: &TableConstructor) -> Expression {
    let (mut entries, mut others, mut items) = (Vec::new(), Vec::new(), Vec::new());
    for field in node.fields() {
        match field {
            Field::NameKey { key, value, .. } => entries.push((name(key), expression(value))),
            Field::ExpressionKey { key, value, .. } => match expression(key) {
                Expression::Literal(Value::String(text), place) => {
                    entries.push((Name { text, place }, expression(value)));
                }
                key => others.extend([key, expression(value)]),
            },
            Field::NoKey(value) => items.push((expression(value), may_be_several(value))),
            _ => {}
        }
    }
    let place = Place { end: None, ..of(node) };
    let whole = entries.is_empty() && others.is_empty() && !items.is_empty();
    let open = items.iter().any(|(_, several)| *several);
    let items = items.into_iter().map(|(item, _)| item);
    if whole && !open {
        return Expression::List(items.collect(), place);
    }
    others.extend(items);
    Expression::Table(Table { entries, others, place })
}

fn literal(token: &TokenReference) -> Expression {
    let place = of(token);
    let value = match token.token().token_type() {
        TokenType::StringLiteral { literal, quote_type, .. } => text(literal, *quote_type),
        TokenType::Number { text } => number(text),
        _ => match token.token().to_string().as_str() {
            "true" => Some(true.into()),
            "false" => Some(false.into()),
            "nil" => Some(Value::Null),
            _ => None,
        },
    };
    match value {
        Some(value) => Expression::Literal(value, place),
        None => Expression::Other(Vec::new(), place),
    }
}

/// The text that a literal stands for, where it has no escapes: what those mean is the language's.
fn text(literal: &str, quotes: StringLiteralQuoteType) -> Option<Value> {
    let plain = quotes == StringLiteralQuoteType::Brackets || !literal.contains('\\');
    plain.then(|| literal.into())
}

/// The number, where its form is the usual one.
fn number(text: &str) -> Option<Value> {
    let text = text.replace('_', "");
    match text.parse::<i64>() {
        Ok(integer) => Some(integer.into()),
        Err(_) => outline::number(text.parse().ok()?),
    }
}
