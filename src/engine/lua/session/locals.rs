//! The `local`s of a line that outlive it.

use std::ops::Range;
use std::panic::catch_unwind;

use full_moon::LuaVersion;
use full_moon::ast::{AstResult, LocalAssignment, Stmt};
use full_moon::node::Node;
use full_moon::tokenizer::TokenReference;

/// The line with what its top level calls local made global; none where it has no such thing, or where
/// it cannot be told. Lines keep their numbers.
pub(super) fn kept(text: &str) -> Option<String> {
    if !text.contains("local") && !text.contains("const") {
        return None;
    }
    // The parser does not know Luau's `const` yet, which stands where `local` may and is as long.
    let known = text.replace("const ", "local ");
    let parsed = parse(&known)?;
    let mut changes = Vec::new();
    for statement in parsed.ast().nodes().stmts() {
        match statement {
            Stmt::LocalAssignment(local) => assignment(local, &mut changes),
            Stmt::LocalFunction(local) => changes.push((place(local.local_token()), "")),
            _ => {}
        }
    }
    (!changes.is_empty()).then(|| changed(text, changes))
}

/// The line as the parser reads it; none where it does not.
fn parse(text: &str) -> Option<AstResult> {
    if is_beyond_the_parser(text) {
        return None;
    }
    // A line is not worth the program, should there be more that the parser does not get over.
    let parsed = catch_unwind(|| full_moon::parse_fallible(text, version())).ok()?;
    parsed.errors().is_empty().then_some(parsed)
}

#[cfg(feature = "luau")]
fn version() -> LuaVersion {
    LuaVersion::luau()
}

#[cfg(feature = "lua54")]
fn version() -> LuaVersion {
    LuaVersion::lua54()
}

/// True for what makes the parser panic: a NUL, and a type that begins with `|` or `&`.
fn is_beyond_the_parser(text: &str) -> bool {
    let leads = |(place, _): (usize, &str)| {
        let before = text[..place].trim_end().chars().next_back();
        before.is_none_or(|before| ":=(,<{>[|&".contains(before))
    };
    text.contains('\0') || text.match_indices(['|', '&']).any(leads)
}

type Change = (Range<usize>, &'static str);

fn assignment(local: &LocalAssignment, changes: &mut Vec<Change>) {
    changes.push((place(local.local_token()), ""));
    // A global has no type.
    for specifier in local.type_specifiers().flatten() {
        // Each token of it, for what it says of its own end is not so for every type.
        changes.extend(specifier.tokens().map(|token| (place(token), "")));
    }
    // Nor is a global constant, or closed.
    #[cfg(feature = "lua54")]
    for attribute in local.attributes().flatten() {
        changes.extend(attribute.tokens().map(|token| (place(token), "")));
    }
    if local.equal_token().is_none()
        && let Some(last) = local.names().last()
    {
        let end = place(last.value()).end;
        changes.push((end..end, "=nil"));
    }
}

fn place(token: &TokenReference) -> Range<usize> {
    let token = token.token();
    token.start_position().bytes()..token.end_position().bytes()
}

/// The text with these places replaced, in order; the line breaks in them stay.
fn changed(text: &str, mut changes: Vec<Change>) -> String {
    changes.sort_by_key(|(place, _)| place.start);
    let mut result = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for (place, with) in changes {
        result.push_str(text.get(at..place.start).unwrap_or_default());
        result.push_str(with);
        let gone = text.get(place.clone()).unwrap_or_default();
        result.extend(gone.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        at = place.end;
    }
    result.push_str(text.get(at..).unwrap_or_default());
    result
}
