//! The words that a value may be, such as a contact's statuses.

use super::super::cursor::Cursor;
use super::super::known::Known;
use super::Entry;
use super::arguments::{is, parameter};
use crate::api::ParamType;
use crate::schema::{FieldType, contact_field};

/// The words that may stand at the cursor; none where anything may.
pub(super) fn words_of(cursor: &Cursor<'_>, known: &Known) -> Option<&'static [&'static str]> {
    compared(cursor).or_else(|| given(cursor, known))
}

/// Compared with a contact's field: `c.status == `.
fn compared(cursor: &Cursor<'_>) -> Option<&'static [&'static str]> {
    let path = cursor.compared()?;
    let field = path.names.last().filter(|_| path.names.len() > 1 || !path.is_rooted)?;
    choice(Some(contact_field(field)?.kind))
}

/// Given to a call, by itself or under a name.
fn given(cursor: &Cursor<'_>, known: &Known) -> Option<&'static [&'static str]> {
    let argument = cursor.argument()?;
    let parameter = parameter(&argument, known)?;
    match (argument.object, parameter.kind) {
        (None, ParamType::Choice(words)) => Some(words),
        (Some(object), kind) => {
            let name = object.value_of.filter(|_| object.typed == 0)?;
            choice(kind.names().iter().find(|named| is(named, name))?.kind)
        }
        _ => None,
    }
}

fn choice(kind: Option<FieldType>) -> Option<&'static [&'static str]> {
    match kind? {
        FieldType::Choice(words) => Some(words),
        _ => None,
    }
}

/// The word in quotes.
pub(super) fn quoted(word: &str) -> Entry {
    Entry::plain(format!("\"{word}\""))
}
