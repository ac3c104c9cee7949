//! Places and names of full_moon's.

use full_moon::node::Node;
use full_moon::tokenizer::{Position, TokenReference};

use crate::check::tree::{Name, Place};

pub(super) fn place(start: Position, end: Position) -> Place {
    let one_line = start.line() == end.line() && end.character() > start.character();
    let end = one_line.then(|| end.character());
    Place { line: start.line(), column: start.character(), end }
}

pub(super) fn of(node: &impl Node) -> Place {
    match (node.start_position(), node.end_position()) {
        (Some(start), Some(end)) => place(start, end),
        _ => Place::START,
    }
}

pub(super) fn name(token: &TokenReference) -> Name {
    Name { text: token.token().to_string(), place: of(token) }
}
