//! A chain of names, as it stands before the cursor: `cliengo.contacts`, `list[1].geoip`.

use super::super::scan::{Kind, Token};

/// A chain of names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Path<'a> {
    /// The names from left to right; none where it begins with the result of something else.
    pub(in super::super) names: Vec<&'a str>,
    /// True where its first name is a variable's: nothing else stands before it.
    pub(in super::super) is_rooted: bool,
    /// True where an item of a list is read on the way: `list[1]`.
    pub(in super::super) is_item: bool,
    /// True where `:` follows, as before Lua's methods.
    pub(in super::super) is_method: bool,
}

impl Path<'_> {
    /// The names with dots between them.
    pub(in super::super) fn dotted(&self) -> String {
        self.names.join(".")
    }
}

/// The chain that the tokens end with.
pub(super) fn ending<'a>(text: &'a str, tokens: &[Token]) -> Option<Path<'a>> {
    let mut path = Path { is_rooted: true, ..Path::default() };
    let mut left = tokens;
    loop {
        let (last, before) = left.split_last()?;
        left = match last.kind {
            Kind::Word => {
                path.names.push(last.of(text));
                before
            }
            Kind::Close if last.of(text) == "]" => {
                path.is_item = true;
                left = opening(text, before);
                continue;
            }
            // What a call gives, or a text: nothing is known of it.
            Kind::Close | Kind::Text => {
                path.is_rooted = false;
                break;
            }
            _ => return None,
        };
        match left.split_last() {
            Some((dot, before)) if matches!(dot.of(text), "." | ":" | "?." | "::") => left = before,
            _ => break,
        }
    }
    path.names.reverse();
    Some(path)
}

/// The tokens before the `[` that belongs to the `]` they end with, which is left out here.
fn opening<'t>(text: &str, tokens: &'t [Token]) -> &'t [Token] {
    let mut depth = 1_u32;
    for (index, token) in tokens.iter().enumerate().rev() {
        match (token.kind, token.of(text)) {
            (Kind::Close, "]") => depth += 1,
            (Kind::Open, "[") => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &tokens[..index];
        }
    }
    &[]
}
