//! Lua, lowered to the tree.

mod depth;
mod expression;
mod place;
mod statement;

use full_moon::{LuaVersion, parse_fallible};

use self::place::place;
use super::tree::{Place, Program};
use super::{Code, Finding};
use crate::engine::{ScriptFailure, Source, outline};

/// The script as a tree, or all that is wrong with its syntax.
pub(super) fn program(source: &Source) -> Result<Program, Vec<Finding>> {
    let refusal = outline::lua_refusal(source);
    if let Some(refusal) = &refusal
        && depth::may_be_too_deep(&source.text)
    {
        return Err(refused(refusal, &[]));
    }
    if let Some(program) = expression_alone(source) {
        return Ok(program);
    }
    let parsed = parse_fallible(&source.text, LuaVersion::luau());
    match (refusal, parsed.errors()) {
        (None, []) => {
            let body = statement::block(parsed.ast().nodes());
            Ok(Program { body, ..Program::default() })
        }
        // What runs the script is who decides.
        (None, [first, ..]) => Err(vec![unreadable(first)]),
        (Some(refusal), errors) => Err(refused(&refusal, errors)),
    }
}

/// At a prompt, an expression alone is a script that returns it.
fn expression_alone(source: &Source) -> Option<Program> {
    if !source.expression {
        return None;
    }
    let parsed = parse_fallible(&format!("return\n{}", source.text), LuaVersion::luau());
    let body = || statement::block(parsed.ast().nodes());
    let whole = parsed.errors().is_empty();
    whole.then(|| Program { body: body(), lines_before: 1, ..Program::default() })
}

/// What the parser found, one thing a line, the first in the words that a run fails with. Where that is, the
/// parser knows better.
fn refused(refusal: &ScriptFailure, errors: &[full_moon::Error]) -> Vec<Finding> {
    let mut findings: Vec<_> = errors.iter().map(syntax_error).collect();
    findings.dedup_by_key(|finding| finding.line);
    let line = refusal.frames.first().map_or(1, |frame| frame.line);
    let place = Place { line, column: refusal.column.unwrap_or(1), end: None };
    let own = Finding::of(Code::Syntax, place, &refusal.error);
    if findings.is_empty() {
        return vec![own];
    }
    if let Some(same) = findings.iter_mut().find(|finding| finding.line == line) {
        (same.message, same.hint) = (own.message, own.hint);
    }
    findings
}

fn syntax_error(error: &full_moon::Error) -> Finding {
    let (start, end) = error.range();
    Finding::new(Code::Syntax, place(start, end), error.error_message())
}

fn unreadable(error: &full_moon::Error) -> Finding {
    let (start, end) = error.range();
    let message = format!("this script runs, but cannot be checked: {}", error.error_message());
    Finding::new(Code::Unreadable, place(start, end), message)
}
